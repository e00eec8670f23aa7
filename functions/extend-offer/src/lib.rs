//! `POST /v1/jobs/extend/{id}`: shows an offer for two months from now on.

use api::deposit_request::{asked, if_match};
use api::errors::ApiError;
use api::openapi::{ChangeKeyHeader, ExtendResponses, IfMatchHeader, OfferIdParameter};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::deposit::Turn;
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Offers;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE` and `CONTACT_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Offers::load_without_links(environment).await
}

/// Extends it.
#[utoipa::path(
    post,
    path = "/v1/jobs/extend/{id}",
    operation_id = "extendOffer",
    tag = "Dépôt",
    summary = "Prolonger une offre",
    description = "Publie l'offre deux mois de plus, à compter de maintenant. Refusé le jour où elle finirait de toute façon \
                   à cette date, et si elle n'est pas `Active`. Sans corps. Limite : 5 appels / 1 seconde.",
    params(OfferIdParameter, IfMatchHeader, ChangeKeyHeader),
    responses(ExtendResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let offer_id = request.path_value("id");
    let operation = format!("extend-offer#{offer_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let seen = if_match(&request);
    let answered = context.change().run(asked, offer_id, seen.as_deref(), Turn::Extend).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
