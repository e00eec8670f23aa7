//! `POST /links/{token}`: a link of a mail acts, once.

use api::answer_request::said;
use api::errors::ApiError;
use api::link_page;
use api::openapi::{LinkPageResponses, LinkTokenParameter};
use api::request::Request;
use api::response::Response;
use runtime::applications::{Cvs, Stored};
use runtime::clients::Clients;
use runtime::delivering::link_key;
use runtime::environment::Environment;
use runtime::offers::Offers;
use store::Consents;
use usecases::appointments::FollowConsent;
use usecases::deposit::FollowOffer;
use usecases::links::{LinkActs, Links};

/// What every request shares.
pub struct Context {
    /// Finds links, and lets them act.
    pub links: store::Links,
    /// Recruiters with their offers.
    pub offers: Offers,
    /// Applications.
    pub applications: Stored,
    /// CVs.
    pub cvs: Cvs,
    /// What establishments decided about requests for appointments.
    pub consents: Consents,
    /// Makes the links of mails.
    pub link_key: domain::link::LinkKey,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `CONTACT_SECRET_ARN`,
    /// `LINK_SECRET_ARN` and `PERSON_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let links = store::Links::new(clients.dynamodb(), environment.tables());
        let consents = Consents::new(clients.dynamodb(), environment.tables());
        let (offers, applications, link_key) = tokio::join!(
            Box::pin(Offers::load_without_links(environment)),
            Stored::load(&clients, environment),
            link_key(&clients, environment)
        );
        Ok(Self {
            links,
            offers: offers?,
            applications: applications?,
            cvs: Cvs::load(&clients, environment)?,
            consents,
            link_key: link_key?,
        })
    }
}

/// Does what the link does. The body is looked at where the link answers an application or is of an appointment: other buttons send none, and a
/// mail program that unsubscribes for its reader sends `List-Unsubscribe=One-Click` (RFC 8058).
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
    let clock = &*context.offers.depositing.clock;
    let appointments =
        context.applications.appointment_acts(&context.link_key, clock, &*context.offers.depositing.entropy);
    let acts = LinkActs {
        follow: &context.links,
        offers: FollowOffer { desk: context.offers.desk() },
        applications: context.applications.answer(clock),
        privacy: context.applications.privacy(&context.cvs, appointments.own, clock),
        appointments,
        consents: FollowConsent {
            find: &context.consents,
            change: &context.consents,
            links: &context.links,
            clock,
        },
    };
    let followed = links.follow(&token, acts, said(&request)).await.map_err(ApiError::unavailable)?;
    link_page::done(&followed)
}
