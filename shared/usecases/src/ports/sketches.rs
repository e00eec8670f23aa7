//! Density sketches, as bytes.

use async_trait::async_trait;
use domain::feed::FeedName;
use domain::source::Source;

use super::PortError;

/// Reads the sketch of a source.
#[async_trait]
pub trait GetSketch: Send + Sync {
    /// None when it was never built.
    async fn get_sketch(&self, source: Source) -> Result<Option<Vec<u8>>, PortError>;
}

/// Keeps the sketch of a source.
#[async_trait]
pub trait PutSketch: Send + Sync {
    /// Puts it in place of the last one.
    async fn put_sketch(&self, source: Source, bytes: Vec<u8>) -> Result<(), PortError>;
}

/// Keeps the sketch of what one feed brings to a source.
#[async_trait]
pub trait PutSketchPart: Send + Sync {
    /// Puts it in place of the feed's last one.
    async fn put_part(&self, source: Source, feed: &FeedName, bytes: Vec<u8>) -> Result<(), PortError>;
}

/// Reads the sketches of all feeds of a source.
#[async_trait]
pub trait GetSketchParts: Send + Sync {
    /// In the order of the feeds' names.
    async fn get_parts(&self, source: Source) -> Result<Vec<Vec<u8>>, PortError>;
}
