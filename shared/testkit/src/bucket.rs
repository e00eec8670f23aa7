//! The data bucket, in memory.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use domain::feed::{FeedKey, FeedName};
use domain::naf_romes::NafRomes;
use domain::source::Source;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::StreamExt;
use usecases::ports::{
    DeleteCv, FeedObject, GetCv, GetSketch, GetSketchParts, LoadNafRomes, OpenError, OpenFeed, PortError,
    PutCv, PutRejects, PutReport, PutSketch, PutSketchPart,
};

/// Pieces are small and odd, so that lines and gzip members straddle them.
const PIECE: usize = 1021;

/// An object of the bucket.
#[derive(Debug, Clone, Default)]
pub struct Object {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its metadata `load-id`.
    pub load_id: Option<String>,
    /// Its metadata `force`.
    pub forced: bool,
    /// The connection breaks after so many bytes; the object itself is whole.
    pub breaks_after: Option<usize>,
}

/// The data bucket, in memory.
#[derive(Debug, Default)]
pub struct MemoryBucket {
    /// With a version that changes at each put.
    objects: Mutex<BTreeMap<String, (usize, Object)>>,
    /// What takes an object's place once it was opened.
    next: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemoryBucket {
    /// Puts an object in place of the last one.
    pub fn put(&self, key: &str, object: Object) {
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let version = objects.get(key).map_or(1, |(last, _)| last + 1);
        objects.insert(key.to_owned(), (version, object));
    }

    /// Puts these bytes.
    pub fn put_bytes(&self, key: &str, bytes: impl Into<Vec<u8>>) {
        self.put(key, Object { bytes: bytes.into(), ..Object::default() });
    }

    /// Every object, with its key.
    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        let objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        objects.iter().map(|(key, (_, object))| (key.clone(), object.bytes.clone())).collect()
    }

    /// Puts these bytes as soon as the present ones were opened once.
    pub fn replace_when_opened(&self, key: &str, bytes: Vec<u8>) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes);
    }

    /// What is in an object.
    pub fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.get(key).map(|(_, object)| object.bytes)
    }

    fn get(&self, key: &str) -> Option<(usize, Object)> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }
}

/// Compresses, as `gzip` does.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes all writes");
    encoder.finish().expect("memory takes all writes")
}

#[async_trait]
impl OpenFeed for MemoryBucket {
    async fn open(&self, key: &FeedKey, etag: Option<&str>) -> Result<FeedObject, OpenError> {
        let (version, object) = self.get(&key.to_string()).ok_or(OpenError::Missing)?;
        let version = format!("\"{version}\"");
        if etag.is_some_and(|etag| etag != version) {
            return Err(OpenError::Replaced);
        }
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner).remove(&key.to_string());
        if let Some(bytes) = next {
            self.put_bytes(&key.to_string(), bytes);
        }
        let given = object.breaks_after.unwrap_or(object.bytes.len());
        let mut pieces: Vec<Result<Vec<u8>, PortError>> = object
            .bytes
            .iter()
            .take(given)
            .copied()
            .collect::<Vec<_>>()
            .chunks(PIECE)
            .map(|p| Ok(p.to_vec()))
            .collect();
        if object.breaks_after.is_some() {
            pieces.push(Err(PortError::new("read a feed file", "the connection broke")));
        }
        Ok(FeedObject {
            etag: version,
            load_id: object.load_id,
            forced: object.forced,
            bytes: futures::stream::iter(pieces).boxed(),
        })
    }
}

#[async_trait]
impl GetSketchParts for MemoryBucket {
    async fn get_parts(&self, source: Source) -> Result<Vec<Vec<u8>>, PortError> {
        let objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let prefix = format!("sketch/parts/{source}/");
        let of_source = objects.iter().filter(|(key, _)| key.starts_with(&prefix));
        Ok(of_source.map(|(_, (_, object))| object.bytes.clone()).collect())
    }
}

#[async_trait]
impl PutSketchPart for MemoryBucket {
    async fn put_part(&self, source: Source, feed: &FeedName, bytes: Vec<u8>) -> Result<(), PortError> {
        self.put_bytes(&format!("sketch/parts/{source}/{feed}"), bytes);
        Ok(())
    }
}

#[async_trait]
impl PutReport for MemoryBucket {
    async fn put_report(&self, key: &FeedKey, json: Vec<u8>) -> Result<(), PortError> {
        self.put_bytes(&format!("reports/{key}.json"), json);
        Ok(())
    }
}

#[async_trait]
impl PutRejects for MemoryBucket {
    async fn put_rejects(&self, key: &FeedKey, lines: Vec<u8>) -> Result<String, PortError> {
        let place = format!("rejects/{key}.jsonl");
        self.put_bytes(&place, lines);
        Ok(place)
    }
}

#[async_trait]
impl LoadNafRomes for MemoryBucket {
    async fn load_naf_romes(&self) -> Result<Option<NafRomes>, PortError> {
        let Some(csv) = self.bytes("reference/rome_naf.csv") else { return Ok(None) };
        NafRomes::from_csv(csv.as_slice())
            .map(Some)
            .map_err(|error| PortError::new("read rome_naf.csv", error))
    }
}

#[async_trait]
impl GetSketch for MemoryBucket {
    async fn get_sketch(&self, source: Source) -> Result<Option<Vec<u8>>, PortError> {
        Ok(self.bytes(&format!("sketch/{source}")))
    }
}

#[async_trait]
impl PutSketch for MemoryBucket {
    async fn put_sketch(&self, source: Source, bytes: Vec<u8>) -> Result<(), PortError> {
        self.put_bytes(&format!("sketch/{source}"), bytes);
        Ok(())
    }
}

#[async_trait]
impl PutCv for MemoryBucket {
    async fn put_cv(&self, key: &str, sealed: Vec<u8>) -> Result<(), PortError> {
        self.put_bytes(key, sealed);
        Ok(())
    }
}

#[async_trait]
impl GetCv for MemoryBucket {
    async fn get_cv(&self, key: &str) -> Result<Option<Vec<u8>>, PortError> {
        Ok(self.bytes(key))
    }
}

#[async_trait]
impl DeleteCv for MemoryBucket {
    async fn delete_cv(&self, key: &str) -> Result<(), PortError> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        Ok(())
    }
}
