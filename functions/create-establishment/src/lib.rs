//! `POST /v1/jobs/establishment`: creates an establishment that recruits.

use api::deposit_request::{self, asked};
use api::errors::ApiError;
use api::openapi::{EstablishmentBody, EstablishmentResponses, IdempotencyKeyHeader};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::clients::Clients;
use runtime::delivering::Depositing;
use runtime::environment::Environment;
use usecases::deposit::CreateEstablishment;
use usecases::once::Unkeyed;
use usecases::ports::{CreateRecruiter, FindCompany, KnowAddress};

/// What every request shares.
pub struct Context {
    /// Who calls, and what makes a write happen once.
    pub depositing: Depositing,
    /// The register of establishments.
    pub companies: Box<dyn FindCompany>,
    /// Knows addresses of companies.
    pub addresses: Box<dyn KnowAddress>,
    /// Writes recruiters.
    pub recruiters: Box<dyn CreateRecruiter>,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN`, `REGISTER_URL`, `REGISTER_TOKEN_ARN`, `OPCO_URL` and
    /// `ADDRESS_VALIDATION_URL`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let client = clients.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            depositing: Depositing::load(client.clone(), environment).await,
            companies: runtime::register::companies(&clients, environment).await?,
            addresses: runtime::register::vouching(&clients, environment).await?,
            recruiters: Box::new(store::Recruiters::new(client, tables)),
        })
    }
}

/// Creates it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/v1/jobs/establishment",
    operation_id = "createEstablishment",
    tag = "Dépôt",
    summary = "Créer un établissement qui recrute",
    description = "Crée l'établissement de ce SIRET, avec la personne qui dépose ses offres. Son `establishment_id` sert \
                   ensuite à déposer chaque offre. Le compte est ouvert aussitôt (`Actif`) si votre clé en répond (droit \
                   `accounts:vouch`) ou si l'adresse, ou son domaine, est connue pour cette entreprise ; sinon il attend \
                   (`En attente de validation`) que son OPCO le valide, et ses offres avec lui. Le droit `jobs:write` est demandé. La même requête envoyée deux fois n'a \
                   qu'un effet : voir `Idempotency-Key`. \
                   Limite : 5 appels / 1 seconde.",
    params(IdempotencyKeyHeader),
    request_body = EstablishmentBody,
    responses(EstablishmentResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let asked = asked(&partner, "create-establishment", &request, Unkeyed::SameBody)?;
    let new = deposit_request::establishment(&request)?;
    let use_case = CreateEstablishment {
        once: context.depositing.once(),
        companies: &*context.companies,
        addresses: &*context.addresses,
        partner_vouches: partner.may(Right::VouchForAccounts),
        create: &*context.recruiters,
    };
    let answered = use_case.run(asked, &new).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
