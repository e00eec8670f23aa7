//! Tells recruiters that their offers end in a week, or tomorrow, every night at 00:20 in Paris.

use runtime::calendar::Calendar;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;

/// What every event shares.
pub type Context = Calendar;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Calendar::load(environment).await
}

/// Makes the mails due that are so now, whatever the event says: the schedule's, or that of somebody who asks by hand.
/// What could not be done fails the run, so that it is tried again; what was done is not done again.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let ran = context.remind().run().await?;
    tracing::info!(
        calendar.offers = ran.offers,
        calendar.recruiters = ran.recruiters,
        calendar.failed = ran.failed,
        "recruiters reminded"
    );
    metrics::count(&[("RecruitersReminded", ran.recruiters as u64), ("CalendarFailed", ran.failed as u64)]);
    ran.why.map_or(Ok(()), |why| Err(why.into()))
}
