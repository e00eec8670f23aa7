//! Writes the file of deposited offers that other job boards take over, every morning.

use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use serde_json::Value;
use store::{DataBucket, DynamoPostings};
use usecases::publish::PublishOffers;

/// What every event shares.
pub struct Context {
    postings: DynamoPostings,
    bucket: DataBucket,
    public_url: String,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `DATA_BUCKET` and `PUBLIC_URL`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        Ok(Self {
            postings: DynamoPostings::new(clients.dynamodb(), &environment.tables(), true),
            bucket: DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?),
            public_url: environment.get("PUBLIC_URL")?.trim_end_matches('/').to_owned(),
        })
    }
}

/// Publishes the offers as they are, whatever the event says: the schedule's, or that of somebody who asks by hand.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let use_case = PublishOffers {
        postings: &context.postings,
        site: &context.public_url,
        put: &context.bucket,
        make_current: &context.bucket,
        put_manifest: &context.bucket,
        clock: &SystemClock,
    };
    let published = use_case.run().await?;
    let manifest = &published.manifest;
    tracing::info!(
        publication.day = %manifest.day,
        publication.rows = manifest.rows,
        publication.bytes = manifest.bytes,
        publication.unreadable = published.unreadable,
        "offers published"
    );
    Ok(())
}
