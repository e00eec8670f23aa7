//! `DELETE /v1/jobs/establishment/{id}`: archives an establishment, with all its offers.

use api::deposit_request::asked;
use api::errors::{ApiError, DepositRefusal};
use api::openapi::{ArchiveParameters, ArchiveResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::accounts::AccountError;
use usecases::once::{OnceError, Unkeyed};

/// What every request shares.
pub type Context = Offers;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE` and `CONTACT_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Offers::load_without_links(environment).await
}

/// Archives it, or goes on where a request that was cut off had stopped.
#[utoipa::path(
    delete,
    path = "/v1/jobs/establishment/{id}",
    operation_id = "archiveEstablishment",
    tag = "Dépôt",
    summary = "Archiver un établissement",
    description = "Ferme le compte : ses offres ouvertes sont annulées, aucune recherche ne les trouve plus, et son adresse peut \
                   servir à un autre établissement. Il reste dans la liste, `Archivé`. Ses offres sont fermées l'une après l'autre : \
                   sans réponse, renvoyez la même requête, elle fera le reste. Archiver deux fois n'est pas une erreur. \
                   Limite : 5 appels / 1 seconde.",
    params(ArchiveParameters),
    responses(ArchiveResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let establishment_id = request.path_value("id");
    let operation = format!("archive-establishment#{establishment_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let answered = context.settle().archive(asked, establishment_id).await.map_err(refusal)?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}

/// Partners know establishments, not accounts.
fn refusal(error: OnceError<AccountError>) -> ApiError {
    match error {
        OnceError::Work(AccountError::UnknownAccount) => {
            ApiError::Deposit(DepositRefusal::UnknownEstablishment)
        }
        other => other.into(),
    }
}
