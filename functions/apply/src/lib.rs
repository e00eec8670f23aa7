//! `POST /v1/application`: somebody applies, in the form of version 1.

use api::application_request::{TestMode, v1};
use api::applications_answer;
use api::deposit_request::asked;
use api::errors::ApiError;
use api::openapi::{ApplicationBody, ApplicationKeyHeader, ApplicationResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::applications::Applying;
use runtime::environment::Environment;
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Applying;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `CONTACT_SECRET_ARN`, `PERSON_SECRET_ARN` and
/// `APPLY_TEST_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Applying::load_with_tests(environment).await
}

/// Takes it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/v1/application",
    operation_id = "apply",
    tag = "Candidature",
    summary = "Envoyer une candidature",
    description = "Le candidat reçoit aussitôt un mail. Le recruteur reçoit le sien, avec le CV, une fois le CV vérifié ; il répond par les \
                   boutons du mail. `x-application-id` est l'identifiant de la candidature : `GET /v1/applications/{id}` dit où elle en \
                   est. La même requête envoyée deux fois n'a qu'un effet : voir `Idempotency-Key`. \
                   Limite : 5 appels / 5 secondes.",
    params(ApplicationKeyHeader),
    request_body = ApplicationBody,
    responses(ApplicationResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::SubmitApplications).await?;
    let asked = asked(&partner, "apply", &request, Unkeyed::SameBody)?;
    let test = context.test_secret.as_deref().map_or(TestMode::Off, TestMode::Secret);
    let application = v1(&request, &test)?;
    let answered = context.apply().run(asked, &application).await.map_err(ApiError::of_application)?;
    Ok(applications_answer::taken(&answered).with_facts(Facts::of(&partner, None)))
}
