//! `GET /partners/parcoursup/formations`: the trainings that are open to Parcoursup.

use api::errors::ApiError;
use api::openapi::{OpenTrainingsParameters, OpenTrainingsResponses};
use api::rdv_answer::OpenTrainings;
use api::request::Request;
use api::response::{Facts, Response};
use runtime::callers::Callers;
use runtime::clients::Clients;
use runtime::environment::Environment;
use store::{BarredAddresses, Consents, RdvEstablishments, RdvTrainings};
use usecases::appointments::{OpenIds, OpenToParcoursup};

/// What every request shares.
pub struct Context {
    /// Who calls.
    pub callers: Callers,
    /// Lists establishments.
    pub establishments: RdvEstablishments,
    /// What they decided.
    pub consents: Consents,
    /// What was decided of trainings.
    pub trainings: RdvTrainings,
    /// Who is written to no more.
    pub barred: BarredAddresses,
    /// The ids, for some minutes.
    pub ids: OpenIds,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            establishments: RdvEstablishments::new(client.clone(), &tables),
            consents: Consents::new(client.clone(), tables.clone()),
            trainings: RdvTrainings::new(client.clone(), &tables),
            barred: BarredAddresses::new(client, &tables),
            ids: OpenIds::default(),
        })
    }
}

/// Answers with their ids there.
#[utoipa::path(
    get,
    path = "/partners/parcoursup/formations",
    operation_id = "listAppointmentFormations",
    tag = "Rendez-vous",
    summary = "Formations ouvertes aux rendez-vous de Parcoursup",
    description = "Les identifiants Parcoursup des formations dont l'établissement a accepté les demandes venues de Parcoursup, et dont \
                   l'adresse les reçoit. La liste peut avoir cinq minutes. \
                   Limite : 1 appel / 1 seconde.",
    params(OpenTrainingsParameters),
    responses(OpenTrainingsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.identify(&request).await?;
    let work = OpenToParcoursup {
        establishments: &context.establishments,
        consents: &context.consents,
        decisions: &context.trainings,
        barred: &context.barred,
    };
    let ids = context.ids.parcoursup(work, &*context.callers.clock).await?;
    let facts = Facts { results: Some(format!("open={}", ids.len())), ..Facts::of(&partner, None) };
    Ok(Response::json(200, &OpenTrainings { ids: &ids }).with_facts(facts))
}
