//! Density sketches: `sketch/{source}` is what searches load, `sketch/parts/{source}/{feed}` what each import leaves.

use async_trait::async_trait;
use domain::feed::FeedName;
use domain::source::Source;
use usecases::ports::{GetSketch, GetSketchParts, PortError, PutSketch, PutSketchPart};

use crate::bucket::DataBucket;

fn place(source: Source) -> String {
    format!("sketch/{source}")
}

fn parts(source: Source) -> String {
    format!("sketch/parts/{source}/")
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

#[async_trait]
impl PutSketchPart for DataBucket {
    async fn put_part(&self, source: Source, feed: &FeedName, bytes: Vec<u8>) -> Result<(), PortError> {
        let key = format!("{}{feed}", parts(source));
        self.put("put the sketch of a feed", &key, "application/octet-stream", bytes).await
    }
}

#[async_trait]
impl GetSketchParts for DataBucket {
    async fn get_parts(&self, source: Source) -> Result<Vec<Vec<u8>>, PortError> {
        const OPERATION: &str = "read the sketches of feeds";
        let mut found = Vec::new();
        for key in self.list(OPERATION, &parts(source)).await? {
            found.extend(self.get_whole(OPERATION, &key).await?);
        }
        Ok(found)
    }
}
