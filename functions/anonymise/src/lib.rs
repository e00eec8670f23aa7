//! Makes statistics of the applications and appointments whose year is over, every night at 00:10 in Paris.

use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use store::{Applications, Appointments, Barriers, Released};
use usecases::anonymise::Anonymise;
use usecases::ports::{Clock, Entropy};

/// What every event shares.
pub struct Context {
    /// Applications.
    pub applications: Applications,
    /// Appointments.
    pub appointments: Appointments,
    /// Keys of people.
    pub people: Released,
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
        people: Released::new(client.clone(), &tables),
        applications: Applications::new(client.clone(), tables.clone()),
        appointments: Appointments::new(client, tables),
        clock: Box::new(SystemClock),
        entropy: Box::new(SystemEntropy),
    })
}

/// Makes statistics of those that ended before today, whatever the event says: the schedule's, or that of somebody who asks by
/// hand. What could not be done fails the run, so that it is tried again; what was done is not done again.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let (people, counts) = (&context.people, &context.counts);
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let kept = &context.applications;
    let anonymise = Anonymise { list: kept, find: kept, people, counts, anonymise: kept, clock, entropy };
    let applications = anonymise.run().await;
    let kept = &context.appointments;
    let anonymise = Anonymise { list: kept, find: kept, people, counts, anonymise: kept, clock, entropy };
    let appointments = anonymise.run().await;
    let failed = applications.failed + appointments.failed;
    tracing::info!(
        calendar.applications = applications.done,
        calendar.appointments = appointments.done,
        calendar.failed = failed,
        "what is over anonymised"
    );
    metrics::count(&[
        ("ApplicationsAnonymised", applications.done as u64),
        ("AppointmentsAnonymised", appointments.done as u64),
        ("CalendarFailed", failed as u64),
    ]);
    applications.why.or(appointments.why).map_or(Ok(()), |why| Err(why.into()))
}
