//! `GET /healthcheck` and `GET /`: whether the store answers. No key is asked.

use api::errors::ApiError;
use api::openapi::{HealthResponses, IfNoneMatchHeader};
use api::request::Request;
use api::response::Response;
use api::service_answer::HealthAnswer;
use runtime::clients::Clients;
use runtime::environment::{Environment, Stage};
use usecases::ports::CheckHealth;

/// What every request shares.
pub struct Context {
    /// Where this runs.
    pub stage: Stage,
    /// The store.
    pub store: Box<dyn CheckHealth>,
}

impl Context {
    /// Reads `STAGE` and `RECORDS_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        let store = store::Health::new(client, &environment.tables());
        Ok(Self { stage: environment.stage()?, store: Box::new(store) })
    }
}

/// Answers 200 or 500, with the same body but for the truth.
#[utoipa::path(
    get,
    path = "/healthcheck",
    operation_id = "health",
    tag = "Service",
    summary = "État du service",
    description = "Dit si la base répond. Sans clé.",
    params(IfNoneMatchHeader),
    responses(HealthResponses)
)]
pub async fn handle(context: &Context, _request: Request) -> Result<Response, ApiError> {
    let answer = HealthAnswer::new(context.stage.as_str(), context.store.check().await.is_ok());
    Ok(Response::json(answer.status(), &answer))
}
