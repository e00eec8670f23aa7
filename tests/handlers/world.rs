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
use runtime::environment::Stage;
use runtime::searching::{GetCursorKey, Searching};
use search::port::Postings;
use serde_json::Value;
use testkit::{FixedClock, Importer, MemoryBucket, jsonl};
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

    /// Its body, which is JSON on every route; null where there is none, as in a 304.
    pub(crate) fn json(&self) -> Value {
        if self.body.is_empty() { Value::Null } else { serde_json::from_str(&self.body).unwrap() }
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
        let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
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
        Self { import }
    }

    /// Answers an event with the handler of this function, in the local stage.
    pub(crate) async fn answer(&self, function: &str, event: &str) -> Answer {
        match function {
            "search-jobs" => search(&self.search(Stage::Local, self.postings()).await, event).await,
            "search-jobs-and-trainings" => {
                let context = self.search(Stage::Local, self.postings()).await;
                run(event, |request| search_jobs_and_trainings::handle(&context, request)).await
            }
            "search-trainings" => {
                let context = self.search(Stage::Local, self.postings()).await;
                run(event, |request| search_trainings::handle(&context, request)).await
            }
            "list-trainings-of-area" => {
                let context = self.search(Stage::Local, self.postings()).await;
                run(event, |request| list_trainings_of_area::handle(&context, request)).await
            }
            "get-training" => {
                let context = get_training::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    clock: Box::new(clock()),
                };
                run(event, |request| get_training::handle(&context, request)).await
            }
            "get-company" => {
                let context = get_company::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    clock: Box::new(clock()),
                };
                run(event, |request| get_company::handle(&context, request)).await
            }
            "get-jobs-export" => {
                let context = self.export(crate::export::exported().await);
                run(event, |request| get_jobs_export::handle(&context, request)).await
            }
            "get-matcha-offer" => {
                let context = get_matcha_offer::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    clock: Box::new(clock()),
                };
                run(event, |request| get_matcha_offer::handle(&context, request)).await
            }
            "get-partner-offer" => {
                let context = get_partner_offer::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    clock: Box::new(clock()),
                };
                run(event, |request| get_partner_offer::handle(&context, request)).await
            }
            "count-offer-view" => {
                let views =
                    Box::new(store::Views::new(self.import.store.client.clone(), &self.import.store.tables));
                let context =
                    count_offer_view::Context { partners: self.partners(), views, clock: Box::new(clock()) };
                run(event, |request| count_offer_view::handle(&context, request)).await
            }
            "get-rome" => {
                let context = self.callers();
                run(event, |request| get_rome::handle(&context, request)).await
            }
            "list-metiers" => {
                let context = self.callers();
                run(event, |request| list_metiers::handle(&context, request)).await
            }
            "match-appellation" => {
                let context = self.callers();
                run(event, |request| match_appellation::handle(&context, request)).await
            }
            "search-jobs-and-diplomas" => {
                let context = self.callers();
                run(event, |request| search_jobs_and_diplomas::handle(&context, request)).await
            }
            "search-metiers" => {
                let context = self.callers();
                run(event, |request| search_metiers::handle(&context, request)).await
            }
            "search-rome" => {
                let context = self.callers();
                run(event, |request| search_rome::handle(&context, request)).await
            }
            "health" => {
                let store =
                    Box::new(store::Health::new(self.import.store.client.clone(), &self.import.store.tables));
                let context = health::Context { stage: Stage::Local, store };
                run(event, |request| health::handle(&context, request)).await
            }
            "version" => {
                let context = version::Context { version: "0123abc".to_owned() };
                run(event, |request| version::handle(&context, request)).await
            }
            _ => panic!("{function} answers no request"),
        }
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
            trades: Box::new(store::Trades::new(self.import.store.client.clone(), &self.import.store.tables)),
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

    /// The index.
    pub(crate) fn postings(&self) -> Box<dyn Postings> {
        let store = &self.import.store;
        Box::new(store::DynamoPostings::new(store.client.clone(), &store.tables, false))
    }

    /// Every single item.
    pub(crate) fn items(&self) -> store::Items {
        store::Items::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// What the routes share that read nothing else.
    fn callers(&self) -> Callers {
        Callers { partners: self.partners(), clock: Box::new(clock()) }
    }

    fn partners(&self) -> Partners {
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
