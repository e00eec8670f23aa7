//! `GET /espace-pro/form`: the form by which somebody asks for an appointment about a training.

use api::appointment_page;
use api::appointment_request::TypedForm;
use api::errors::ApiError;
use api::openapi::{AppointmentFormParameters, AppointmentFormResponses};
use api::request::Request;
use api::response::Response;
use runtime::asking::Catalogue;
use runtime::clients::Clients;
use runtime::environment::Environment;
use usecases::appointments::NotOpen;

/// What every request shares.
pub type Context = Catalogue;

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE` and `PUBLIC_URL`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Catalogue::load(&Clients::load().await, environment)
}

/// Shows the form, or that the training is not open. It changes nothing.
#[utoipa::path(
    get,
    path = "/espace-pro/form",
    operation_id = "showAppointmentForm",
    tag = "Rendez-vous",
    summary = "Formulaire de demande de rendez-vous",
    description = "Page HTML, sans clé et sans script : le lien `form_url` y mène. Une formation qui ne prend pas de rendez-vous le \
                   dit, et mène à la recherche. \
                   Limite : 10 appels / 1 seconde.",
    params(AppointmentFormParameters),
    responses(AppointmentFormResponses)
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let Some((training, referrer)) = api::appointment_request::form_query(&request) else {
        return appointment_page::closed(&context.public_url);
    };
    match context.open().find(&training, Some(referrer)).await {
        Ok(open) => appointment_page::form(200, &open.training, &TypedForm::default(), &[]),
        Err(NotOpen::Unknown | NotOpen::Closed) => appointment_page::closed(&context.public_url),
        Err(error) => Err(ApiError::unavailable(error)),
    }
}
