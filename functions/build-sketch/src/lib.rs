//! Makes the sketches that tell searches what to expect where: of one source after each import, of all of them
//! every night.

use domain::source::Source;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::worker::ObjectsCreated;
use store::{DataBucket, DynamoPostings};
use usecases::build_sketch::BuildSketch;

/// Where imports leave the sketches of feeds: `sketch/parts/{source}/{feed}`.
const PARTS: &str = "sketch/parts/";

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

/// Makes the sketches of the sources whose feeds changed; of all of them when the event names no file.
pub async fn handle(context: &Context, landed: ObjectsCreated, _run: String) -> Result<(), runtime::Error> {
    let use_case = BuildSketch { parts: &context.bucket, postings: &context.postings, put: &context.bucket };
    let mut built = Vec::new();
    for key in landed.keys() {
        let source = key.strip_prefix(PARTS).and_then(|rest| rest.split('/').next()?.parse::<Source>().ok());
        if let Some(source) = source {
            built.push((source, use_case.merge(source).await?));
        }
    }
    if landed.is_empty() {
        built = use_case.run().await?;
    }
    let rows: Vec<String> =
        built.iter().map(|(source, sketch)| format!("{source}={}", sketch.rows())).collect();
    tracing::info!(sketch.rows = rows.join(" "), "sketches built");
    Ok(())
}
