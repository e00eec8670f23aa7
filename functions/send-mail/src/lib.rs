//! Sends the mails that its queue names.

use std::sync::Mutex;
use std::sync::PoisonError;

use queue::MailMessage;
use runtime::applications::{Cvs, Stored};
use runtime::batch::QueueRecord;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::delivering::link_key;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::metrics;
use store::{Bounces, Mails};
use usecases::ports::{Clock, ComposeMail, CountSent, HandOverMail, ReadReputation};
use usecases::send_mail::{Outcome, SendMail};

mod told;
mod transport;

use told::Told;

/// How long what is known of our reputation holds, in seconds.
const REPUTATION_SECONDS: u32 = 60;

/// What every record shares.
pub struct Context {
    mails: Mails,
    bounces: Bounces,
    applications: Stored,
    cvs: Cvs,
    compose: Box<dyn ComposeMail>,
    transport: Box<dyn HandOverMail>,
    paused: Mutex<Option<Paused>>,
}

/// Whether mails may leave, as last looked up.
#[derive(Debug, Clone, Copy)]
struct Paused {
    until: u32,
    yes: bool,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `PERSON_SECRET_ARN`, `LINK_SECRET_ARN`, `PAGES_URL`, `MAIL_FROM`, `MAIL_REPLY_TO`, `MAIL_TRANSPORT` and what
    /// that transport needs: `SES_CONFIGURATION_SET`, `SMTP_SECRET_ARN` or `MAIL_FOLDER`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let links = mail::Links {
            base_url: environment.get("PAGES_URL")?.trim_end_matches('/').to_owned(),
            key: link_key(&clients, environment).await?,
        };
        let applications = Stored::load(&clients, environment).await?;
        Ok(Self {
            mails: Mails::new(client.clone(), &tables).with_people(applications.people.clone()),
            applications,
            cvs: Cvs::load(&clients, environment)?,
            bounces: Bounces::new(client, &tables),
            compose: Box::new(Told(mail::Composer::new(transport::sender(environment)?, links))),
            transport: Box::new(Told(transport::of(&clients, environment).await?)),
            paused: Mutex::new(None),
        })
    }

    /// Whether no mail may leave for now. What cannot be told is no reason to stop.
    async fn is_paused(&self) -> bool {
        let now = SystemClock.seconds();
        let known = *self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.filter(|known| known.until > now) {
            return known.yes;
        }
        let yes = match self.bounces.reputation(now).await {
            Ok(reputation) => reputation.must_pause(),
            Err(error) => {
                tracing::warn!(error.causes = runtime::telemetry::chain(&error), "reputation unknown");
                false
            }
        };
        *self.paused.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Paused { until: now + REPUTATION_SECONDS, yes });
        yes
    }
}

/// Sends one mail, at most once as far as anybody can know.
pub async fn handle(context: &Context, record: QueueRecord) -> Result<(), runtime::Error> {
    // What it is instead is not told: anything may be in it.
    let message: MailMessage =
        serde_json::from_str(&record.body).map_err(|_| "not a message of the queue of mails")?;
    let id = message.mail_id.parse()?;
    let send = SendMail {
        find: &context.mails,
        take: &context.mails,
        settle: &context.mails,
        confirm: &context.mails,
        applications: Some(context.applications.hand_on(&context.cvs, &SystemClock)),
        compose: &*context.compose,
        hand_over: &*context.transport,
        clock: &SystemClock,
        entropy: &SystemEntropy,
    };
    let paused = context.is_paused().await;
    let outcome = if paused { send.defer(&id, "reputation").await? } else { send.run(&id).await? };
    if outcome == Outcome::Sent {
        // A count that is lost makes us look worse than we are: the pause comes early, and never late.
        drop(context.bounces.count_sent(1, SystemClock.seconds()).await);
    }
    tracing::info!(mail.id = %id, mail.outcome = ?outcome, "mail");
    if let Some(metric) = metric(outcome, paused) {
        metrics::count(&[(metric, 1)]);
    }
    Ok(())
}

/// What is counted of an outcome; nothing where nothing became of the mail.
const fn metric(outcome: Outcome, paused: bool) -> Option<&'static str> {
    match outcome {
        Outcome::Sent => Some("MailsSent"),
        Outcome::Deferred if paused => Some("MailsPaused"),
        Outcome::Deferred => Some("MailsDeferred"),
        Outcome::Failed => Some("MailsFailed"),
        Outcome::Suppressed => Some("MailsSuppressed"),
        Outcome::UnknownToResend | Outcome::UnknownLeft => Some("MailsUnknown"),
        Outcome::Nothing | Outcome::NotNow => None,
    }
}
