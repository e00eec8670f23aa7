//! Files of offers for other job boards, in the bucket in memory.

use async_trait::async_trait;
use futures::TryStreamExt;
use jiff::civil::Date;
use usecases::ports::{
    MakeCurrent, Pieces, PortError, PublicationManifest, PutPublication, PutPublicationManifest,
};

use crate::MemoryBucket;

fn place(day: Date) -> String {
    format!("multi-publication/offers-{day}.csv")
}

#[async_trait]
impl PutPublication for MemoryBucket {
    async fn put_publication(&self, day: Date, pieces: Pieces<'_>) -> Result<(), PortError> {
        let bytes: Vec<u8> = pieces.try_concat().await?;
        self.put_bytes(&place(day), bytes);
        Ok(())
    }
}

#[async_trait]
impl MakeCurrent for MemoryBucket {
    async fn make_current(&self, day: Date) -> Result<(), PortError> {
        let bytes = self.bytes(&place(day)).expect("the file of the day is there");
        self.put_bytes("multi-publication/offers.csv", bytes);
        Ok(())
    }
}

#[async_trait]
impl PutPublicationManifest for MemoryBucket {
    async fn put_publication_manifest(&self, manifest: &PublicationManifest) -> Result<(), PortError> {
        let json = serde_json::to_vec(manifest).expect("a manifest is JSON");
        self.put_bytes("multi-publication/offers.json", json);
        Ok(())
    }
}
