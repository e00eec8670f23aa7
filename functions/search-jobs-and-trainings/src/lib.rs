//! `GET /v1/jobsEtFormations`: jobs and trainings at once.

use api::errors::ApiError;
use api::openapi::{JobsAndTrainingsParameters, JobsAndTrainingsResponses};
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
    Searching::load(environment, &Source::ALL).await
}

/// Answers with what each source found; a source that fails does not take the others down.
#[utoipa::path(
    get,
    path = "/v1/jobsEtFormations",
    operation_id = "searchJobsAndTrainings",
    tag = "Emploi",
    summary = "Chercher des offres, des sociétés et des formations",
    description = "Tout ce que donnent `/v1/jobs` et `/v1/formations`, en un appel. \
                   Limite : 5 appels / 1 seconde.",
    params(JobsAndTrainingsParameters),
    responses(JobsAndTrainingsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, query) = context.ask(&request, Route::JobsAndTrainings).await?;
    let found = context.find(&query, &partner).await?;
    Ok(context.asker(&query, &partner).jobs_and_trainings(&found))
}
