//! `GET /v1/formations/formation/{id}`: one training of the catalogue.

use api::detail_query;
use api::errors::ApiError;
use api::items::{Formation, View};
use api::openapi::{CallerParameter, IfNoneMatchHeader, TrainingIdParameter, TrainingResponses};
use api::request::Request;
use api::response::{Facts, Response};
use api::search_answer::TrainingsAnswer;
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

/// Answers with the training, or with an empty list where there is none (contract 1.4).
#[utoipa::path(
    get,
    path = "/v1/formations/formation/{id}",
    operation_id = "getTraining",
    tag = "Formation",
    summary = "Lire une formation",
    description = "Une formation, par sa clé ministère éducatif ; une liste vide si aucune n'a cette clé. \
                   Limite : 7 appels / 1 seconde.",
    params(TrainingIdParameter, CallerParameter, IfNoneMatchHeader),
    responses(TrainingResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let item = match detail_query::id(&request) {
        Some(id) => context.items.find_item(Source::Formations, id).await?,
        None => None,
    };
    let view = View { with_description: true, ..View::default() };
    let results = item.iter().filter_map(|item| match &item.card {
        Card::Formation(formation) => Some(Formation::from((&**formation, view))),
        _ => None,
    });
    let answer = TrainingsAnswer { results: results.collect(), ..TrainingsAnswer::default() };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}
