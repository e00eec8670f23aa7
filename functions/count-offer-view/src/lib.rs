//! `POST /v1/jobs/matcha/{id}/stats/view-details`: counts a look at an offer.

use api::deposit_request::asked;
use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::openapi::{CountedResponses, MatchaIdParameter, ViewKeyHeader};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::clients::Clients;
use runtime::delivering::Depositing;
use runtime::environment::Environment;
use store::Views;
use usecases::once::{Asked, Unkeyed};
use usecases::views::CountOfferView;

/// What every request shares.
pub struct Context {
    /// Who calls, and what makes a write happen once.
    pub depositing: Depositing,
    /// Counts.
    pub views: Views,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `LEDGER_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        Ok(Self {
            depositing: Depositing::load(client.clone(), environment).await,
            views: Views::new(client, environment.tables()),
        })
    }
}

/// Adds one, or answers that there is no such offer.
#[utoipa::path(
    post,
    path = "/v1/jobs/matcha/{id}/stats/view-details",
    operation_id = "countOfferView",
    tag = "Emploi",
    summary = "Compter une consultation",
    description = "Ajoute une consultation à l'offre, à chaque appel ; une seule fois pour une même `Idempotency-Key`. Sans \
                   corps. \
                   Limite : 5 appels / 1 seconde.",
    params(MatchaIdParameter, ViewKeyHeader),
    responses(CountedResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.identify(&request).await?;
    let id = detail_query::id(&request).ok_or(NotFound::MatchaOffer)?;
    // Without a key each look counts: the body is not looked at.
    let operation = format!("count-offer-view#{id}");
    let asked = Asked { body: &[], ..asked(&partner, &operation, &request, Unkeyed::Each)? };
    let use_case =
        CountOfferView { once: context.depositing.once(), count: &context.views, count_once: &context.views };
    let answered = use_case.run(asked, id, "{}").await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}
