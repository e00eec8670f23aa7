//! A store with everything in it, and the handlers over it.

use std::sync::Arc;
use std::time::Duration;

use api::cursor::CursorKey;
use api::errors::ApiError;
use api::request::Request;
use api::response::Response;
use async_trait::async_trait;
use domain::seal::ContactCipher;
use domain::source::Source;
use runtime::callers::Callers;
use runtime::details::Details;
use runtime::environment::Stage;
use runtime::searching::{GetCursorKey, Searching};
use search::port::Postings;
use serde_json::Value;
use testkit::{FixedClock, FixedEntropy, Importer, MemoryBucket, jsonl};
use usecases::build_sketch::BuildSketch;
use usecases::ingest::Status;
use usecases::partners::{Partners, key_hash};
use usecases::ports::{DepositRecruiter, GetSketchParts, PortError, PutPartner};
use usecases::sketches::Sketches;

use crate::data;

/// When recruiters deposited: the present of the data, in seconds since 1970.
const DEPOSITED_AT: u32 = 1_788_249_600;

/// A store with [`data`] in it.
pub(crate) struct World {
    pub(crate) import: Importer,
    pub(crate) entropy: FixedEntropy,
    pub(crate) cv_bucket: Arc<MemoryBucket>,
}

/// What a handler answered, as the gateway would send it.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) headers: Value,
    pub(crate) body: String,
}

impl Answer {
    /// Reads what a Lambda returned.
    pub(crate) fn read(event: &str) -> Self {
        let event: Value = serde_json::from_str(event).unwrap();
        assert_eq!(event["isBase64Encoded"], false);
        Self {
            status: event["statusCode"].as_u64().unwrap(),
            headers: event["headers"].clone(),
            body: event["body"].as_str().unwrap().to_owned(),
        }
    }

    /// Its body, as JSON; null where there is none, as in a 304; the text of a page.
    pub(crate) fn json(&self) -> Value {
        if self.body.is_empty() {
            Value::Null
        } else if self.is_page() {
            Value::from(self.body.as_str())
        } else {
            serde_json::from_str(&self.body).unwrap()
        }
    }

    /// Whether it is for people.
    pub(crate) fn is_page(&self) -> bool {
        self.headers["content-type"].as_str().is_some_and(|kind| kind.starts_with("text/html"))
    }
}

impl World {
    /// Imports, deposits and counts everything.
    pub(crate) async fn new() -> Self {
        let import = Importer::start().await;
        for (key, rows) in [
            ("companies/main/companies.jsonl", data::companies()),
            ("offers/main/offers.jsonl", data::offers()),
            ("formations/main/formations.jsonl", data::formations()),
        ] {
            let report = import.load(key, jsonl(&rows)).await;
            assert_eq!((report.status, report.refused), (Status::Done, 0), "{report:?}");
        }
        let (client, tables) = (&import.store.client, &import.store.tables);
        let cipher = cipher();
        let recruiters = store::Recruiters::new(client.clone(), tables.clone());
        for recruiter in data::recruiters() {
            let offers = recruiter.offers(&cipher).unwrap();
            recruiters.deposit(&recruiter, &offers, DEPOSITED_AT).await.unwrap();
        }
        let partners = store::Partners::new(client.clone(), tables);
        for (key, partner) in data::partners() {
            partners.put_partner(&key_hash(key), &partner).await.unwrap();
        }
        let postings = store::DynamoPostings::new(client.clone(), tables, false);
        let build = BuildSketch { parts: &Parts(&import.bucket), postings: &postings, put: &import.bucket };
        build.run().await.unwrap();
        let world =
            Self { import, entropy: FixedEntropy::default(), cv_bucket: Arc::new(MemoryBucket::default()) };
        world.prepare_deposits().await;
        world.prepare_webhooks().await;
        world
    }

    /// What the search routes share, sketches loaded, over these postings.
    pub(crate) async fn search(&self, stage: Stage, postings: Box<dyn Postings>) -> Searching {
        let bucket = MemoryBucket::default();
        for source in Source::ALL {
            let key = format!("sketch/{source}");
            bucket.put_bytes(&key, self.import.bucket.bytes(&key).unwrap());
        }
        let context = Searching {
            stage,
            partners: self.partners(),
            postings,
            sketches: Arc::new(Sketches::new(Box::new(bucket), Source::ALL)),
            trades: Box::new(self.trades()),
            items: Box::new(self.items()),
            cursors: Box::new(FakeCursorKey),
            clock: Box::new(clock()),
        };
        assert!(context.sketches.claim_refresh(context.clock.now()));
        assert!(context.sketches.load().await.is_empty());
        context
    }

    /// The context of `get-jobs-export`, over this bucket.
    pub(crate) fn export(&self, bucket: MemoryBucket) -> get_jobs_export::Context {
        get_jobs_export::Context {
            partners: self.partners(),
            manifests: Box::new(bucket),
            // In memory a link is only told, not made: any bucket does.
            sign: Box::new(MemoryBucket::default()),
            clock: Box::new(clock()),
        }
    }

    /// The context of `list-multi-published`.
    pub(crate) fn multi_published(&self) -> list_multi_published::Context {
        list_multi_published::Context {
            partners: self.partners(),
            postings: self.postings(),
            items: Box::new(self.items()),
            cursors: Box::new(FakeCursorKey),
            clock: Box::new(clock()),
            public_url: "https://site.exemple.invalid".to_owned(),
        }
    }

    /// The index.
    pub(crate) fn postings(&self) -> Box<dyn Postings> {
        let store = &self.import.store;
        Box::new(store::DynamoPostings::new(store.client.clone(), &store.tables, false))
    }

    /// Every single item.
    pub(crate) fn items(&self) -> store::Items {
        store::Items::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// What the routes share that show one item.
    pub(crate) fn details(&self) -> Details {
        Details { partners: self.partners(), items: Box::new(self.items()), clock: Box::new(clock()) }
    }

    /// What the routes share that read nothing else.
    pub(crate) fn callers(&self) -> Callers {
        Callers { partners: self.partners(), clock: Box::new(clock()) }
    }

    pub(crate) fn trades(&self) -> store::Trades {
        store::Trades::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// The context of the routes that list trades.
    pub(crate) fn metiers(&self) -> runtime::trades::Trades {
        runtime::trades::Trades {
            partners: self.partners(),
            trades: Box::new(self.trades()),
            clock: Box::new(clock()),
        }
    }

    pub(crate) fn partners(&self) -> Partners {
        let port = store::Partners::new(self.import.store.client.clone(), &self.import.store.tables);
        Partners::new(Box::new(port))
    }
}

/// A key that nobody would use.
struct FakeCursorKey;

#[async_trait]
impl GetCursorKey for FakeCursorKey {
    async fn get_cursor_key(&self) -> Result<CursorKey, PortError> {
        Ok(CursorKey::new("fake secret of cursors").unwrap())
    }
}

/// The sketches that the imports of the one feed of each source left.
struct Parts<'a>(&'a MemoryBucket);

#[async_trait]
impl GetSketchParts for Parts<'_> {
    async fn get_parts(&self, source: Source) -> Result<Vec<Vec<u8>>, PortError> {
        Ok(self.0.bytes(&format!("sketch/parts/{source}/main")).into_iter().collect())
    }
}

/// Seals recruiters' addresses with a key that nobody would use.
pub(crate) fn cipher() -> ContactCipher {
    ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap()
}

/// The clock of the data.
pub(crate) fn clock() -> FixedClock {
    FixedClock::new()
}

/// Answers an event with `search-jobs`.
pub(crate) async fn search(context: &Searching, event: &str) -> Answer {
    run(event, |request| search_jobs::handle(context, request)).await
}

/// Answers an event as Lambda's loop would.
pub(crate) async fn run<H, F>(event: &str, handle: H) -> Answer
where
    H: FnOnce(Request) -> F,
    F: Future<Output = Result<Response, ApiError>>,
{
    run_within(Duration::from_mins(1), event, handle).await
}

/// The same, with so much time.
pub(crate) async fn run_within<H, F>(within: Duration, event: &str, handle: H) -> Answer
where
    H: FnOnce(Request) -> F,
    F: Future<Output = Result<Response, ApiError>>,
{
    Answer::read(&runtime::http::answer(event, "fake-invocation", within, handle).await)
}
