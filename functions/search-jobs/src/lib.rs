//! `GET /v1/jobs`: offers and companies around a place, or of the whole country.

use api::errors::ApiError;
use api::openapi::{JobsParameters, JobsResponses};
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
    Searching::load(environment, &[Source::Lba, Source::Matcha, Source::Offres]).await
}

/// Answers with what each source found; a source that fails does not take the others down.
#[utoipa::path(
    get,
    path = "/v1/jobs",
    operation_id = "searchJobs",
    tag = "Emploi",
    summary = "Chercher des offres et des sociétés",
    description = "Offres d'alternance et sociétés susceptibles de recruter, par métier et autour d'un lieu, au plus 150 par source \
                   (250 recruteurs pour `matcha`). \
                   Limite : 5 appels / 1 seconde.",
    params(JobsParameters),
    responses(JobsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, query) = context.ask(&request, Route::Jobs).await?;
    let found = context.find(&query, &partner).await?;
    Ok(context.asker(&query, &partner).jobs(&found))
}
