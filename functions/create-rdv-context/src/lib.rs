//! `POST /appointment-request/context/create`: whether a site may lead a candidate to the form of a training, and where that is.

use api::errors::ApiError;
use api::openapi::{AppointmentContextBody, AppointmentContextResponses};
use api::request::Request;
use api::response::{Facts, Response};
use api::{rdv_answer, rdv_request};
use runtime::environment::Environment;
use runtime::rdv::Leading;

/// What every request shares.
pub type Context = Leading;

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE` and `PAGES_URL`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Leading::load(environment).await
}

/// Answers with the training and its form, or that one may not ask about it.
#[utoipa::path(
    post,
    path = "/appointment-request/context/create",
    operation_id = "createRdvContext",
    tag = "Rendez-vous",
    summary = "Lien vers le formulaire de rendez-vous d'une formation",
    description = "L'adresse du formulaire par lequel un candidat demande un rendez-vous au centre de formation. Elle ne dit rien de \
                   personne, et sert aussi longtemps que la formation est ouverte aux demandes de ce site. La formation est nommée \
                   par un seul de ses identifiants, chacun avec ses sites. \
                   Limite : 5 appels / 1 seconde.",
    request_body = AppointmentContextBody,
    responses(AppointmentContextResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.identify(&request).await?;
    let asked = rdv_request::context(&request)?;
    let opening = context.find(asked.named, asked.referrer).await?;
    let answer = rdv_answer::context(&opening, &context.pages.of(&request), asked.referrer)?;
    Ok(answer.with_facts(Facts::of(&partner, None)))
}
