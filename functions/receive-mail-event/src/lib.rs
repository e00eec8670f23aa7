//! `POST /emails/webhook`: what a mail provider tells of our mails.

use api::errors::ApiError;
use api::mail_webhook::{self, SECRET_PARAMETER};
use api::openapi::{MailEventBody, MailEventResponses, MailWebhookKeyParameter};
use api::request::Request;
use api::response::Response;
use runtime::applications::{Cvs, Stored};
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use usecases::mail_events::RecordMailEvent;
use usecases::partners::key_hash;
use usecases::ports::{Clock, ConfirmSent, FindMail, RecordBounce};

/// What every request shares.
pub struct Context {
    /// The SHA-256 of the secret that the provider sends along.
    pub secret_hash: String,
    /// Finds mails.
    pub find: Box<dyn FindMail>,
    /// Settles mails of unknown fate.
    pub confirm: Box<dyn ConfirmSent>,
    /// Notes what became of applications.
    pub applications: Stored,
    /// CVs.
    pub cvs: Cvs,
    /// Suppresses addresses.
    pub bounce: Box<dyn RecordBounce>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `PERSON_SECRET_ARN` and `MAIL_WEBHOOK_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let secret = clients.secret(&environment.get("MAIL_WEBHOOK_SECRET_ARN")?).await?;
        let mails = store::Mails::new(client.clone(), &tables);
        Ok(Self {
            secret_hash: key_hash(secret.trim()),
            find: Box::new(mails.clone()),
            confirm: Box::new(mails),
            applications: Stored::load(&clients, environment).await?,
            cvs: Cvs::load(&clients, environment)?,
            bounce: Box::new(store::Bounces::new(client, &tables)),
            clock: Box::new(SystemClock),
        })
    }
}

/// Records it. An event that is not known is taken, and nothing follows from it.
#[utoipa::path(
    post,
    path = "/emails/webhook",
    operation_id = "receiveMailEvent",
    tag = "Mails",
    summary = "Recevoir un événement du prestataire de mails",
    description = "Événements de Brevo : une adresse qui refuse, signale ou se désinscrit n'est plus contactée. Un \
                   événement inconnu est accepté et ignoré. \
                   Limite : 50 appels / 1 seconde.",
    params(MailWebhookKeyParameter),
    request_body = MailEventBody,
    responses(MailEventResponses),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let secret = request.query_value(SECRET_PARAMETER).unwrap_or_default();
    // Hashes are compared: how long that takes tells nothing of the secret.
    if key_hash(&secret) != context.secret_hash {
        return Err(ApiError::WrongSecret);
    }
    let told = mail_webhook::event(&request)?;
    let use_case = RecordMailEvent {
        find: &*context.find,
        confirm: &*context.confirm,
        applications: Some(context.applications.deliver(&context.cvs, &*context.clock)),
        bounce: &*context.bounce,
        clock: &*context.clock,
    };
    use_case.run(&told).await.map_err(ApiError::unavailable)?;
    Ok(Response::json(200, &serde_json::json!({})))
}
