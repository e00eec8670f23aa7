//! `GET /version`: which version runs. No key is asked.

use api::errors::ApiError;
use api::openapi::{IfNoneMatchHeader, VersionResponses};
use api::request::Request;
use api::response::Response;
use api::service_answer::VersionAnswer;
use runtime::environment::Environment;

/// What every request shares.
pub struct Context {
    /// The version that runs.
    pub version: String,
}

impl Context {
    /// Reads `APP_VERSION`, which the deployment sets to the commit.
    #[expect(clippy::unused_async, reason = "the shape of every function")]
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        Ok(Self { version: environment.get("APP_VERSION")? })
    }
}

/// Answers.
#[expect(clippy::unused_async, reason = "the shape of every handler")]
#[utoipa::path(
    get,
    path = "/version",
    operation_id = "version",
    tag = "Service",
    summary = "Version en service",
    description = "Dit quelle version répond. Sans clé. \
                   Limite : 3 appels / 1 seconde, tous appelants confondus.",
    params(IfNoneMatchHeader),
    responses(VersionResponses)
)]
pub async fn handle(context: &Context, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &VersionAnswer { version: &context.version }))
}
