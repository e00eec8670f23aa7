//! The density sketches in memory: loaded when a function starts, refreshed now and then in the background.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::source::Source;
use jiff::Timestamp;
use search::sketch::Sketch;

use crate::ports::GetSketch;

/// How old a sketch may grow before it is read again, in seconds. An old one costs money, never an answer.
const REFRESH_SECONDS: i64 = 300;
/// The same while one is missing, as just after a first import.
const RETRY_SECONDS: i64 = 15;

/// The sketches of some sources.
pub struct Sketches {
    port: Box<dyn GetSketch>,
    sources: Vec<Source>,
    held: RwLock<Held>,
}

#[derive(Default)]
struct Held {
    sketches: BTreeMap<Source, Arc<Sketch>>,
    /// Seconds since 1970.
    loaded_at: Option<i64>,
}

impl Sketches {
    /// None is loaded yet.
    pub fn new(port: Box<dyn GetSketch>, sources: impl Into<Vec<Source>>) -> Self {
        Self { port, sources: sources.into(), held: RwLock::default() }
    }

    /// The sketch of a source, as last loaded.
    pub fn get(&self, source: Source) -> Option<Arc<Sketch>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).sketches.get(&source).cloned()
    }

    /// Whether it is time to load again. Says so once: whoever is told loads.
    pub fn claim_refresh(&self, now: Timestamp) -> bool {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let complete = held.sketches.len() == self.sources.len();
        let every = if complete { REFRESH_SECONDS } else { RETRY_SECONDS };
        let due = held.loaded_at.is_none_or(|at| now.as_second() - at >= every);
        if due {
            held.loaded_at = Some(now.as_second());
        }
        due
    }

    /// Loads every sketch, and returns the sources that failed: those keep the one they have.
    pub async fn load(&self) -> Vec<Source> {
        let reads = self.sources.iter().map(async |&source| (source, self.port.get_sketch(source).await));
        let mut failed = Vec::new();
        for (source, read) in futures::future::join_all(reads).await {
            match read.map(|bytes| bytes.map(|bytes| Sketch::from_bytes(&bytes))) {
                Ok(Some(Ok(sketch))) => {
                    let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
                    held.sketches.insert(source, Arc::new(sketch));
                }
                Ok(None) => {}
                Ok(Some(Err(_))) | Err(_) => failed.push(source),
            }
        }
        failed
    }
}
