//! `POST /links/{token}`: a link of a mail acts, once.

use api::errors::ApiError;
use api::link_page;
use api::openapi::{LinkPageResponses, LinkTokenParameter};
use api::request::Request;
use api::response::Response;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::deposit::FollowOffer;
use usecases::links::Links;

/// What every request shares.
pub struct Context {
    /// Finds links, and lets them act.
    pub links: store::Links,
    /// Recruiters with their offers.
    pub offers: Offers,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE` and `CONTACT_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let links = store::Links::new(Clients::load().await.dynamodb(), environment.tables());
        Ok(Self { links, offers: Offers::load_without_links(environment).await? })
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
    let links = Links { find: &context.links, clock: &*context.offers.depositing.clock };
    let offers = FollowOffer { desk: context.offers.desk() };
    let followed = links.follow(&token, &context.links, offers).await.map_err(ApiError::unavailable)?;
    link_page::done(&followed)
}
