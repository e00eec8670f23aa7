//! What the search routes share: adapters, and the walk from a query to what was found.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::cursor::{Binding, CursorKey, Opened};
use api::errors::ApiError;
use api::request::Request;
use api::search_query::{Part, Route, SearchQuery, unknown_rncp};
use api::search_writer::{Asker, Batch, Gathered};
use async_trait::async_trait;
use domain::geo::Radius;
use domain::partner::Partner;
use domain::source::Source;
use jiff::Timestamp;
use search::port::Postings;
use tokio::sync::OnceCell;
use usecases::changes::{ChangesFound, ChangesMark, ChangesSince, PAGE, ReadChanges, Wanted};
use usecases::partners::Partners;
use usecases::ports::{Clock, FindItem, FindTrades, PortError};
use usecases::search::{OpcoFilter, Page, Place, Search, SearchFailure, SearchFound, SearchIndex, radius_km};
use usecases::sketches::Sketches;

use crate::Error;
use crate::clients::{self, Clients};
use crate::clock::SystemClock;
use crate::environment::{Environment, Stage};

/// Gives the key that signs cursors.
#[async_trait]
pub trait GetCursorKey: Send + Sync {
    /// The key.
    async fn get_cursor_key(&self) -> Result<CursorKey, PortError>;
}

/// What every request of a search route shares.
pub struct Searching {
    /// Where this runs: all stages but production tell what a search cost.
    pub stage: Stage,
    /// Knows who calls.
    pub partners: Partners,
    /// The index.
    pub postings: Box<dyn Postings>,
    /// What to expect where.
    pub sketches: Arc<Sketches>,
    /// Trades of RNCP sheets.
    pub trades: Box<dyn FindTrades>,
    /// Tells whether a withdrawn card is held by another feed.
    pub items: Box<dyn FindItem>,
    /// Signs cursors.
    pub cursors: Box<dyn GetCursorKey>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

/// The key of cursors, from Secrets Manager: read once, when a cursor is first asked, so that a start without one
/// does not wait for it.
pub struct SecretCursorKey {
    client: aws_sdk_secretsmanager::Client,
    secret: String,
    key: OnceCell<CursorKey>,
}

impl SecretCursorKey {
    /// That of the secret with this ARN.
    pub fn new(clients: &Clients, secret: String) -> Self {
        Self { client: clients.secrets(), secret, key: OnceCell::new() }
    }
}

#[async_trait]
impl GetCursorKey for SecretCursorKey {
    async fn get_cursor_key(&self) -> Result<CursorKey, PortError> {
        let failed = |source: Error| PortError::new("read the secret of cursors", source);
        let read = async || {
            let value = self.client.get_secret_value().secret_id(&self.secret).send().await;
            let value = value.map_err(|error| failed(error.into()))?;
            value.secret_string().and_then(CursorKey::new).ok_or_else(|| failed("it is no text".into()))
        };
        self.key.get_or_try_init(read).await.cloned()
    }
}

impl Searching {
    /// Reads `STAGE`, `POSTINGS_TABLE`, `RECORDS_TABLE`, `DATA_BUCKET`, `CURSOR_SECRET_ARN` and
    /// `STORE_REPORTS_CAPACITY`, and loads the sketches of `sources`.
    pub async fn load(environment: Environment, sources: &[Source]) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let reports_capacity = environment.flag("STORE_REPORTS_CAPACITY")?;
        let postings = store::DynamoPostings::new(client.clone(), &tables, reports_capacity);
        let bucket = store::DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?);
        let cursors = SecretCursorKey::new(&clients, environment.get("CURSOR_SECRET_ARN")?);
        let searching = Self {
            stage: environment.stage()?,
            partners: Partners::new(Box::new(store::Partners::new(client.clone(), &tables))),
            postings: Box::new(postings),
            sketches: Arc::new(Sketches::new(Box::new(bucket), sources)),
            trades: Box::new(store::Trades::new(client.clone(), &tables)),
            items: Box::new(store::Items::new(client, &tables)),
            cursors: Box::new(cursors),
            clock: Box::new(SystemClock),
        };
        if searching.sketches.claim_refresh(searching.clock.now()) {
            futures::join!(searching.sketches.load(), clients::warm_up(&searching.partners));
        }
        Ok(searching)
    }

    /// Who asks what: identifies the partner, then reads the query.
    pub async fn ask(
        &self,
        request: &Request,
        route: Route,
    ) -> Result<(Arc<Partner>, SearchQuery), ApiError> {
        self.refresh();
        let partner = self.partners.identify(request.api_key(), &*self.clock).await?;
        let query = SearchQuery::parse(request, route, self.clock.now())?;
        Ok((partner, query))
    }

    /// Runs the query: the answer of the contract, a page of it, or what has changed.
    pub async fn find(&self, query: &SearchQuery, partner: &Partner) -> Result<Gathered, ApiError> {
        let binding = Binding { fingerprint: &query.fingerprint, partner: &partner.partner };
        match &query.part {
            Part::Capped => Ok(gathered(self.search(query, None).await?, None)),
            Part::Page(cursor) => {
                let key = self.cursors.get_cursor_key().await?;
                let page = match cursor {
                    None => Page { as_of: self.clock.seconds(), marks: None },
                    Some(text) => {
                        let Opened { as_of, marks } = key.open(text, binding, self.clock.seconds())?;
                        Page { as_of, marks: Some(marks) }
                    }
                };
                let found = self.search(query, Some(page.clone())).await?;
                let next = key.seal(binding, page.as_of, &found.next);
                Ok(gathered(found, Some(next)))
            }
            Part::Changes(since, cursor) => {
                let key = self.cursors.get_cursor_key().await?;
                let Opened { as_of, marks } = match cursor {
                    None => {
                        let marks = query.sources.iter().map(|&source| (source, ChangesMark::default()));
                        Opened { as_of: self.clock.seconds(), marks: marks.collect() }
                    }
                    Some(text) => key.open(text, binding, self.clock.seconds())?,
                };
                let changes =
                    ReadChanges { postings: &*self.postings, items: &*self.items, clock: &*self.clock };
                let asked = self.changes(query, *since, as_of, marks).await?;
                let found = changes.run(&asked).await;
                let next = key.seal(binding, as_of, &found.next);
                Ok(changed(query, found, next))
            }
        }
    }

    /// Who asks, for the answer.
    pub fn asker<'a>(&self, query: &'a SearchQuery, partner: &'a Partner) -> Asker<'a> {
        Asker { query, partner, tells_cost: self.stage != Stage::Production }
    }

    async fn search(&self, query: &SearchQuery, page: Option<Page>) -> Result<SearchFound, ApiError> {
        let search = Search {
            trades: query.trades.clone(),
            place: query.place.clone(),
            sources: query.sources.clone(),
            diploma: query.diploma,
            opco: query.opco,
            by_date: query.by_date,
            page,
        };
        self.index().run(&search).await.map_err(refusal)
    }

    fn index(&self) -> SearchIndex<'_> {
        SearchIndex {
            postings: &*self.postings,
            sketches: &self.sketches,
            trades: &*self.trades,
            clock: &*self.clock,
        }
    }

    async fn changes(
        &self,
        query: &SearchQuery,
        since: Timestamp,
        as_of: u32,
        marks: BTreeMap<Source, ChangesMark>,
    ) -> Result<ChangesSince, ApiError> {
        let romes = self.index().romes(&query.trades).await.map_err(refusal)?;
        let circle = |radius: Radius| {
            query.sources.iter().map(|&source| radius_km(source, radius)).fold(0.0, f64::max)
        };
        let wanted = Wanted {
            romes: Some(romes).filter(|romes| !romes.is_empty()),
            within: match query.place {
                Place::Around(centre, radius) => Some((centre, circle(radius))),
                _ => None,
            },
            diploma: query.diploma,
            opco: match query.opco {
                OpcoFilter::One(opco) => Some(opco),
                _ => None,
            },
        };
        let since = u32::try_from(since.as_second()).unwrap_or_default();
        // An OPCO that does not exist matches nothing, now or then.
        let marks = if query.opco == OpcoFilter::Nothing { BTreeMap::new() } else { marks };
        Ok(ChangesSince { since, as_of, marks, wanted, page: PAGE })
    }

    /// Loads the sketches anew beside the request; what the freeze of the sandbox interrupts goes on with the next.
    fn refresh(&self) {
        if self.sketches.claim_refresh(self.clock.now()) {
            let sketches = Arc::clone(&self.sketches);
            tokio::spawn(async move { sketches.load().await });
        }
    }
}

#[expect(clippy::option_option, reason = "asked for pages, and then after the last one or not")]
fn gathered(found: SearchFound, next: Option<Option<String>>) -> Gathered {
    let batch = |items| Batch { items, withdrawn: None };
    Gathered {
        by_source: found
            .by_source
            .into_iter()
            .map(|(source, result)| (source, result.map(batch).map_err(Into::into)))
            .collect(),
        next,
        updated_until: None,
        cost: found.cost,
        unreadable: found.unreadable,
    }
}

fn changed(query: &SearchQuery, found: ChangesFound, next: Option<String>) -> Gathered {
    let nothing = || Ok(Batch { items: Vec::new(), withdrawn: Some(Vec::new()) });
    let mut by_source: BTreeMap<_, _> = query.sources.iter().map(|&source| (source, nothing())).collect();
    for (source, result) in found.by_source {
        let batch = result.map(|changes| Batch { items: changes.items, withdrawn: Some(changes.withdrawn) });
        by_source.insert(source, batch.map_err(Into::into));
    }
    let until = Timestamp::from_second(i64::from(found.updated_until)).unwrap_or_default();
    Gathered {
        by_source,
        next: Some(next),
        updated_until: Some(domain::date::iso(until)),
        cost: found.cost,
        unreadable: 0,
    }
}

fn refusal(error: SearchFailure) -> ApiError {
    match error {
        SearchFailure::UnknownRncp(rncp) => unknown_rncp(&rncp),
        SearchFailure::Trades(_) => ApiError::internal(error),
    }
}
