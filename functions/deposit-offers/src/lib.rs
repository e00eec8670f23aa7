//! `POST /v1/jobs/bulk`: deposits many offers, each for itself.

use api::deposit_request::{self, asked};
use api::errors::ApiError;
use api::offers_answer::{OffersAnswer, outcomes, sorted};
use api::openapi::{IdempotencyKeyHeader, OffersBody, OffersResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::environment::Environment;
use runtime::offers::Offers;
use usecases::once::Unkeyed;

/// What every request shares.
pub type Context = Offers;

/// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Offers::load(environment).await
}

/// Deposits them, and answers what became of each, or had become of it before.
#[utoipa::path(
    post,
    path = "/v1/jobs/bulk",
    operation_id = "depositOffers",
    tag = "Dépôt",
    summary = "Déposer jusqu'à cent offres",
    description = "Dépose de 1 à 100 offres, de vos établissements. Chacune a son propre résultat, dans l'ordre de la requête : une \
                   offre refusée dit pourquoi (`error`), et n'empêche pas les autres. Le statut est donc 200 même si des offres sont \
                   refusées (207 voudrait du XML : RFC 4918). Une erreur autour des offres (corps illisible, champ inconnu, trop \
                   d'offres) refuse le tout : 400, et rien n'est écrit. Avec `partner_job_id`, une offre qui existe déjà sous \
                   cette référence est mise à jour (200) au lieu d'être doublée (201). L'`Idempotency-Key` vaut pour chaque offre, à \
                   sa place : la même requête renvoyée ne refait rien (`replayed`), et fait ce qui restait à faire. Renvoyez-la \
                   si aucune réponse ne vient, ou si des offres sont à 409 ou 503 (`Retry-After`). Un recruteur reçoit un seul mail \
                   pour toutes ses offres d'une requête. \
                   Limite : 5 appels / 1 seconde.",
    params(IdempotencyKeyHeader),
    request_body = OffersBody,
    responses(OffersResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let asked = asked(&partner, "deposit-offers", &request, Unkeyed::SameBody)?;
    let (offers, mut ended) = sorted(deposit_request::many(&request)?);
    ended.extend(outcomes(context.deposit_many().run(asked, &offers).await));
    let answer = OffersAnswer::new(ended);
    let facts = Facts { results: Some(answer.counts()), ..Facts::of(&partner, None) };
    Ok(answer.response().with_facts(facts))
}
