//! Each minute, hands on whatever is owed and was not handed on in time: the stream is fast, this is what holds.

use runtime::clock::SystemClock;
use runtime::delivering::Relaying;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use usecases::relay::Sweep;

/// What every event shares.
pub struct Context {
    relaying: Relaying,
}

impl Context {
    /// Reads `LEDGER_TABLE`, `MAIL_QUEUE_URL` and `EVENTS_TOPIC_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        Ok(Self { relaying: Relaying::build(environment).await? })
    }
}

/// Looks once at everything that is overdue, whatever the event says.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let outbox = &context.relaying.outbox;
    let sweep =
        Sweep { relay: context.relaying.relay(), list: outbox, postpone: outbox, clock: &SystemClock };
    let (swept, ended) = sweep.run().await;
    tracing::info!(
        outbox.handed_on = swept.handed_on,
        outbox.failed = swept.failed,
        outbox.oldest_seconds = swept.oldest_seconds,
        "outbox swept"
    );
    metrics::count(&[
        ("OutboxHandedOn", swept.handed_on as u64),
        ("OutboxFailed", swept.failed as u64),
        ("OutboxOldestSeconds", u64::from(swept.oldest_seconds)),
    ]);
    Ok(ended?)
}
