//! `POST /v1/jobs/delegations/{id}`: has CFAs look for candidates for an offer.

use api::deposit_request::{asked, chosen_cfas};
use api::errors::ApiError;
use api::openapi::{ChangeKeyHeader, DelegateResponses, DelegationBody, OfferIdParameter};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::clients::Clients;
use runtime::environment::Environment;
use runtime::offers::Offers;
use runtime::schools::Schools;
use usecases::delegation::ask::Delegate;
use usecases::once::Unkeyed;

/// What every request shares.
pub struct Context {
    /// Recruiters with their offers, and who calls.
    pub offers: Offers,
    /// CFAs.
    pub schools: Schools,
}

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let schools = Schools::new(Clients::load().await.dynamodb(), &environment.tables());
    Ok(Context { offers: Offers::load(environment).await?, schools })
}

/// Writes down who is asked, and owes each a mail.
#[utoipa::path(
    post,
    path = "/v1/jobs/delegations/{id}",
    operation_id = "delegateOffer",
    tag = "Dépôt",
    summary = "Déléguer une offre à des CFA",
    description = "Chaque CFA choisi reçoit un mail, un seul, quel que soit le nombre de demandes. Tant que le compte de \
                   l'établissement attend sa validation, les mails attendent avec lui. Limite : 5 appels / 1 seconde.",
    params(OfferIdParameter, ChangeKeyHeader),
    request_body = DelegationBody,
    responses(DelegateResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.offers.depositing.partner(&request, Right::DepositOffers).await?;
    let offer_id = request.path_value("id");
    let operation = format!("delegate-offer#{offer_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let ids = chosen_cfas(&request)?;
    let delegate = Delegate { change: context.offers.change(), nearest: context.schools.nearest() };
    let answered = delegate.run(asked, offer_id, &ids).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
