//! `POST /v1/jobs/matcha/{id}/stats/view-details`: counts a look at an offer.

use api::detail_answer::Counted;
use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::openapi::{CountedResponses, MatchaIdParameter};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::callers::known;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use usecases::partners::Partners;
use usecases::ports::{Clock, CountView};

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub partners: Partners,
    /// Counts.
    pub views: Box<dyn CountView>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            views: Box::new(store::Views::new(client, &tables)),
            clock: Box::new(SystemClock),
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
    description = "Ajoute une consultation à l'offre. Sans corps. \
                   Limite : 5 appels / 1 seconde.",
    params(MatchaIdParameter),
    responses(CountedResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let id = detail_query::id(&request).ok_or(NotFound::MatchaOffer)?;
    if !context.views.count_view(id).await? {
        return Err(NotFound::MatchaOffer.into());
    }
    Ok(Response::json(200, &Counted {}).with_facts(Facts::of(&partner, None)))
}
