//! `GET /v1/appointments`: the appointments that changed since an instant.

use api::applications_query;
use api::appointments_answer::AppointmentsAnswer;
use api::errors::ApiError;
use api::openapi::{AppointmentsParameters, AppointmentsResponses};
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

/// Answers with them, the longest ago first.
#[utoipa::path(
    get,
    path = "/v1/appointments",
    operation_id = "listAppointments",
    tag = "Rendez-vous",
    summary = "Suivre les demandes de rendez-vous",
    description = "Les demandes faites depuis votre site et qui ont changé depuis `updated_since`, la plus ancienne d'abord, \
                   100 par page. Une demande qui change encore revient plus loin. \
                   Limite : 5 appels / 1 seconde.",
    params(AppointmentsParameters),
    responses(AppointmentsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (partner, referrer) = context.site(&request).await?;
    let (since, after) = applications_query::changed(&request)?;
    let changed = context.follow().changed(referrer, since, after.as_deref()).await;
    let (followed, next) = changed.map_err(ApiError::unavailable)?;
    let answer = AppointmentsAnswer::of(&followed, next.as_deref());
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}
