//! `GET /v1/jobs/company/{siret}`: one company likely to hire.

use api::detail_answer::CompanyAnswer;
use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::items::{LbaCompany, View};
use api::openapi::{CallerParameter, CompanyResponses, IfNoneMatchHeader, SiretParameter};
use api::request::Request;
use api::response::{Facts, Response};
use domain::card::Card;
use domain::partner::Right;
use domain::source::Source;
use runtime::details::Details;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Details;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Details::load(environment).await
}

/// Answers with the company, its phone for partners that may see it.
#[utoipa::path(
    get,
    path = "/v1/jobs/company/{siret}",
    operation_id = "getCompany",
    tag = "Emploi",
    summary = "Lire une société",
    description = "Une société susceptible de recruter. Son téléphone n'est donné qu'aux partenaires qui en ont le droit. \
                   Limite : 5 appels / 1 seconde.",
    params(SiretParameter, CallerParameter, IfNoneMatchHeader),
    responses(CompanyResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let siret = detail_query::siret(&request)?;
    let item = context.items.find_item(Source::Lba, siret.as_str()).await?;
    let Some(Card::Company(company)) = item.map(|item| item.card) else {
        return Err(NotFound::Company.into());
    };
    let view = View { with_phone: partner.may(Right::Phones), ..View::default() };
    let answer = CompanyAnswer { lba_companies: [LbaCompany::from((&*company, view))] };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}
