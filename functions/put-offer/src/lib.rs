//! `PUT /v1/jobs/by-reference/{reference}`: deposits an offer under its partner's own name, or changes it.

use api::deposit_request::{self, Named, asked, if_match};
use api::errors::ApiError;
use api::openapi::{NamedOfferBody, NamedOfferParameters, NamedOfferResponses};
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

/// Puts it, or answers what was answered to the same request before.
#[utoipa::path(
    put,
    path = "/v1/jobs/by-reference/{reference}",
    operation_id = "putOffer",
    tag = "Dépôt",
    summary = "Déposer ou mettre à jour une offre sous votre référence",
    description = "Dépose l'offre (201) ; si vous en avez déjà une sous cette référence, elle dit désormais ce que dit le corps, en \
                   entier (200). Ce qui est pareil n'écrit rien : vous pouvez tout renvoyer chaque nuit. Son état et sa fin de \
                   publication ne changent pas, et une offre fermée le reste. Une référence est pour toujours celle d'une offre, et \
                   d'un établissement. \
                   Limite : 5 appels / 1 seconde.",
    params(NamedOfferParameters),
    request_body = NamedOfferBody,
    responses(NamedOfferResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let reference = deposit_request::reference(&request)?;
    let operation = format!("put-offer#{}", reference.as_str());
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let Named { establishment_id, fields } = deposit_request::named(&request)?;
    let deposit = Deposit {
        establishment_id: &establishment_id,
        fields: &fields,
        reference: Some(&reference),
        notice: Notice::Alone,
    };
    let tags = if_match(&request);
    let answered = context.put().run(asked, deposit, &reference, tags.as_deref()).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
