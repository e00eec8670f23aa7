//! The file of offers for other job boards: what is in it, when it changes, and what a run that breaks leaves.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::published::{COLUMNS, PublishedLine, Reference};
use domain::recruiter::{JobStatus, JobType, Recruiter, RecruiterStatus};
use domain::seal::ContactCipher;
use futures::TryStreamExt;
use jiff::civil::Date;
use search::port::{KeyRange, Page, Postings, ReadError};
use sha2::{Digest, Sha256};
use store::{DynamoPostings, Items, Recruiters};
use testkit::{EmbeddedStore, FixedClock, MemoryBucket, recruiter};
use usecases::changes::ReadChanges;
use usecases::ports::{
    Clock, DepositRecruiter, MakeCurrent, Pieces, PortError, PublicationManifest, PutPublication,
};
use usecases::publish::follow::{FollowLines, LinesSince};
use usecases::publish::{PublishOffers, Published};

pub(crate) const SITE: &str = "https://site.exemple.invalid";
const CURRENT: &str = "multi-publication/offers.csv";
const MANIFEST: &str = "multi-publication/offers.json";

/// A store with a bucket and a clock, and who publishes from it.
pub(crate) struct Press {
    pub(crate) store: EmbeddedStore,
    pub(crate) bucket: MemoryBucket,
    pub(crate) clock: FixedClock,
}

/// What a job board holds that follows the feed.
#[derive(Default)]
pub(crate) struct Copy {
    pub(crate) lines: BTreeMap<Reference, PublishedLine>,
    pub(crate) since: u32,
}

impl Press {
    pub(crate) async fn open() -> Self {
        Self {
            store: EmbeddedStore::start().await,
            bucket: MemoryBucket::default(),
            clock: FixedClock::new(),
        }
    }

    pub(crate) async fn deposit(&self, recruiter: &Recruiter) {
        let cipher = ContactCipher::new(&"ab".repeat(32)).unwrap();
        let recruiters = Recruiters::new(self.store.client.clone(), self.store.tables.clone());
        let offers = recruiter.offers(&cipher).unwrap();
        recruiters.deposit(recruiter, &offers, self.clock.seconds()).await.unwrap();
    }

    fn postings(&self) -> DynamoPostings {
        DynamoPostings::new(self.store.client.clone(), &self.store.tables, false)
    }

    async fn publish_with(
        &self,
        postings: &dyn Postings,
        (put, make_current): (&dyn PutPublication, &dyn MakeCurrent),
    ) -> Result<Published, PortError> {
        let (put_manifest, clock) = (&self.bucket, &self.clock);
        PublishOffers { postings, site: SITE, put, make_current, put_manifest, clock }.run().await
    }

    pub(crate) async fn publish(&self) -> Published {
        self.publish_with(&self.postings(), (&self.bucket, &self.bucket)).await.unwrap()
    }

    /// Publishes, and gives the file once its manifest was found to tell the truth.
    pub(crate) async fn file(&self) -> Vec<u8> {
        let PublicationManifest { day, rows, bytes, sha256, .. } = self.publish().await.manifest;
        let file = self.bucket.bytes(CURRENT).unwrap();
        assert_eq!(self.bucket.bytes(&format!("multi-publication/offers-{day}.csv")).unwrap(), file);
        let hash = hex::encode(Sha256::digest(&file));
        assert_eq!((bytes, sha256), (file.len() as u64, hash));
        assert_eq!(rows, read(&file).len() as u64);
        file
    }

    async fn references(&self) -> Vec<String> {
        read(&self.file().await).into_iter().map(|row| row[0].clone()).collect()
    }

    /// Reads the feed to its end; `between` runs after each page.
    pub(crate) async fn follow(&self, copy: &mut Copy, mut between: impl AsyncFnMut()) -> usize {
        let (postings, items) = (self.postings(), Items::new(self.store.client.clone(), &self.store.tables));
        let changes = ReadChanges { postings: &postings, items: &items, clock: &self.clock };
        let feed = FollowLines { changes, site: SITE };
        let mut asked = LinesSince::first(copy.since, self.clock.seconds());
        for pages in 1.. {
            let told = feed.run(asked.clone()).await.unwrap();
            let withdrawn = |line: &PublishedLine| told.withdrawn.contains(line.reference());
            assert!(!told.lines.iter().any(withdrawn), "what is kept is not dropped");
            for gone in &told.withdrawn {
                copy.lines.remove(gone);
            }
            copy.lines.extend(told.lines.into_iter().map(|line| (line.reference().clone(), line)));
            if told.next.is_empty() {
                copy.since = told.updated_until;
                return pages;
            }
            asked.marks = told.next;
            between().await;
        }
        unreachable!("pages end")
    }
}

/// The rows of a file, the names of the columns apart.
pub(crate) fn read(file: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(file);
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names, COLUMNS.map(|(name, _)| name));
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A recruiter whose offers are of both contracts.
fn of_both(number: u32, jobs: usize) -> Recruiter {
    let mut recruiter = recruiter(number, jobs);
    for job in &mut recruiter.jobs {
        job.job_type = vec![JobType::Apprentissage, JobType::Professionnalisation];
    }
    recruiter
}

#[tokio::test]
async fn every_contract_of_an_active_offer_has_a_line_and_they_are_sorted() {
    let press = Press::open().await;
    let mut second = recruiter(2, 4);
    second.jobs[0].job_status = JobStatus::Pourvue;
    second.jobs[1].job_status = JobStatus::Annulee;
    second.jobs[2].job_type = Vec::new();
    let mut archived = recruiter(3, 1);
    archived.status = RecruiterStatus::Archive;
    for recruiter in [&second, &archived, &of_both(1, 2)] {
        press.deposit(recruiter).await;
    }
    let wanted = ["E2-offer-1-0", "E2-offer-1-1", "E2-offer-2-3", "FS-offer-1-0", "FS-offer-1-1"];
    assert_eq!(press.references().await, wanted);
    assert_eq!(press.publish().await.unreadable, 0);
}

#[tokio::test]
async fn the_file_is_a_table_of_semicolons_and_crlf_that_keeps_line_breaks_inside_quotes() {
    let press = Press::open().await;
    let mut one = recruiter(1, 1);
    let text =
        "Vous dites « bonjour » ; vous pétrissez.\r\nPuis \"vous\" cuisez\u{0}, chaque matin avant l'aube.";
    one.jobs[0].job_description = Some(text.to_owned());
    one.establishment_enseigne = Some("=1+1".to_owned());
    press.deposit(&one).await;
    let file = String::from_utf8(press.file().await).unwrap();
    let names = COLUMNS.map(|(name, _)| name).join(";");
    let quoted =
        "\"Vous dites « bonjour » ; vous pétrissez.\nPuis \"\"vous\"\" cuisez, chaque matin avant l'aube.\"";
    assert!(
        file.starts_with(&format!("{names}\r\nE2-offer-1-0;LABONNEALTERNANCE;La bonne alternance;{SITE}"))
    );
    assert!(file.contains(&format!(";Boulanger imaginaire 0;{quoted};;E2;")), "{file}");
    assert!(file.contains(";'=1+1;") && file.ends_with("\r\n"), "{file}");
    for secret in ["PERSONNE", "0100000000", "recruteur1@exemple.invalid"] {
        assert!(!file.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn without_an_offer_the_file_has_the_names_of_its_columns() {
    let press = Press::open().await;
    assert_eq!(press.references().await, Vec::<String>::new());
    assert!(press.bucket.bytes(CURRENT).unwrap().ends_with(b"Off_date_expiration\r\n"));
}

#[tokio::test]
async fn the_same_offers_make_the_same_bytes_whatever_the_order_of_writing_and_reading_and_the_hour() {
    /// Gives few rows at a time, whatever is asked.
    struct Small(DynamoPostings);

    #[async_trait]
    impl Postings for Small {
        async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
            self.0.read(&KeyRange { limit: 3, ..range.clone() }).await
        }
    }

    let all: Vec<Recruiter> = (1..=12).map(|number| of_both(number, 3)).collect();
    let press = Press::open().await;
    for recruiter in &all {
        press.deposit(recruiter).await;
    }
    let file = press.file().await;
    assert_eq!(read(&file).len(), 72);

    let other = Press::open().await;
    for number in [5, 11, 0, 7, 3, 9, 1, 8, 2, 10, 6, 4] {
        other.clock.advance(977);
        // Written otherwise at first, and some of it twice.
        if number % 3 == 0 {
            other.deposit(&recruiter(number as u32 + 1, 1)).await;
        }
        other.deposit(&all[number]).await;
    }
    assert_eq!(other.file().await, file);
    let morning = other.publish().await.manifest;
    other.clock.advance(9 * 3_600);
    assert_eq!(other.file().await, file);
    let evening =
        other.publish_with(&Small(other.postings()), (&other.bucket, &other.bucket)).await.unwrap().manifest;
    assert_eq!(other.bucket.bytes(CURRENT).unwrap(), file);
    assert_eq!((morning.sha256, morning.rows, morning.day), (evening.sha256, evening.rows, evening.day));
    assert_ne!(morning.generated_at, evening.generated_at);
}

#[tokio::test]
async fn an_offer_that_was_not_changed_for_thirty_days_leaves_the_file_and_not_the_feed() {
    let press = Press::open().await;
    let mut one = recruiter(1, 2);
    for job in &mut one.jobs {
        job.job_expiration_date = Some("2026-12-01T00:00:00Z".parse().unwrap());
    }
    press.deposit(&one).await;
    press.clock.advance(30 * 86_400);
    assert_eq!(press.references().await.len(), 2, "the day thirty days ago is the first one");
    one.jobs[1].job_count = Some(3);
    press.deposit(&one).await;
    press.clock.advance(86_400);
    assert_eq!(press.references().await, ["E2-offer-1-1"]);
    let mut copy = Copy::default();
    press.follow(&mut copy, async || {}).await;
    assert_eq!(copy.lines.len(), 2);
}

#[tokio::test]
async fn an_offer_that_expired_is_in_neither_though_nothing_was_written() {
    let press = Press::open().await;
    press.deposit(&of_both(1, 1)).await;
    let mut copy = Copy::default();
    press.follow(&mut copy, async || {}).await;
    assert_eq!((copy.lines.len(), press.references().await.len()), (2, 2));
    // Its end to the second.
    press.clock.advance(30 * 86_400);
    press.follow(&mut copy, async || {}).await;
    assert_eq!((copy.lines.len(), press.references().await.len()), (0, 0));
}

#[tokio::test]
async fn an_offer_of_a_mandated_cfa_is_there_with_the_cfa_in_place_of_the_street() {
    let press = Press::open().await;
    let mut one = recruiter(1, 1);
    one.is_delegated = true;
    one.cfa_delegated_siret = Some(testkit::siret(9).parse().unwrap());
    press.deposit(&one).await;
    let rows = read(&press.file().await);
    let cell = |name: &str| &rows[0][COLUMNS.iter().position(|(column, _)| *column == name).unwrap()];
    assert_eq!((cell("Cfa_siret"), cell("Adr_commune")), (&testkit::siret(9), &"NANTES".to_owned()));
    assert_eq!((cell("Adr_ligne").as_str(), cell("Latitude").as_str()), ("", ""));
}

#[tokio::test]
async fn a_run_that_breaks_leaves_the_former_file_and_a_manifest_of_a_whole_one() {
    /// Takes some bytes, or none, and breaks.
    struct Broken;

    #[async_trait]
    impl PutPublication for Broken {
        async fn put_publication(&self, _: Date, mut pieces: Pieces<'_>) -> Result<(), PortError> {
            pieces.try_next().await?;
            Err(PortError::new("put a file of offers", "broken on purpose"))
        }
    }

    #[async_trait]
    impl MakeCurrent for Broken {
        async fn make_current(&self, _: Date) -> Result<(), PortError> {
            Err(PortError::new("make a file of offers the present one", "broken on purpose"))
        }
    }

    let press = Press::open().await;
    press.deposit(&of_both(1, 2)).await;
    let (former, manifest) = (press.file().await, press.bucket.bytes(MANIFEST));
    press.clock.advance(86_400);
    press.deposit(&of_both(2, 2)).await;
    let ports: [(&dyn PutPublication, &dyn MakeCurrent); 2] =
        [(&Broken, &press.bucket), (&press.bucket, &Broken)];
    for ports in ports {
        press.publish_with(&press.postings(), ports).await.unwrap_err();
        assert_eq!(press.bucket.bytes(CURRENT).unwrap(), former);
        assert_eq!(press.bucket.bytes(MANIFEST), manifest);
    }
    assert_ne!(press.file().await, former);
}
