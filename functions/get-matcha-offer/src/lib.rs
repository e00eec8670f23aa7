//! `GET /v1/jobs/matcha/{id}`: one offer deposited here, closed ones with their status.

use api::accept::Form;
use api::detail_answer::MatchaAnswer;
use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::items::{LbaJob, View};
use api::job_posting::JobPosting;
use api::openapi::{CallerParameter, IfNoneMatchHeader, MatchaIdParameter, MatchaResponses};
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

/// Answers with the offer. One that is closed or expired says so in `job.status`.
#[utoipa::path(
    get,
    path = "/v1/jobs/matcha/{id}",
    operation_id = "getMatchaOffer",
    tag = "Emploi",
    summary = "Lire une offre déposée sur La bonne alternance",
    description = "Une offre, avec le contact chiffré à renvoyer pour postuler. \
                   Limite : 5 appels / 1 seconde.",
    params(MatchaIdParameter, CallerParameter, IfNoneMatchHeader),
    responses(MatchaResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let id = detail_query::id(&request).ok_or(NotFound::MatchaOffer)?;
    let item = context.items.find_item(Source::Matcha, id).await?;
    let Some(Card::Matcha(offer)) = item.map(|item| item.card) else {
        return Err(NotFound::MatchaOffer.into());
    };
    let facts = Facts::of(&partner, detail_query::caller(&request).as_ref());
    if Form::asked(&request) == Form::LinkedData {
        return Ok(Response::linked_data(&JobPosting::from(&*offer)).with_facts(facts));
    }
    let offer = offer.as_of(context.clock.seconds());
    let answer = MatchaAnswer { matchas: [LbaJob::from((&offer, View::default()))] };
    Ok(Response::json(200, &answer).with_facts(facts))
}
