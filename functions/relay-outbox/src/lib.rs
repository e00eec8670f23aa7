//! Hands on what a write owes as soon as the stream tells of it. What it misses, `sweep-outbox` hands on.

use runtime::batch::StreamRecord;
use runtime::delivering::Relaying;
use runtime::environment::Environment;

/// What every record shares.
pub struct Context {
    relaying: Relaying,
}

impl Context {
    /// Reads `LEDGER_TABLE`, `MAIL_QUEUE_URL`, `SCAN_QUEUE_URL`, `WEBHOOK_QUEUE_URL` and `EVENTS_TOPIC_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        Ok(Self { relaying: Relaying::build(environment).await? })
    }
}

/// Hands on what the new item owes; any other item is left alone.
pub async fn handle(context: &Context, record: StreamRecord) -> Result<(), runtime::Error> {
    let Some(owed) = store::owed_of(record.partition()) else { return Ok(()) };
    Ok(context.relaying.relay().hand_on(&owed).await?)
}
