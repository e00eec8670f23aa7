//! The export of the whole stock: what is in the file, and what a run that breaks leaves.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::card::Card;
use domain::feed::FeedKey;
use domain::recruiter::JobStatus;
use domain::seal::ContactCipher;
use search::port::{KeyRange, Page, Postings, ReadError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{DynamoPostings, Recruiters};
use testkit::{FixedClock, Importer, MemoryBucket, Object, company, jsonl, offer, recruiter, siret};
use usecases::export::{Export, ExportStock, Exported, FindExport};
use usecases::ports::{Clock, DepositRecruiter, ExportItems, GetExportManifest, PortError};

fn render(card: &Card) -> Option<Vec<u8>> {
    card.to_json().ok()
}

fn postings(import: &Importer) -> DynamoPostings {
    DynamoPostings::new(import.store.client.clone(), &import.store.tables, false)
}

async fn export_with(import: &Importer, postings: &dyn Postings) -> Result<Exported, PortError> {
    let (put, put_manifest, clock) = (&import.bucket, &import.bucket, &import.clock);
    ExportStock { postings, render, put, put_manifest, clock }.run().await
}

async fn export(import: &Importer) -> Exported {
    export_with(import, &postings(import)).await.unwrap()
}

/// The lines of an export, once its manifest was found to tell the truth.
fn lines(import: &Importer, exported: &Exported) -> Vec<Value> {
    let file = import.bucket.bytes(&format!("exports/{}", exported.manifest.file)).unwrap();
    assert_eq!(exported.manifest.bytes, file.len() as u64);
    let hash = hex::encode(Sha256::digest(&file));
    assert_eq!(exported.manifest.sha256, hash);
    let mut text = String::new();
    flate2::read::GzDecoder::new(file.as_slice()).read_to_string(&mut text).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ExportItems { offres, matcha, lba } = exported.manifest.items;
    assert_eq!(lines.len() as u64, offres + matcha + lba);
    lines
}

fn names(lines: &[Value], field: &str) -> Vec<String> {
    let mut names: Vec<String> =
        lines.iter().filter_map(|line| line[field].as_str()).map(str::to_owned).collect();
    names.sort();
    names
}

async fn load(import: &Importer, key: &str, rows: &[Value]) {
    let bytes = jsonl(rows);
    import.bucket.put(key, Object { bytes, forced: true, ..Object::default() });
    let report = import.run(key).await.unwrap();
    assert_eq!(report.refused, 0, "{report:?}");
}

async fn deposit(import: &Importer, active: usize, change: impl Fn(&mut domain::recruiter::Recruiter)) {
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let mut recruiter = recruiter(1, active);
    change(&mut recruiter);
    let recruiters = Recruiters::new(import.store.client.clone(), import.store.tables.clone());
    let now = import.clock.now().as_second() as u32;
    recruiters.deposit(&recruiter, &recruiter.offers(&cipher).unwrap(), now).await.unwrap();
}

#[tokio::test]
async fn an_export_holds_the_stock_of_all_sources_of_jobs() {
    let import = Importer::start().await;
    load(&import, "companies/main/list.jsonl", &(1..=30).map(company).collect::<Vec<_>>()).await;
    load(&import, "offers/main/list.jsonl", &(1..=20).map(offer).collect::<Vec<_>>()).await;
    load(&import, "formations/main/list.jsonl", &[testkit::formation(1)]).await;
    deposit(&import, 3, |_| {}).await;
    let exported = export(&import).await;
    assert_eq!(exported.manifest.items, ExportItems { offres: 20, matcha: 3, lba: 30 });
    let lines = lines(&import, &exported);
    let sirets: Vec<String> = (1..=30).map(siret).collect();
    assert_eq!(names(&lines[23..], "siret"), sirets);
    assert_eq!(exported.unreadable, 0);
}

#[tokio::test]
async fn an_empty_stock_is_an_empty_file() {
    let import = Importer::start().await;
    let exported = export(&import).await;
    assert_eq!(lines(&import, &exported), Vec::<Value>::new());
    assert!(exported.manifest.bytes > 0, "even nothing is a gzip stream");
}

#[tokio::test]
async fn a_card_of_several_feeds_is_there_once_in_its_newest_version() {
    let import = Importer::start().await;
    let of = |created: &str, title: &str| {
        let mut row = offer(1);
        row["dateCreation"] = json!(created);
        row["intitule"] = json!(title);
        row
    };
    load(&import, "offers/a/list.jsonl", &[of("2026-08-20T09:00:00Z", "Ancienne"), offer(2)]).await;
    load(&import, "offers/b/list.jsonl", &[of("2026-08-21T09:00:00Z", "Nouvelle")]).await;
    load(&import, "offers/c/list.jsonl", &[of("2026-08-19T09:00:00Z", "Plus ancienne")]).await;
    let exported = lines(&import, &export(&import).await);
    assert_eq!(names(&exported, "title"), ["Apprenti imaginaire 2 (H/F)", "Nouvelle"]);

    // What one feed withdraws another may still hold.
    load(&import, "offers/b/list.jsonl", &[]).await;
    let exported = lines(&import, &export(&import).await);
    assert_eq!(names(&exported, "title"), ["Ancienne", "Apprenti imaginaire 2 (H/F)"]);
}

#[tokio::test]
async fn what_was_withdrawn_is_not_there_and_what_came_back_is() {
    let import = Importer::start().await;
    let key = "companies/main/list.jsonl";
    load(&import, key, &[company(1), company(2), company(3)]).await;
    import.clock.advance(10);
    load(&import, key, &[company(3)]).await;
    import.clock.advance(10);
    load(&import, key, &[company(2), company(3)]).await;
    let exported = export(&import).await;
    assert_eq!(names(&lines(&import, &exported), "siret"), [siret(2), siret(3)]);
}

#[tokio::test]
async fn what_expired_is_not_there_though_the_store_still_holds_it() {
    let import = Importer::start().await;
    load(&import, "offers/main/list.jsonl", &[offer(1)]).await;
    assert_eq!(export(&import).await.manifest.items.offres, 1);
    // Two months after the offer's creation.
    import.clock.advance(60 * 86_400);
    assert_eq!(export(&import).await.manifest.items.offres, 0);
}

#[tokio::test]
async fn an_offer_that_is_closed_is_not_there() {
    let import = Importer::start().await;
    deposit(&import, 3, |_| {}).await;
    import.clock.advance(10);
    deposit(&import, 3, |recruiter| {
        recruiter.jobs[0].job_status = JobStatus::Pourvue;
        recruiter.jobs[1].job_status = JobStatus::Annulee;
    })
    .await;
    let exported = export(&import).await;
    assert_eq!(names(&lines(&import, &exported), "offer_id"), ["offer-1-2"]);
}

#[tokio::test]
async fn a_shard_of_many_pages_is_read_to_its_end() {
    /// Gives no more than 7 rows at a time, whatever is asked.
    struct Small(DynamoPostings);

    #[async_trait]
    impl Postings for Small {
        async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
            self.0.read(&KeyRange { limit: 7, ..range.clone() }).await
        }
    }

    let import = Importer::start().await;
    load(&import, "companies/main/list.jsonl", &(1..=200).map(company).collect::<Vec<_>>()).await;
    let whole = lines(&import, &export(&import).await);
    import.clock.advance(1);
    let exported = export_with(&import, &Small(postings(&import))).await.unwrap();
    assert_eq!(lines(&import, &exported), whole);
    assert_eq!(whole.len(), 200);
}

#[tokio::test]
async fn the_manifest_tells_from_when_on_to_ask_for_changes() {
    let import = Importer::start().await;
    let start = import.clock.now();
    let manifest = export(&import).await.manifest;
    assert_eq!(manifest.generated_at, start);
    assert_eq!((start.as_second() - manifest.updated_until.as_second()), 60);
}

/// Reads so many ranges, then breaks or hangs for good.
struct Broken {
    inner: DynamoPostings,
    reads: AtomicUsize,
    hangs: bool,
}

#[async_trait]
impl Postings for Broken {
    async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
        if self.reads.fetch_add(1, Ordering::SeqCst) < 10 {
            return self.inner.read(range).await;
        }
        if self.hangs {
            std::future::pending::<()>().await;
        }
        Err(ReadError { partition: range.partition.clone(), source: "broken on purpose".into() })
    }
}

#[tokio::test]
async fn a_run_that_breaks_or_is_killed_halfway_leaves_the_former_export() {
    let import = Importer::start().await;
    load(&import, "offers/main/list.jsonl", &(1..=20).map(offer).collect::<Vec<_>>()).await;
    let former = export(&import).await.manifest;
    for hangs in [false, true] {
        import.clock.advance(3_600);
        let broken = Broken { inner: postings(&import), reads: AtomicUsize::new(0), hangs };
        tokio::select! {
            exported = export_with(&import, &broken) => {
                let error = exported.unwrap_err();
                assert_eq!((error.to_string().as_str(), hangs), ("could not read the stock", false));
            }
            // Killed: dropped as it stands.
            () = tokio::time::sleep(std::time::Duration::from_secs(2)) => assert!(hangs),
        }
        assert_eq!(import.bucket.get_export_manifest().await.unwrap().unwrap(), former);
        let begun = former.file.replace("T080000Z", if hangs { "T100000Z" } else { "T090000Z" });
        assert_eq!(import.bucket.bytes(&format!("exports/{begun}")), None, "no half of a file");
    }
    lines(&import, &Exported { manifest: former, unreadable: 0 });
}

#[tokio::test]
async fn a_link_leads_to_the_last_export_for_15_minutes() {
    let (bucket, clock) = (MemoryBucket::default(), FixedClock::new());
    let find = FindExport { manifests: &bucket, sign: &bucket, clock: &clock };
    assert_eq!(find.run().await.unwrap(), None, "nothing was exported yet");

    let import = Importer::start().await;
    let exported = export(&import).await;
    import.clock.advance(3_600);
    let find = FindExport { manifests: &import.bucket, sign: &import.bucket, clock: &import.clock };
    let Export { url, expires_at, manifest } = find.run().await.unwrap().unwrap();
    assert_eq!(manifest, exported.manifest);
    assert_eq!(expires_at.as_second() - import.clock.now().as_second(), 900);
    assert!(url.contains(&manifest.file) && url.ends_with("seconds=900"), "{url}");
}

#[test]
fn no_file_of_an_export_is_taken_for_a_feed() {
    assert!("exports/jobs.json".parse::<FeedKey>().is_err());
}
