//! `GET /appointment-request/context/recap` and `…/short-recap`: what was said about an appointment, for those who hold its
//! links.

use api::appointment_request::appointment_id;
use api::appointments_answer;
use api::errors::{ApiError, NotFound};
use api::openapi::{RecallParameters, RecallResponses};
use api::request::Request;
use api::response::Response;
use domain::mail::Side;
use runtime::asking::Holding;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Holding;

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `PERSON_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Holding::load(environment).await
}

/// Answers the centre with all of it, and who asked with the little that its page shows.
#[utoipa::path(
    get,
    path = "/appointment-request/context/recap",
    operation_id = "recallAppointment",
    tag = "Rendez-vous",
    summary = "Relire une demande de rendez-vous",
    description = "`/appointment-request/context/recap` pour le centre de formation, par le jeton du lien de son mail ; \
                   `/appointment-request/context/short-recap` pour le candidat, par le jeton que la demande a rendu. Sans clé. \
                   Limite : 10 appels / 1 seconde.",
    params(RecallParameters),
    responses(RecallResponses)
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let id = appointment_id(&request)?;
    let is_short = request.route.ends_with("/short-recap");
    let side = if is_short { Side::Applicant } else { Side::Centre };
    context.holds(&request, side, &id).await?;
    let recalled = context.recall().run(&id).await.map_err(ApiError::unavailable)?;
    let recalled = recalled.ok_or(NotFound::Appointment)?;
    Ok(if is_short {
        appointments_answer::short_recap(&recalled)
    } else {
        appointments_answer::recap(&recalled)
    })
}
