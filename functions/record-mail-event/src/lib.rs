//! Records what SES tells of our mails: those that arrived, and addresses that are written to no more.

use queue::ses_event;
use runtime::applications::{Cvs, Stored};
use runtime::batch::QueueRecord;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use store::{Bounces, Mails};
use usecases::mail_events::RecordMailEvent;

/// What every record shares.
pub struct Context {
    mails: Mails,
    bounces: Bounces,
    applications: Stored,
    cvs: Cvs,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET` and `PERSON_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        Ok(Self {
            mails: Mails::new(client.clone(), &tables),
            bounces: Bounces::new(client, &tables),
            applications: Stored::load(&clients, environment).await?,
            cvs: Cvs::load(&clients, environment)?,
        })
    }
}

/// Records one event.
pub async fn handle(context: &Context, record: QueueRecord) -> Result<(), runtime::Error> {
    let Some(told) = ses_event(&record.body)? else { return Ok(()) };
    let use_case = RecordMailEvent {
        find: &context.mails,
        confirm: &context.mails,
        applications: Some(context.applications.deliver(&context.cvs, &SystemClock)),
        bounce: &context.bounces,
        clock: &SystemClock,
    };
    let suppressed = use_case.run(&told).await?;
    tracing::info!(mail.fate = ?told.fate, mail.suppressed = suppressed, "mail event");
    Ok(())
}
