//! `POST /appointment-request/validate` and `POST /espace-pro/form`: somebody asks for an appointment, by JSON or by the form.

use api::appointment_page;
use api::appointment_request::{TypedForm, form_query, wish};
use api::appointments_answer;
use api::errors::{ApiError, AskingRefusal};
use api::openapi::{AppointmentRequestBody, AppointmentRequestResponses};
use api::request::Request;
use api::response::Response;
use domain::appointment::Referrer;
use runtime::asking::Asking;
use runtime::environment::Environment;
use usecases::appointments::NotOpen;
use usecases::asking::{Requested, Wish};
use usecases::once::{Asked, Unkeyed};

/// What every request shares.
pub type Context = Asking;

/// In whose name a request is made that needs no key.
const PUBLIC: &str = "public";

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `PUBLIC_URL`, `CONTACT_SECRET_ARN`, `LINK_SECRET_ARN` and `PERSON_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Box::pin(Asking::load(environment)).await
}

/// Takes it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/appointment-request/validate",
    operation_id = "requestAppointment",
    tag = "Rendez-vous",
    summary = "Demander un rendez-vous",
    description = "Le centre de formation et le candidat reçoivent chacun un mail. `token` vaut pour ce rendez-vous et ce candidat : \
                   `GET /appointment-request/context/short-recap` le lit. Une même personne ne demande qu'une fois en quatre jours \
                   un rendez-vous pour une formation ; le même corps envoyé deux fois en dix minutes n'a qu'un effet. Sans clé. \
                   `POST /espace-pro/form` est le formulaire de la page, et répond par une page. \
                   Limite : 10 appels / 1 seconde.",
    request_body = AppointmentRequestBody,
    responses(AppointmentRequestResponses),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    if request.route.starts_with("/espace-pro") {
        return by_form(context, &request).await;
    }
    let wish = wish(&request)?;
    ask(context, &request, "request-appointment", &wish)
        .await
        .map(|done| appointments_answer::requested(&done))
}

/// The form, as a page: whatever is wrong, what was typed is shown again.
async fn by_form(context: &Context, request: &Request) -> Result<Response, ApiError> {
    let closed = || appointment_page::closed(&context.catalogue.public_url);
    let Some((training, referrer)) = form_query(request) else { return closed() };
    let typed = TypedForm::read(request);
    let (status, mistakes) = match typed.wish(&training, referrer) {
        Err(mistakes) => (400, mistakes),
        Ok(wish) => {
            let operation = format!("request-appointment {referrer} {training}");
            match ask(context, request, &operation, &wish).await {
                Ok(Requested { recalled, .. }) => {
                    let letter = &recalled.known.letter;
                    return appointment_page::requested(&letter.training, &letter.centre);
                }
                Err(ApiError::Asking(AskingRefusal::NotOpen) | ApiError::NotFound(_)) => return closed(),
                Err(error) => match appointment_page::refusal(&error) {
                    Some((status, mistake)) => (status, vec![mistake]),
                    None => return Err(error),
                },
            }
        }
    };
    shown_again(context, &training, referrer, status, &typed, &mistakes).await
}

async fn shown_again(
    context: &Context,
    training: &str,
    referrer: Referrer,
    status: u16,
    typed: &TypedForm,
    mistakes: &[api::appointment_request::Mistake],
) -> Result<Response, ApiError> {
    match context.catalogue.open().find(training, Some(referrer)).await {
        Ok(open) => appointment_page::form(status, &open.training, typed, mistakes),
        Err(NotOpen::Unknown | NotOpen::Closed) => appointment_page::closed(&context.catalogue.public_url),
        Err(error) => Err(ApiError::unavailable(error)),
    }
}

async fn ask(
    context: &Context,
    request: &Request,
    operation: &str,
    wish: &Wish,
) -> Result<Requested, ApiError> {
    let body = request.body.as_deref().unwrap_or_default();
    let asked = Asked { partner: PUBLIC, operation, key: None, body, unkeyed: Unkeyed::SameBody };
    context.ask().run(asked, wish).await.map_err(ApiError::of_asking)
}
