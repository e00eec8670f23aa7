//! `POST /v1/jobs/provided/{id}` and `POST /v1/jobs/canceled/{id}`: closes an offer.

use api::deposit_request::{asked, if_match};
use api::errors::ApiError;
use api::openapi::{ChangeKeyHeader, CloseResponses, IfMatchHeader, OfferIdParameter};
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

/// Closes it, as the path says.
#[utoipa::path(
    post,
    path = "/v1/jobs/provided/{id}",
    operation_id = "closeOffer",
    tag = "Dépôt",
    summary = "Fermer une offre",
    description = "Retire l'offre de la recherche : la suivante ne la trouve plus. Sous `provided`, quelqu'un a été recruté \
                   (`Pourvue`) ; sous `canceled`, l'offre est abandonnée (`Annulée`). Une offre annulée peut encore être dite \
                   pourvue, et l'inverse. Sans corps. Limite : 5 appels / 1 seconde.",
    params(OfferIdParameter, IfMatchHeader, ChangeKeyHeader),
    responses(CloseResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let offer_id = request.path_value("id");
    let (turn, word) = turn(&request);
    let operation = format!("close-offer#{word}#{offer_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let seen = if_match(&request);
    let answered = context.change().run(asked, offer_id, seen.as_deref(), turn).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}

/// By the path that the gateway matched, which holds nothing that the caller wrote but the case of its `v`.
fn turn(request: &Request) -> (Turn<'static>, &'static str) {
    if request.route.ends_with("/jobs/canceled/{id}") {
        (Turn::Cancel, "canceled")
    } else {
        (Turn::Provide, "provided")
    }
}
