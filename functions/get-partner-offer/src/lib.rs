//! `GET /v1/jobs/job/{id}`: one offer of France Travail.

use api::accept::Form;
use api::detail_answer::PartnerOfferAnswer;
use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::items::{PeJob, View};
use api::job_posting::JobPosting;
use api::openapi::{CallerParameter, IfNoneMatchHeader, PartnerOfferIdParameter, PartnerOfferResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::card::Card;
use domain::source::Source;
use runtime::details::Details;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Details;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Details::load(environment).await
}

/// Answers with the offer, its SIRET only where no caller names itself.
#[utoipa::path(
    get,
    path = "/v1/jobs/job/{id}",
    operation_id = "getPartnerOffer",
    tag = "Emploi",
    summary = "Lire une offre de France Travail",
    description = "Une offre. Le SIRET de l'entreprise est `null` dès que `caller` est donné. \
                   Limite : 5 appels / 1 seconde.",
    params(PartnerOfferIdParameter, CallerParameter, IfNoneMatchHeader),
    responses(PartnerOfferResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let id = detail_query::id(&request).ok_or(NotFound::PartnerOffer)?;
    let item = context.items.find_item(Source::Offres, id).await?;
    let Some(Card::PartnerOffer(offer)) = item.map(|item| item.card) else {
        return Err(NotFound::PartnerOffer.into());
    };
    let caller = detail_query::caller(&request);
    let view = View { hide_siret: caller.is_some(), ..View::default() };
    let facts = Facts::of(&partner, caller.as_ref());
    if Form::asked(&request) == Form::LinkedData {
        return Ok(Response::linked_data(&JobPosting::from((&*offer, view))).with_facts(facts));
    }
    let answer = PartnerOfferAnswer { pe_jobs: [PeJob::from((&*offer, view))] };
    Ok(Response::json(200, &answer).with_facts(facts))
}
