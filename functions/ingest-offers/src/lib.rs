//! Imports a feed of offers that landed in the data bucket.

use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::feeds::Feeds;
use runtime::worker::ObjectsCreated;
use usecases::ingest::Parsing;

/// What every event shares.
pub struct Context {
    feeds: Feeds,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE` and `DATA_BUCKET`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        Ok(Self { feeds: Feeds::build(&Clients::load().await, environment)? })
    }
}

/// Imports each file of the event.
pub async fn handle(context: &Context, landed: ObjectsCreated, run: String) -> Result<(), runtime::Error> {
    context.feeds.import(Parsing::Offers, &landed, &run).await
}
