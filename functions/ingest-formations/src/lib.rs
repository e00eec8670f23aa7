//! Imports a feed of formations that landed in the data bucket.

use domain::seal::ContactCipher;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::feeds::{Feeds, contact_cipher};
use runtime::worker::ObjectsCreated;
use usecases::ingest::Parsing;

/// What every event shares.
pub struct Context {
    feeds: Feeds,
    cipher: ContactCipher,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `DATA_BUCKET` and `CONTACT_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let cipher = contact_cipher(&clients, environment).await?;
        Ok(Self { feeds: Feeds::build(&clients, environment)?, cipher })
    }
}

/// Imports each file of the event.
pub async fn handle(context: &Context, landed: ObjectsCreated, run: String) -> Result<(), runtime::Error> {
    let parsing = Parsing::Formations { cipher: &context.cipher };
    context.feeds.import(parsing, &landed, &run).await
}
