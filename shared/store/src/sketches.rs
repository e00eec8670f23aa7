//! Density sketches.

use async_trait::async_trait;
use domain::source::Source;
use usecases::ports::{GetSketch, PortError, PutSketch};

use crate::bucket::DataBucket;

fn place(source: Source) -> String {
    format!("sketch/{source}")
}

#[async_trait]
impl GetSketch for DataBucket {
    async fn get_sketch(&self, source: Source) -> Result<Option<Vec<u8>>, PortError> {
        self.get_whole("read a sketch", &place(source)).await
    }
}

#[async_trait]
impl PutSketch for DataBucket {
    async fn put_sketch(&self, source: Source, bytes: Vec<u8>) -> Result<(), PortError> {
        self.put("put a sketch", &place(source), "application/octet-stream", bytes).await
    }
}
