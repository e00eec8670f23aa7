//! Writes the whole stock of offers and companies to one file, every night, for partners who keep a copy.

use api::export_answer;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use serde_json::Value;
use store::{DataBucket, DynamoPostings};
use usecases::export::ExportStock;

/// What every event shares.
pub struct Context {
    postings: DynamoPostings,
    bucket: DataBucket,
}

impl Context {
    /// Reads `POSTINGS_TABLE` and `DATA_BUCKET`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        Ok(Self {
            postings: DynamoPostings::new(clients.dynamodb(), &environment.tables(), true),
            bucket: DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?),
        })
    }
}

/// Exports the stock as it is, whatever the event says: the schedule's, or that of somebody who asks for one by hand.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let use_case = ExportStock {
        postings: &context.postings,
        render: export_answer::line,
        put: &context.bucket,
        put_manifest: &context.bucket,
        clock: &SystemClock,
    };
    let exported = use_case.run().await?;
    let manifest = &exported.manifest;
    tracing::info!(
        export.file = manifest.file,
        export.bytes = manifest.bytes,
        export.offres = manifest.items.offres,
        export.matcha = manifest.items.matcha,
        export.lba = manifest.items.lba,
        export.unreadable = exported.unreadable,
        "stock exported"
    );
    Ok(())
}
