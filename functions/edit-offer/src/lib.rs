//! `PATCH /v1/jobs/{id}`: says something else in an offer.

use api::deposit_request::{self, asked, if_match};
use api::errors::ApiError;
use api::openapi::{ChangeKeyHeader, EditResponses, IfMatchHeader, OfferIdParameter, OfferPatchBody};
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

/// Changes it, unless somebody else did since it was read.
#[utoipa::path(
    patch,
    path = "/v1/jobs/{id}",
    operation_id = "editOffer",
    tag = "Dépôt",
    summary = "Modifier une offre",
    description = "Change les champs donnés, et laisse les autres. La recherche suivante montre l'offre changée, au lieu \
                   qu'elle a maintenant. Pour ne pas écraser le travail d'un autre, renvoyez dans `If-Match` l'`ETag` de \
                   l'offre que vous avez lue. Limite : 5 appels / 1 seconde.",
    params(OfferIdParameter, IfMatchHeader, ChangeKeyHeader),
    request_body = OfferPatchBody,
    responses(EditResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let offer_id = request.path_value("id");
    let operation = format!("edit-offer#{offer_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let (patch, seen) = (deposit_request::patch(&request)?, if_match(&request));
    let answered = context.change().run(asked, offer_id, seen.as_deref(), Turn::Edit(&patch)).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
