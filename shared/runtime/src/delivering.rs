//! What the functions of the delivery machine share: writes that happen once, and what hands on what they owe.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use aws_sdk_dynamodb::Client;
use domain::partner::{Partner, Right};
use queue::{EventTopic, MailQueue, ScanQueue, WebhookQueue};
use store::{Outbox, Recruiters, Requests};
use usecases::once::Once;
use usecases::partners::{IdentifyError, Partners};
use usecases::ports::{CatchUpPostings, Clock, Entropy};
use usecases::relay::Relay;

use crate::Error;
use crate::callers::known;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::entropy::SystemEntropy;
use crate::environment::Environment;

/// What every request of a route that writes shares.
pub struct Depositing {
    /// Knows who calls.
    pub partners: Partners,
    /// Records of requests.
    pub requests: Requests,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

impl Depositing {
    /// Over the tables that `RECORDS_TABLE` and `LEDGER_TABLE` name.
    pub async fn load(client: Client, environment: Environment) -> Self {
        let tables = environment.tables();
        Self {
            partners: known(client.clone(), &tables).await,
            requests: Requests::new(client, &tables),
            clock: Box::new(SystemClock),
            entropy: Box::new(SystemEntropy),
        }
    }

    /// The partner that calls.
    pub async fn identify(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        match self.partners.identify(request.api_key(), &*self.clock).await {
            // Unlike a search, a write that comes again has no second effect: so its caller is asked to.
            Err(error @ IdentifyError::Failed(_)) => Err(ApiError::unavailable(error)),
            identified => Ok(identified?),
        }
    }

    /// The partner that calls, which must hold `right`.
    pub async fn partner(&self, request: &Request, right: Right) -> Result<Arc<Partner>, ApiError> {
        let partner = self.identify(request).await?;
        if partner.may(right) { Ok(partner) } else { Err(ApiError::NoRight) }
    }

    /// Makes writes happen once.
    pub fn once(&self) -> Once<'_> {
        Once {
            find: &self.requests,
            claim: &self.requests,
            release: &self.requests,
            clock: &*self.clock,
            entropy: &*self.entropy,
        }
    }
}

/// The adapters of whoever hands on what is owed.
pub struct Relaying {
    /// The outbox.
    pub outbox: Outbox,
    queue: MailQueue,
    scans: ScanQueue,
    webhooks: WebhookQueue,
    topic: EventTopic,
}

impl Relaying {
    /// Reads `LEDGER_TABLE`, `MAIL_QUEUE_URL`, `SCAN_QUEUE_URL`, `WEBHOOK_QUEUE_URL` and `EVENTS_TOPIC_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, Error> {
        Self::over(&Clients::load().await, environment)
    }

    fn over(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        Ok(Self {
            outbox: Outbox::new(clients.dynamodb(), &environment.tables()),
            queue: MailQueue::new(clients.sqs(), environment.get("MAIL_QUEUE_URL")?),
            scans: ScanQueue::new(clients.sqs(), environment.get("SCAN_QUEUE_URL")?),
            webhooks: WebhookQueue::new(clients.sqs(), environment.get("WEBHOOK_QUEUE_URL")?),
            topic: EventTopic::new(clients.sns(), environment.get("EVENTS_TOPIC_ARN")?),
        })
    }

    /// Hands on one thing.
    pub fn relay(&self) -> Relay<'_> {
        Relay {
            queue: &self.queue,
            scan: &self.scans,
            webhooks: &self.webhooks,
            publish: &self.topic,
            find: &self.outbox,
            settle: &self.outbox,
        }
    }
}

/// The adapters of whoever sees to it that nothing stays owed.
pub struct Sweeping {
    /// Hands on what the outbox owes.
    pub relaying: Relaying,
    /// Brings postings up to date.
    pub postings: Box<dyn CatchUpPostings>,
}

impl Sweeping {
    /// Reads what [`Relaying::build`] does, `POSTINGS_TABLE` and `RECORDS_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        Ok(Self {
            relaying: Relaying::over(&clients, environment)?,
            postings: Box::new(Recruiters::new(clients.dynamodb(), environment.tables())),
        })
    }
}

/// The key of the links of mails, from the secret that `LINK_SECRET_ARN` names. It is read once, when a function
/// starts.
pub async fn link_key(clients: &Clients, environment: Environment) -> Result<domain::link::LinkKey, Error> {
    Ok(domain::link::LinkKey::new(&clients.secret(&environment.get("LINK_SECRET_ARN")?).await?)?)
}
