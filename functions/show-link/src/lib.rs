//! `GET /links/{token}`: the page behind a link of a mail. It changes nothing, since mail scanners open every link.

use api::errors::ApiError;
use api::link_page;
use api::openapi::{LinkPageResponses, LinkTokenParameter};
use api::request::Request;
use api::response::Response;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use usecases::links::Links;
use usecases::ports::{Clock, FindAppointment, FindLink};

/// What every request shares.
pub struct Context {
    /// Finds links.
    pub find: Box<dyn FindLink>,
    /// Finds the appointments that links are about.
    pub appointments: Box<dyn FindAppointment>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        Ok(Self {
            appointments: Box::new(store::Appointments::new(client.clone(), environment.tables())),
            find: Box::new(store::Links::new(client, environment.tables())),
            clock: Box::new(SystemClock),
        })
    }
}

/// Asks whether the link shall act, or says that it is over.
#[utoipa::path(
    get,
    path = "/links/{token}",
    operation_id = "showLink",
    tag = "Mails",
    summary = "Page d'un lien reçu par mail",
    description = "Page HTML, sans clé. Elle ne change rien : c'est son bouton qui agit. \
                   Limite : 10 appels / 1 seconde.",
    params(LinkTokenParameter),
    responses(LinkPageResponses)
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let Ok(token) = request.path_value("token").parse() else { return link_page::gone() };
    let links = Links { find: &*context.find, clock: &*context.clock };
    let shown = links.show(&token, &*context.appointments).await.map_err(ApiError::unavailable)?;
    link_page::show(&shown)
}
