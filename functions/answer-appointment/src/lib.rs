//! `POST /appointment-request/reply`: a training centre answers a request for an appointment, by the token of its mail.

use api::appointment_request::reply;
use api::appointments_answer;
use api::errors::ApiError;
use api::openapi::{ReplyBody, ReplyParameters, ReplyResponses};
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

/// Notes what the centre says; who asked gets its mail where it is for them.
#[utoipa::path(
    post,
    path = "/appointment-request/reply",
    operation_id = "answerAppointment",
    tag = "Rendez-vous",
    summary = "Répondre à une demande de rendez-vous",
    description = "Pour le centre de formation, par le jeton du lien de son mail. `personalised_answer` envoie le message au candidat, \
                   une seule fois ; `other_channel` et `no_answer` sont notés, et peuvent être suivis d'une réponse. La même réponse \
                   renvoyée est acceptée sans second mail. La page du lien permet aussi de proposer des créneaux. Sans clé. \
                   Limite : 10 appels / 1 seconde.",
    params(ReplyParameters),
    request_body = ReplyBody,
    responses(ReplyResponses),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let (id, said) = reply(&request)?;
    context.holds(&request, Side::Centre, &id).await?;
    let recalled = context.answer().run(&id, &said).await.map_err(ApiError::of_reply)?;
    Ok(appointments_answer::replied(&recalled))
}
