//! Makes statistics of the applications whose year is over, every night at 00:10 in Paris.

use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use store::{Applications, Barriers};
use usecases::applications::AnonymiseApplications;
use usecases::ports::{Clock, Entropy};

/// What every event shares. No key of a person opens here: what is deleted need not be read.
pub struct Context {
    /// Applications.
    pub applications: Applications,
    /// How often people applied.
    pub counts: Barriers,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes the ids of statistics.
    pub entropy: Box<dyn Entropy>,
}

/// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
    Ok(Context {
        counts: Barriers::new(client.clone(), &tables),
        applications: Applications::new(client, tables),
        clock: Box::new(SystemClock),
        entropy: Box::new(SystemEntropy),
    })
}

/// Makes statistics of those that ended before today, whatever the event says: the schedule's, or that of somebody who asks by
/// hand. What could not be done fails the run, so that it is tried again; what was done is not done again.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let anonymise = AnonymiseApplications {
        list: &context.applications,
        find: &context.applications,
        people: &context.applications,
        counts: &context.counts,
        anonymise: &context.applications,
        clock: &*context.clock,
        entropy: &*context.entropy,
    };
    let ran = anonymise.run().await?;
    tracing::info!(
        calendar.applications = ran.applications,
        calendar.failed = ran.failed,
        "applications anonymised"
    );
    metrics::count(&[
        ("ApplicationsAnonymised", ran.applications as u64),
        ("CalendarFailed", ran.failed as u64),
    ]);
    ran.why.map_or(Ok(()), |why| Err(why.into()))
}
