//! Each minute, does whatever is owed and was not done in time: hands on mails and events that the stream left, and brings
//! postings up to date whose change was stopped half way. The others are fast, this is what holds.

use runtime::clock::SystemClock;
use runtime::delivering::Sweeping;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use usecases::relay::Sweep;

/// What every event shares.
pub type Context = Sweeping;

/// Reads `LEDGER_TABLE`, `POSTINGS_TABLE`, `RECORDS_TABLE`, `MAIL_QUEUE_URL`, `SCAN_QUEUE_URL`, `WEBHOOK_QUEUE_URL` and `EVENTS_TOPIC_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Sweeping::build(environment).await
}

/// Looks once at everything that is overdue, whatever the event says. Neither half keeps the other from being done.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let outbox = &context.relaying.outbox;
    let sweep =
        Sweep { relay: context.relaying.relay(), list: outbox, postpone: outbox, clock: &SystemClock };
    let (swept, ended) = sweep.run().await;
    let caught_up = context.postings.catch_up_postings().await;
    tracing::info!(
        outbox.handed_on = swept.handed_on,
        outbox.failed = swept.failed,
        outbox.oldest_seconds = swept.oldest_seconds,
        postings.caught_up = caught_up.as_ref().copied().unwrap_or_default(),
        "outbox swept"
    );
    metrics::count(&[
        ("OutboxHandedOn", swept.handed_on as u64),
        ("OutboxFailed", swept.failed as u64),
        ("OutboxOldestSeconds", u64::from(swept.oldest_seconds)),
    ]);
    ended?;
    caught_up?;
    Ok(())
}
