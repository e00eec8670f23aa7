//! A store with everything in it, and the handlers over it.

use std::sync::Arc;
use std::time::Duration;

use api::errors::ApiError;
use api::request::Request;
use api::response::Response;
use async_trait::async_trait;
use domain::seal::ContactCipher;
use domain::source::Source;
use runtime::environment::Stage;
use search::port::Postings;
use serde_json::Value;
use testkit::{FixedClock, Importer, MemoryBucket, jsonl};
use usecases::build_sketch::BuildSketch;
use usecases::ingest::Status;
use usecases::partners::{Partners, key_hash};
use usecases::ports::{DepositRecruiter, GetSketchParts, PortError, PutPartner};
use usecases::sketches::Sketches;

use crate::data;

/// The sources of `GET /v1/jobs`.
const SOURCES: [Source; 3] = [Source::Lba, Source::Matcha, Source::Offres];

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

    /// Its body, which is JSON on every route.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
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
            recruiters.deposit(&recruiter, &recruiter.offers(&cipher).unwrap()).await.unwrap();
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
            "get-company" => {
                let context = get_company::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    clock: Box::new(clock()),
                };
                run(event, |request| get_company::handle(&context, request)).await
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
            "link-trainings" => {
                let store = &self.import.store;
                let context = link_trainings::Context {
                    partners: self.partners(),
                    items: Box::new(self.items()),
                    trainings: Box::new(store::Trainings::new(store.client.clone(), &store.tables)),
                    trades: Box::new(self.trades()),
                    clock: Box::new(clock()),
                    public_url: "https://site.exemple.invalid".to_owned(),
                };
                run(event, |request| link_trainings::handle(&context, request)).await
            }
            "list-metiers-of-training" => {
                let context = self.metiers();
                run(event, |request| list_metiers_of_training::handle(&context, request)).await
            }
            "list-metiers-of-establishment" => {
                let context = self.metiers();
                run(event, |request| list_metiers_of_establishment::handle(&context, request)).await
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

    /// The context of `search-jobs`, its sketches loaded, over these postings.
    pub(crate) async fn search(&self, stage: Stage, postings: Box<dyn Postings>) -> search_jobs::Context {
        let bucket = MemoryBucket::default();
        for source in SOURCES {
            let key = format!("sketch/{source}");
            bucket.put_bytes(&key, self.import.bucket.bytes(&key).unwrap());
        }
        let context = search_jobs::Context {
            stage,
            partners: self.partners(),
            postings,
            sketches: Arc::new(Sketches::new(Box::new(bucket), SOURCES)),
            trades: Box::new(self.trades()),
            clock: Box::new(clock()),
        };
        assert!(context.sketches.claim_refresh(context.clock.now()));
        assert!(context.sketches.load().await.is_empty());
        context
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

    fn trades(&self) -> store::Trades {
        store::Trades::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// The context of the routes that list trades.
    fn metiers(&self) -> runtime::trades::Trades {
        runtime::trades::Trades {
            partners: self.partners(),
            trades: Box::new(self.trades()),
            clock: Box::new(clock()),
        }
    }

    fn partners(&self) -> Partners {
        let port = store::Partners::new(self.import.store.client.clone(), &self.import.store.tables);
        Partners::new(Box::new(port))
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
pub(crate) async fn search(context: &search_jobs::Context, event: &str) -> Answer {
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
