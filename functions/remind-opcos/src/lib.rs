//! Tells each OPCO that accounts wait for it, on Mondays, Wednesdays and Fridays at 00:30 in Paris.

use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use store::{OpcoContacts, Outbox, Recruiters};
use usecases::accounts::RemindOpcos;
use usecases::ports::Clock;

/// What every event shares.
pub struct Context {
    /// Lists the accounts that wait.
    pub recruiters: Recruiters,
    /// Whom to write to.
    pub contacts: OpcoContacts,
    /// That it is due.
    pub outbox: Outbox,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

/// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let client = Clients::load().await.dynamodb();
    let tables = environment.tables();
    Ok(Context {
        recruiters: Recruiters::new(client.clone(), tables.clone()),
        contacts: OpcoContacts::new(client.clone(), &tables),
        outbox: Outbox::new(client, &tables),
        clock: Box::new(SystemClock),
    })
}

/// Makes the mails of the day due, whatever the event says: the schedule's, or that of somebody who asks by hand.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let remind = RemindOpcos {
        list: &context.recruiters,
        contacts: &context.contacts,
        write: &context.outbox,
        clock: &*context.clock,
    };
    let reminded = remind.run().await?;
    tracing::info!(
        accounts.waiting = reminded.waiting,
        accounts.of_no_opco = reminded.of_no_opco,
        opcos.told = reminded.told,
        opcos.without_address = reminded.without_address,
        "OPCOs reminded"
    );
    metrics::count(&[
        ("AccountsWaiting", reminded.waiting as u64),
        ("AccountsOfNoOpco", reminded.of_no_opco as u64),
        ("OpcosWithoutAddress", reminded.without_address as u64),
    ]);
    Ok(())
}
