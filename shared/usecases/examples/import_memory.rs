//! Measures the memory that an import of trainings takes, of a file of JSON lines (plain or gzip), against a store that holds
//! nothing and takes everything: `cargo run --release -p usecases --example import_memory -- FILE`. The figure is the
//! peak of the whole process (`VmHWM` of Linux), which grows with what is held back until the file was read.
#![allow(clippy::print_stdout)]

use std::io::Read;

use async_trait::async_trait;
use domain::feed::{FeedKey, FeedKind, FeedName};
use domain::seal::ContactCipher;
use domain::source::Source;
use futures::StreamExt;
use jiff::Timestamp;
use usecases::ingest::{ImportFeed, Parsing};
use usecases::ports::{
    Bytes, Clock, FeedObject, FeedRef, Held, Lease, LeaseError, ListHeld, OpenError, OpenFeed, PortError,
    PutRejects, PutReport, PutSketchPart, ReleaseLease, RowWrite, TakeLease, WithdrawRow, WriteError,
    WriteRow,
};

/// A file is read so many bytes at a time.
const PIECE: usize = 64 * 1024;

/// Holds nothing, and takes everything.
struct Nothing {
    path: String,
}

#[async_trait]
impl OpenFeed for Nothing {
    async fn open(&self, _: &FeedKey, _: Option<&str>) -> Result<FeedObject, OpenError> {
        let failed = |error| OpenError::Failed(PortError::new("open", error));
        let file = std::fs::File::open(&self.path).map_err(failed)?;
        Ok(FeedObject { etag: "one".to_owned(), load_id: None, forced: false, bytes: pieces(file) })
    }
}

fn pieces(mut file: std::fs::File) -> Bytes {
    let piece = move || {
        let mut piece = Vec::new();
        match file.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some(Ok(piece)),
            Err(error) => Some(Err(PortError::new("read", error))),
        }
    };
    futures::stream::iter(std::iter::from_fn(piece)).boxed()
}

#[async_trait]
impl ListHeld for Nothing {
    async fn list_held(&self, _: &FeedRef, _: u16) -> Result<Vec<Held>, PortError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl WriteRow for Nothing {
    async fn write(&self, _: &RowWrite) -> Result<(), WriteError> {
        Ok(())
    }
}

#[async_trait]
impl WithdrawRow for Nothing {
    async fn withdraw(&self, _: &FeedRef, _: &Held, _: u32) -> Result<(), WriteError> {
        Ok(())
    }
}

#[async_trait]
impl TakeLease for Nothing {
    async fn take(&self, _: &Lease) -> Result<(), LeaseError> {
        Ok(())
    }
}

#[async_trait]
impl ReleaseLease for Nothing {
    async fn release(&self, _: &Lease) -> Result<(), PortError> {
        Ok(())
    }
}

#[async_trait]
impl PutSketchPart for Nothing {
    async fn put_part(&self, _: Source, _: &FeedName, _: Vec<u8>) -> Result<(), PortError> {
        Ok(())
    }
}

#[async_trait]
impl PutReport for Nothing {
    async fn put_report(&self, _: &FeedKey, _: Vec<u8>) -> Result<(), PortError> {
        Ok(())
    }
}

#[async_trait]
impl PutRejects for Nothing {
    async fn put_rejects(&self, _: &FeedKey, _: Vec<u8>) -> Result<String, PortError> {
        Ok("nowhere".to_owned())
    }
}

impl Clock for Nothing {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

fn peak_kib() -> std::io::Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.unwrap_or("unknown").trim().to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: import_memory FILE")?;
    let nothing = Nothing { path };
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4))?;
    let import = ImportFeed {
        parsing: Parsing::Formations { cipher: &cipher },
        open: &nothing,
        held: &nothing,
        write: &nothing,
        withdraw: &nothing,
        take_lease: &nothing,
        release_lease: &nothing,
        put_part: &nothing,
        put_report: &nothing,
        put_rejects: &nothing,
        clock: &nothing,
    };
    let key = FeedKey { kind: FeedKind::Formations, feed: "main".parse()?, file: "file.jsonl".to_owned() };
    let before = peak_kib()?;
    let report = import.run(&key, "run").await?;
    println!(
        "{} rows kept of {}, peak {} (before the import {before})",
        report.kept,
        report.rows_read,
        peak_kib()?
    );
    Ok(())
}
