//! `GET /v1/appointments/{id}`: where an appointment stands.

use api::appointments_answer::AppointmentAnswer;
use api::errors::{ApiError, NotFound};
use api::openapi::{AppointmentParameters, FollowedAppointmentResponses};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::asking::FollowingAppointments;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = FollowingAppointments;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    FollowingAppointments::load(environment).await
}

/// Answers with it. Another site's answers like one that does not exist.
#[utoipa::path(
    get,
    path = "/v1/appointments/{id}",
    operation_id = "getAppointment",
    tag = "Rendez-vous",
    summary = "Suivre une demande de rendez-vous",
    description = "Où en est une demande faite depuis votre site. Rien du candidat n'y est. \
                   Limite : 5 appels / 1 seconde.",
    params(AppointmentParameters),
    responses(FollowedAppointmentResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, referrer) = context.site(&request).await?;
    let id = request.path_value("id").parse().map_err(|_| NotFound::Appointment)?;
    let found = context.follow().one(referrer, &id).await.map_err(ApiError::unavailable)?;
    let found = found.ok_or(NotFound::Appointment)?;
    Ok(Response::json(200, &AppointmentAnswer::of(&found)).with_facts(Facts::of(&partner, None)))
}
