//! For each event of a partner, notes in the ledger which of its webhooks are to be told.

use domain::event::EventMessage;
use runtime::batch::QueueRecord;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use store::{Deliveries, Webhooks};
use usecases::ports::Clock;
use usecases::webhooks::FileWebhooks;

/// What every record shares.
pub struct Context {
    /// Webhooks.
    pub webhooks: Webhooks,
    /// What they are told.
    pub deliveries: Deliveries,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            deliveries: Deliveries::new(client.clone(), &tables),
            webhooks: Webhooks::new(client, tables),
            clock: Box::new(SystemClock),
        })
    }
}

/// Files one event; the same again is no second one.
pub async fn handle(context: &Context, record: QueueRecord) -> Result<(), runtime::Error> {
    let message: EventMessage = serde_json::from_str(&record.body).map_err(|_| "not an event of ours")?;
    let file = FileWebhooks { list: &context.webhooks, file: &context.deliveries, clock: &*context.clock };
    let filed = file.run(&message).await?;
    if filed > 0 {
        tracing::info!(event.id = message.id, webhooks.filed = filed, "event filed for webhooks");
    }
    Ok(())
}
