//! `GET /v1/jobs`: offers and companies around a place, or of the whole country.

mod answer;

use std::sync::Arc;

use api::errors::ApiError;
use api::jobs_query::{JobsQuery, unknown_rncp};
use api::openapi::{JobsParameters, JobsResponses};
use api::request::Request;
use api::response::Response;
use domain::source::Source;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::{Environment, Stage};
use usecases::partners::Partners;
use usecases::ports::{Clock, FindTrades};
use usecases::search_jobs::{JobsSearch, SearchJobs, SearchJobsError};
use usecases::sketches::Sketches;

/// The sources of this route.
const SOURCES: [Source; 3] = [Source::Lba, Source::Matcha, Source::Offres];

/// What every request shares.
pub struct Context {
    /// Where this runs: all stages but production tell what a search cost.
    pub stage: Stage,
    /// Knows who calls.
    pub partners: Partners,
    /// The index.
    pub postings: Box<dyn search::port::Postings>,
    /// What to expect where.
    pub sketches: Arc<Sketches>,
    /// Trades of RNCP sheets.
    pub trades: Box<dyn FindTrades>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `STAGE`, `POSTINGS_TABLE`, `RECORDS_TABLE`, `DATA_BUCKET` and `STORE_REPORTS_CAPACITY`, and loads
    /// the sketches.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let reports_capacity = environment.flag("STORE_REPORTS_CAPACITY")?;
        let postings = store::DynamoPostings::new(client.clone(), &tables, reports_capacity);
        let bucket = store::DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?);
        let context = Self {
            stage: environment.stage()?,
            partners: Partners::new(Box::new(store::Partners::new(client.clone(), &tables))),
            postings: Box::new(postings),
            sketches: Arc::new(Sketches::new(Box::new(bucket), SOURCES)),
            trades: Box::new(store::Trades::new(client, &tables)),
            clock: Box::new(SystemClock),
        };
        if context.sketches.claim_refresh(context.clock.now()) {
            context.sketches.load().await;
        }
        Ok(context)
    }
}

/// Answers with what each source found; a source that fails does not take the others down.
#[utoipa::path(
    get,
    path = "/v1/jobs",
    operation_id = "searchJobs",
    tag = "Emploi",
    summary = "Chercher des offres et des sociétés",
    description = "Offres d'alternance et sociétés susceptibles de recruter, par métier et autour d'un lieu, au plus 150 par source \
                   (250 recruteurs pour `matcha`). \
                   Limite : 5 appels / 1 seconde.",
    params(JobsParameters),
    responses(JobsResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    refresh(context);
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let query = JobsQuery::parse(&request)?;
    let use_case = SearchJobs {
        postings: &*context.postings,
        sketches: &context.sketches,
        trades: &*context.trades,
        clock: &*context.clock,
    };
    let found = use_case.run(&wanted(&query)).await.map_err(refusal)?;
    Ok(answer::write(&query, &partner, &found, context.stage))
}

/// Loads the sketches anew beside the request; what the freeze of the sandbox interrupts goes on with the next.
fn refresh(context: &Context) {
    if context.sketches.claim_refresh(context.clock.now()) {
        let sketches = Arc::clone(&context.sketches);
        tokio::spawn(async move { sketches.load().await });
    }
}

fn wanted(query: &JobsQuery) -> JobsSearch {
    JobsSearch {
        trades: query.trades.clone(),
        place: query.place.map(|place| (place.point, place.radius)),
        sources: query.sources.clone(),
        diploma: query.diploma,
        opco: query.opco,
    }
}

fn refusal(error: SearchJobsError) -> ApiError {
    match error {
        SearchJobsError::UnknownRncp(rncp) => unknown_rncp(&rncp),
        SearchJobsError::Trades(_) => ApiError::internal(error),
    }
}
