//! `PUT /v1/appointment-trainings/{id}/contact`: where requests about a training go, set by hand, and whether it is closed.

use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::openapi::{RdvTrainingParameter, TrainingContactBody, TrainingContactResponses};
use api::rdv_answer::TrainingContact;
use api::rdv_request;
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use domain::seal::ContactCipher;
use runtime::callers::Callers;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::feeds::contact_cipher;
use store::RdvTrainings;
use usecases::appointments::SetContact;

/// What every request shares.
pub struct Context {
    /// Who calls.
    pub callers: Callers,
    /// Trainings that one may ask about.
    pub trainings: RdvTrainings,
    /// Seals addresses.
    pub cipher: ContactCipher,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `CONTACT_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            trainings: RdvTrainings::new(client, &tables),
            cipher: contact_cipher(&clients, environment).await?,
        })
    }
}

/// Sets both, in place of what was set before.
#[utoipa::path(
    put,
    path = "/v1/appointment-trainings/{id}/contact",
    operation_id = "setAppointmentContact",
    tag = "Rendez-vous",
    summary = "Choisir l'adresse des demandes d'une formation",
    description = "L'adresse choisie vaut avant celle du catalogue, qu'aucun import ne remet ; `null` la rend. `closed` ferme la \
                   formation aux demandes, quoi que son établissement ait accepté. Renvoyer la même requête ne change rien de plus. Le \
                   droit `appointments:manage` est demandé. \
                   Limite : 5 appels / 1 seconde.",
    params(RdvTrainingParameter),
    request_body = TrainingContactBody,
    responses(TrainingContactResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.partner(&request, Right::ManageAppointments).await?;
    let training = detail_query::id(&request).ok_or(NotFound::Training)?;
    let asked = rdv_request::contact(&request)?;
    let set = SetContact { find: &context.trainings, put: &context.trainings, cipher: &context.cipher };
    let contact = set.run(training, asked.email.as_ref(), asked.is_closed).await?;
    let answer = TrainingContact::of(training, contact, asked.is_closed);
    Ok(Response::json(200, &answer).with_facts(Facts::of(&partner, None)))
}
