//! Imports against the embedded store and the bucket in memory.

use std::sync::atomic::{AtomicUsize, Ordering};

use ::store::{FeedLedger, Leases, Rows};
use domain::feed::{FeedKey, FeedKind};
use domain::seal::ContactCipher;
use usecases::ingest::{ImportError, ImportFeed, Parsing, Report};

use crate::{EmbeddedStore, Failing, Fault, FixedClock, MemoryBucket};

/// Imports files of a bucket into a store.
pub struct Importer {
    /// Where files come from and reports go.
    pub bucket: MemoryBucket,
    /// Where rows go.
    pub store: EmbeddedStore,
    /// Stands still.
    pub clock: FixedClock,
    cipher: ContactCipher,
    ledger: FeedLedger,
    leases: Leases,
    runs: AtomicUsize,
}

impl Importer {
    /// Starts with an empty bucket and an empty store.
    pub async fn start() -> Self {
        let store = EmbeddedStore::start().await;
        let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).expect("a secret of 64 characters");
        let ledger = FeedLedger::new(store.client.clone(), &store.tables);
        let leases = Leases::new(store.client.clone(), &store.tables);
        Self {
            bucket: MemoryBucket::default(),
            store,
            clock: FixedClock::new(),
            cipher,
            ledger,
            leases,
            runs: AtomicUsize::new(0),
        }
    }

    /// Puts a file and imports it. Panics where the import breaks.
    pub async fn load(&self, key: &str, file: impl Into<Vec<u8>>) -> Report {
        self.bucket.put_bytes(key, file);
        self.run(key).await.expect("the import does not break")
    }

    /// Imports a file that is there.
    pub async fn run(&self, key: &str) -> Result<Report, ImportError> {
        self.run_with(key, &self.failing(Fault::None)).await
    }

    /// A write side with a fault.
    pub fn failing(&self, fault: Fault) -> Failing<Rows> {
        Failing::new(Rows::new(self.store.client.clone(), self.store.tables.clone()), fault)
    }

    /// Imports a file that is there through `rows`; each run is another one.
    pub async fn run_with(&self, key: &str, rows: &Failing<Rows>) -> Result<Report, ImportError> {
        let number = self.runs.fetch_add(1, Ordering::SeqCst);
        self.run_as(key, rows, &format!("run-{number}")).await
    }

    /// Imports a file that is there through `rows`, in the run of this name.
    pub async fn run_as(&self, key: &str, rows: &Failing<Rows>, run_id: &str) -> Result<Report, ImportError> {
        let key: FeedKey = key.parse().expect("the key of a feed file");
        let parsing = match key.kind {
            FeedKind::Companies => Parsing::Companies { naf_romes: &self.bucket, cipher: &self.cipher },
            FeedKind::Offers => Parsing::Offers,
            FeedKind::Formations => Parsing::Formations { cipher: &self.cipher },
        };
        let import = ImportFeed {
            parsing,
            open: &self.bucket,
            held: &self.ledger,
            write: rows,
            withdraw: rows,
            take_lease: &self.leases,
            release_lease: &self.leases,
            put_part: &self.bucket,
            put_report: &self.bucket,
            put_rejects: &self.bucket,
            clock: &self.clock,
        };
        import.run(&key, run_id).await
    }

    /// Imports a file that is there and kills the import after so many writes: it is dropped as it stands, its
    /// lease held, its report unwritten. Returns the report when it ended before.
    pub async fn kill_after(&self, writes: usize, key: &str) -> Option<Report> {
        let rows = self.failing(Fault::KillAfter(writes));
        tokio::select! {
            report = self.run_with(key, &rows) => Some(report.expect("the import does not break")),
            () = rows.killed() => {
                self.clock.advance(60);
                None
            }
        }
    }
}
