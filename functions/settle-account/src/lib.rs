//! `POST /v1/accounts/{id}/validation` and `/refusal`: an account that waits is opened, or closed.

use api::accounts_query::{verdict, whose};
use api::deposit_request::asked;
use api::errors::{ApiError, DepositRefusal};
use api::openapi::{AccountParameters, IdempotencyKeyHeader, SettledResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::accounts::SettleAccount;
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Offers;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Offers::load(environment).await
}

/// Opens or closes it, with all its offers. Whoever is cut off asks again, and it goes on where it stopped.
#[utoipa::path(
    post,
    path = "/v1/accounts/{id}/validation",
    operation_id = "settleAccount",
    tag = "Dépôt",
    summary = "Valider ou refuser un compte qui attend",
    description = "`/validation` ouvre le compte : ses offres sont montrées aussitôt, pour deux mois à partir de maintenant ; le \
                   recruteur en est prévenu par mail, et les CFA qu'il a choisis aussi. `/refusal` le ferme : ses offres sont \
                   annulées, le recruteur en est prévenu, et son adresse peut servir de nouveau. Un OPCO ne juge que les \
                   comptes de ses entreprises, l'équipe du service ceux de `opco`, ou de nul OPCO. Sans corps. Le droit \
                   `accounts:validate` est demandé. \
                   Limite : 5 appels / 1 seconde.",
    params(AccountParameters, IdempotencyKeyHeader),
    responses(SettledResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::ValidateAccounts).await?;
    let opco = whose(&partner, &request)?;
    let verdict = verdict(&request).ok_or(ApiError::Deposit(DepositRefusal::UnknownAccount))?;
    let establishment_id = request.path_value("id");
    let operation = format!("settle-account#{verdict:?}#{establishment_id}");
    let asked = asked(&partner, &operation, &request, Unkeyed::Each)?;
    let settle = SettleAccount { once: context.depositing.once(), desk: context.desk() };
    let answered = settle.judge(asked, &context.recruiters, opco, establishment_id, verdict).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
