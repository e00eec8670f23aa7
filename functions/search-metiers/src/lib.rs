//! `GET /v1/metiers`: métiers by words of their names, by trades, by certifications.

use api::detail_query;
use api::errors::ApiError;
use api::metiers_answer::{LabelAndRomes, MetiersAnswer};
use api::metiers_query::MetiersQuery;
use api::openapi::{IfNoneMatchHeader, MetiersParameters, MetiersResponses};
use api::request::Request;
use api::response::{Facts, Response};
use metiers::Metier;
use runtime::callers::Callers;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Callers;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Callers::load(environment).await
}

/// Answers with at most twenty métiers, the best first, each with the labels of its trades.
#[utoipa::path(
    get,
    path = "/v1/metiers",
    operation_id = "searchMetiers",
    tag = "Métiers",
    summary = "Chercher des métiers",
    description = "Métiers par mots, par codes ROME ou par codes RNCP, pour une saisie assistée. Un métier réunit de 1 à 20 \
                   codes ROME, que `/v1/jobs` accepte tels quels. \
                   Limite : 20 appels / 1 seconde.",
    params(MetiersParameters, IfNoneMatchHeader),
    responses(MetiersResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let query = MetiersQuery::parse(&request)?;
    let found = Metier::search(query.query()).into_iter().map(|metier| LabelAndRomes::job(metier, true));
    let answer = MetiersAnswer { labels_and_romes: found.collect() };
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}
