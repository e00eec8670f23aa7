//! `GET /v1/jobs/bulk`: a partner's own establishments, with their offers.

use api::errors::ApiError;
use api::openapi::{RecruitersParameters, RecruitersResponses};
use api::recruiters_answer::RecruitersAnswer;
use api::recruiters_query;
use api::request::Request;
use api::response::{Facts, Response};
use runtime::environment::Environment;
use runtime::recruiters::OwnRecruiters;
use usecases::accounts::ListRecruiters;

/// What every request shares.
pub type Context = OwnRecruiters;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    OwnRecruiters::load(environment).await
}

/// Answers with a page of them.
#[utoipa::path(
    get,
    path = "/v1/jobs/bulk",
    operation_id = "listRecruiters",
    tag = "Dépôt",
    summary = "Lister vos établissements",
    description = "Les établissements que vous avez créés, avec toutes leurs offres, du plus ancien au plus récent : les vôtres \
                   seulement. Chaque filtre est facultatif, et tous valent à la fois. Les paramètres `query` et `select` de \
                   l'API d'origine sont refusés. Une page trop lourde (6 Mo) l'est aussi : demandez un `limit` plus petit. \
                   Limite : 5 appels / 1 seconde.",
    params(RecruitersParameters),
    responses(RecruitersResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let (filter, page) = recruiters_query::recruiters(&request)?;
    let use_case = ListRecruiters { list: &context.recruiters, find: &context.recruiters };
    let found = use_case.run(&partner.partner, &filter, page).await.map_err(ApiError::unavailable)?;
    let results = Some(format!("recruiters={} total={}", found.recruiters.len(), found.total));
    let facts = Facts { results, ..Facts::of(&partner, None) };
    Ok(RecruitersAnswer::new(page, &found).response()?.with_facts(facts))
}
