//! `POST /unsubscribe`: stops our mails to an address.

use api::errors::ApiError;
use api::openapi::{UnsubscribeBody, UnsubscribeResponses};
use api::request::Request;
use api::response::{Facts, Response};
use api::unsubscribe_request;
use domain::mail::address_hash;
use runtime::callers::known;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use usecases::partners::Partners;
use usecases::ports::{Clock, StopMails};

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub partners: Partners,
    /// Stops mails.
    pub stop: Box<dyn StopMails>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            stop: Box::new(store::Links::new(client, tables)),
            clock: Box::new(SystemClock),
        })
    }
}

/// Stops them. The answer is the same whether the address is known or not: it tells nobody who is.
#[utoipa::path(
    post,
    path = "/unsubscribe",
    operation_id = "unsubscribe",
    tag = "Mails",
    summary = "Ne plus écrire à une adresse",
    description = "Arrête les mails que l'on peut arrêter, pour toutes les entreprises de cette adresse. La réponse est \
                   toujours `OK` : elle ne dit pas si l'adresse est connue. \
                   Limite : 1 appel / 5 secondes.",
    request_body = UnsubscribeBody,
    responses(UnsubscribeResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let asked = unsubscribe_request::parse(&request)?;
    let stopped = context.stop.stop_mails(&address_hash(&asked.email), context.clock.seconds()).await;
    stopped.map_err(ApiError::unavailable)?;
    let facts = Facts { results: Some(format!("reason={}", asked.reason)), ..Facts::of(&partner, None) };
    Ok(Response::json(200, &"OK").with_facts(facts))
}
