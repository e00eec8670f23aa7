//! Counts the index anew, after an import and every night, so that searches know what to expect where.

use runtime::clients::Clients;
use runtime::environment::Environment;
use store::{DataBucket, Scan};
use usecases::build_sketch::BuildSketch;

/// What every event shares.
pub struct Context {
    scan: Scan,
    bucket: DataBucket,
}

impl Context {
    /// Reads `POSTINGS_TABLE` and `DATA_BUCKET`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let bucket = DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?);
        Ok(Self { scan: Scan::new(clients.dynamodb(), &environment.tables()), bucket })
    }
}

/// Whatever the event says, a report or the schedule, all sources are counted.
pub async fn handle(context: &Context, _event: Event, _run: String) -> Result<(), runtime::Error> {
    let rows = BuildSketch { scan: &context.scan, put: &context.bucket }.run().await?;
    let counts: Vec<String> = rows.iter().map(|(source, rows)| format!("{source}={rows}")).collect();
    tracing::info!(sketch.rows = counts.join(" "), "sketches built");
    Ok(())
}

/// An event of any shape.
pub type Event = serde_json::Value;
