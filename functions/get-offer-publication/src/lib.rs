//! `GET /v1/jobs/{id}/publication`: whether an offer is shown, why not, and until when.

use api::errors::{ApiError, DepositRefusal};
use api::openapi::{PublicationParameters, PublicationResponses};
use api::publication_answer;
use api::request::Request;
use api::response::{Facts, Response};
use runtime::environment::Environment;
use runtime::recruiters::OwnRecruiters;
use usecases::deposit::ReadPublication;

/// What every request shares.
pub type Context = OwnRecruiters;

/// Reads `RECORDS_TABLE`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    OwnRecruiters::load(environment).await
}

/// Answers with what became of it.
#[utoipa::path(
    get,
    path = "/v1/jobs/{id}/publication",
    operation_id = "getOfferPublication",
    tag = "Dépôt",
    summary = "Suivre la publication d'une offre",
    description = "Si l'offre est montrée, pourquoi elle ne l'est pas, et jusqu'à quand elle l'est. Une offre déposée est publiée \
                   aussitôt (`PUBLISHED`) si le compte de l'établissement est ouvert ; sinon elle attend sa validation \
                   (`WILL_BE_PUBLISHED`). Pourvue, annulée, expirée ou d'un compte archivé, elle n'est plus montrée \
                   (`WILL_NOT_BE_PUBLISHED`). L'`ETag` est celui de l'offre : c'est lui que `If-Match` attend. \
                   Limite : 5 appels / 1 seconde.",
    params(PublicationParameters),
    responses(PublicationResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partner(&request).await?;
    let use_case = ReadPublication {
        locate: &context.recruiters,
        find: &context.recruiters,
        clock: &*context.callers.clock,
    };
    let publication =
        use_case.run(&partner.partner, request.path_value("id")).await.map_err(ApiError::unavailable)?;
    let publication = publication.ok_or(ApiError::Deposit(DepositRefusal::UnknownOffer))?;
    Ok(publication_answer::response(&publication).with_facts(Facts::of(&partner, None)))
}
