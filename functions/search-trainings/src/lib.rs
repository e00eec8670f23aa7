//! `GET /v1/formations`: trainings around a place.

use api::errors::ApiError;
use api::openapi::{TrainingsParameters, TrainingsResponses};
use api::request::Request;
use api::response::Response;
use api::search_query::Route;
use domain::source::Source;
use runtime::environment::Environment;
use runtime::searching::Searching;

/// What every request shares.
pub type Context = Searching;

/// Reads `STAGE`, `POSTINGS_TABLE`, `RECORDS_TABLE`, `DATA_BUCKET`, `CURSOR_SECRET_ARN` and
/// `STORE_REPORTS_CAPACITY`, and loads the sketches.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Searching::load(environment, &[Source::Formations]).await
}

/// Answers with the nearest trainings; where none is inside the radius, with the nearest five.
#[utoipa::path(
    get,
    path = "/v1/formations",
    operation_id = "searchTrainings",
    tag = "Formation",
    summary = "Chercher des formations",
    description = "Formations en alternance, par métier et autour d'un lieu, au plus 500 ; s'il n'y en a aucune dans le rayon, les 5 plus \
                   proches. Limite : 7 appels / 1 seconde.",
    params(TrainingsParameters),
    responses(TrainingsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, query) = context.ask(&request, Route::Trainings).await?;
    let found = context.find(&query, &partner).await?;
    context.asker(&query, &partner).trainings(found)
}
