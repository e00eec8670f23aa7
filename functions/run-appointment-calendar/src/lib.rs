//! Does what is due to the establishments that answer for trainings, every day at 09:00 in Paris: invitations, activations,
//! premiums, reminders, the end of a season.
//!
//! One run for all of it: each looks at the same list, and whoever is told that candidates may now ask reads it at work.

use domain::link::LinkKey;
use domain::seal::ContactCipher;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::delivering::link_key;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::feeds::contact_cipher;
use runtime::metrics;
use serde_json::Value;
use store::{BarredAddresses, Consents, RdvEstablishments, RdvTrainings};
use usecases::appointments::RunRdvCalendar;
use usecases::ports::{Clock, Entropy};

/// What every event shares.
pub struct Context {
    /// The establishments.
    pub establishments: RdvEstablishments,
    /// What they decided, and what was written to them.
    pub consents: Consents,
    /// What was decided of their trainings alone.
    pub trainings: RdvTrainings,
    /// Which addresses are written to no more.
    pub barred: BarredAddresses,
    /// Opens their addresses.
    pub cipher: ContactCipher,
    /// Makes the links of mails.
    pub links: LinkKey,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let clients = Clients::load().await;
    let (cipher, links) =
        tokio::join!(contact_cipher(&clients, environment), link_key(&clients, environment));
    let tables = environment.tables();
    Ok(Context {
        establishments: RdvEstablishments::new(clients.dynamodb(), &tables),
        trainings: RdvTrainings::new(clients.dynamodb(), &tables),
        barred: BarredAddresses::new(clients.dynamodb(), &tables),
        consents: Consents::new(clients.dynamodb(), tables),
        cipher: cipher?,
        links: links?,
        clock: Box::new(SystemClock),
        entropy: Box::new(SystemEntropy),
    })
}

/// Does what is due today, whatever the event says: the schedule's, or that of somebody who asks by hand. What could not be
/// done fails the run, so that it is tried again; what was done is not done again.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let run = RunRdvCalendar {
        list: &context.establishments,
        consents: &context.consents,
        decisions: &context.trainings,
        barred: &context.barred,
        find: &context.consents,
        change: &context.consents,
        cipher: &context.cipher,
        links: &context.links,
        clock: &*context.clock,
        entropy: &*context.entropy,
    };
    let ran = run.run().await;
    tracing::info!(
        establishments = ran.establishments,
        calendar.invited = ran.invited,
        calendar.activated = ran.activated,
        calendar.asked = ran.asked,
        calendar.followed_up = ran.followed_up,
        calendar.reminded = ran.reminded,
        calendar.forgotten = ran.forgotten,
        calendar.failed = ran.failed,
        "establishments told"
    );
    metrics::count(&[
        ("EstablishmentsLookedAt", ran.establishments as u64),
        ("EstablishmentsActivated", ran.activated as u64),
        ("CalendarFailed", ran.failed as u64),
    ]);
    ran.why.map_or(Ok(()), |why| Err(why.into()))
}
