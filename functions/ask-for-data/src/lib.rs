//! `POST /personal-data`: sends somebody the links to its data.

use api::answer_request::personal;
use api::errors::ApiError;
use api::openapi::{PersonalDataBody, PersonalDataResponses};
use api::request::Request;
use api::response::Response;
use domain::link::LinkKey;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::delivering::link_key;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use usecases::applications::AskForData;
use usecases::ports::{Clock, Entropy, ListPersonal, WriteConsequences};

/// What every request shares.
pub struct Context {
    /// Lists what is a person's.
    pub list: Box<dyn ListPersonal>,
    /// Makes the mail due.
    pub write: Box<dyn WriteConsequences>,
    /// Makes links.
    pub links: LinkKey,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let clients = Clients::load().await;
    let (client, tables) = (clients.dynamodb(), environment.tables());
    Ok(Context {
        list: Box::new(store::PersonalIndex::new(client.clone(), &tables)),
        write: Box::new(store::Outbox::new(client, &tables)),
        links: link_key(&clients, environment).await?,
        clock: Box::new(SystemClock),
        entropy: Box::new(SystemEntropy),
    })
}

/// Makes the mail due. The answer is the same whether the address is known or not: it tells nobody who is.
#[utoipa::path(
    post,
    path = "/personal-data",
    operation_id = "askForData",
    tag = "Mails",
    summary = "Demander ses données, ou leur effacement",
    description = "Si nous savons quelque chose de la personne, un mail part à cette adresse, avec un lien qui le donne et un autre qui l'efface, une \
                   fois par heure au plus. La réponse est toujours la même : elle ne dit pas si l'adresse est connue. Sans clé. \
                   Limite : 5 appels / 1 seconde.",
    request_body = PersonalDataBody,
    responses(PersonalDataResponses),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let email = personal(&request)?;
    let ask = AskForData {
        list: &*context.list,
        write: &*context.write,
        links: &context.links,
        clock: &*context.clock,
        entropy: &*context.entropy,
    };
    ask.run(&email).await.map_err(ApiError::unavailable)?;
    Ok(Response::json(202, &serde_json::json!({"result": "ok"})))
}
