//! `POST /links/{token}`: a link of a mail acts, once.

use api::errors::ApiError;
use api::link_page;
use api::openapi::{LinkPageResponses, LinkTokenParameter};
use api::request::Request;
use api::response::Response;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use usecases::links::Links;
use usecases::ports::{Clock, FindLink, FollowLink};

/// What every request shares.
pub struct Context {
    /// Finds links.
    pub find: Box<dyn FindLink>,
    /// Lets them act.
    pub follow: Box<dyn FollowLink>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let links = store::Links::new(Clients::load().await.dynamodb(), environment.tables());
        Ok(Self { find: Box::new(links.clone()), follow: Box::new(links), clock: Box::new(SystemClock) })
    }
}

/// Does what the link does. The body is not looked at: the button of the page sends none, and a mail program that
/// unsubscribes for its reader sends `List-Unsubscribe=One-Click` (RFC 8058).
#[utoipa::path(
    post,
    path = "/links/{token}",
    operation_id = "followLink",
    tag = "Mails",
    summary = "Suivre un lien reçu par mail",
    description = "Fait ce que le lien annonce, une seule fois. Sans clé ni corps. \
                   Limite : 10 appels / 1 seconde.",
    params(LinkTokenParameter),
    responses(LinkPageResponses)
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let Ok(token) = request.path_value("token").parse() else { return link_page::gone() };
    let links = Links { find: &*context.find, clock: &*context.clock };
    let state = links.follow(&token, &*context.follow).await.map_err(ApiError::unavailable)?;
    link_page::done(&state)
}
