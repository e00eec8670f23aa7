//! `POST /v2/application`: somebody applies, in the present form.

use api::application_request::v2;
use api::deposit_request::asked;
use api::errors::ApiError;
use api::openapi::{ApplicationByIdBody, ApplicationByIdResponses, ApplicationKeyHeader};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::applications::Applying;
use runtime::environment::Environment;
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Applying;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `CONTACT_SECRET_ARN` and `PERSON_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Applying::load(environment).await
}

/// Takes it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/v2/application",
    operation_id = "applyById",
    tag = "Candidature",
    summary = "Envoyer une candidature, par identifiant",
    description = "La forme présente : `recipient_id` dit à qui, et rien de l'entreprise n'est à renvoyer. Le reste est comme \
                   `POST /v1/application`. \
                   Limite : 5 appels / 5 secondes.",
    params(ApplicationKeyHeader),
    request_body = ApplicationByIdBody,
    responses(ApplicationByIdResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::SubmitApplications).await?;
    let asked = asked(&partner, "apply-by-id", &request, Unkeyed::SameBody)?;
    let application = v2(&request)?;
    let answered = context.apply().run(asked, &application).await.map_err(ApiError::of_apply)?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
