//! `POST /v2/appointment`: the same in the present form, for a partner that is a site itself.

use api::errors::{ApiError, AppointmentRefusal};
use api::openapi::{AppointmentLinkBody, AppointmentLinkResponses};
use api::request::Request;
use api::response::{Facts, Response};
use api::{rdv_answer, rdv_request};
use domain::partner::Right;
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
    path = "/v2/appointment",
    operation_id = "generateAppointmentLink",
    tag = "Rendez-vous",
    summary = "Lien vers le formulaire de rendez-vous, pour votre site",
    description = "La forme présente : le site d'où viennent les candidats est celui de votre organisation, tel qu'il est enregistré. \
                   Le droit `appointments:write` est demandé. Le reste est comme `POST /appointment-request/context/create`. \
                   Limite : 10 appels / 1 seconde.",
    request_body = AppointmentLinkBody,
    responses(AppointmentLinkResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.partner(&request, Right::CreateAppointments).await?;
    let referrer = partner.referrer.ok_or(AppointmentRefusal::NoReferrer)?;
    let named = rdv_request::link(&request)?;
    let opening = context.find(named, Some(referrer)).await?;
    let answer = rdv_answer::link(&opening, &context.pages.of(&request), referrer)?;
    Ok(answer.with_facts(Facts::of(&partner, None)))
}
