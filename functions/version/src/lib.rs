//! `GET /version`: which version runs. No key is asked.

use api::errors::ApiError;
use api::request::Request;
use api::response::Response;
use api::service_answer::VersionAnswer;
use runtime::environment::Environment;

/// What every request shares.
pub struct Context {
    version: String,
}

impl Context {
    /// Reads `APP_VERSION`, which the deployment sets to the commit.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        Ok(Self { version: environment.get("APP_VERSION")? })
    }
}

/// Answers.
pub async fn handle(context: &Context, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &VersionAnswer { version: &context.version }))
}
