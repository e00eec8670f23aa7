//! `GET /v1/formationsParRegion`: trainings of a département or a région.

use api::errors::ApiError;
use api::openapi::{AreaParameters, TrainingsResponses};
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

/// Answers with the trainings of the area, by title.
#[utoipa::path(
    get,
    path = "/v1/formationsParRegion",
    operation_id = "listTrainingsOfArea",
    tag = "Formation",
    summary = "Lister les formations d'un département ou d'une région",
    description = "Formations en alternance d'un département ou d'une région, par intitulé, au plus 500. \
                   Limite : 5 appels / 1 seconde.",
    params(AreaParameters),
    responses(TrainingsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, query) = context.ask(&request, Route::TrainingsOfArea).await?;
    let found = context.find(&query, &partner).await?;
    context.asker(&query, &partner).trainings(found)
}
