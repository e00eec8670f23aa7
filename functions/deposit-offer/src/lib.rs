//! `POST /v1/jobs/{id}`: deposits an offer.

use api::deposit_request::{self, asked};
use api::errors::ApiError;
use api::openapi::{EstablishmentIdParameter, IdempotencyKeyHeader, OfferBody, OfferResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::deposit::{Deposit, Notice};
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Offers;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Offers::load(environment).await
}

/// Deposits it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/v1/jobs/{id}",
    operation_id = "depositOffer",
    tag = "Dépôt",
    summary = "Déposer une offre",
    description = "Ajoute une offre à l'établissement. Une recherche la trouve dès que cette requête a sa réponse. Le \
                   recruteur reçoit un mail : à sa première offre pour confirmer son adresse, ensuite pour dire que l'offre \
                   est publiée. La même requête envoyée deux fois n'a qu'un effet : voir `Idempotency-Key`. \
                   Limite : 5 appels / 1 seconde.",
    params(EstablishmentIdParameter, IdempotencyKeyHeader),
    request_body = OfferBody,
    responses(OfferResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let establishment_id = request.path_value("id");
    let operation = format!("deposit-offer#{establishment_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::SameBody)?;
    let fields = deposit_request::offer(&request)?;
    let deposit = Deposit { establishment_id, fields: &fields, reference: None, notice: Notice::Alone };
    let answered = context.deposit().run(asked, deposit).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
