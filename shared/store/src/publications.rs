//! Files of offers for other job boards: `multi-publication/offers-{day}.csv`, `multi-publication/offers.csv`, the
//! present one, and `multi-publication/offers.json`, which says what it is.

use async_trait::async_trait;
use jiff::civil::Date;
use usecases::ports::{
    MakeCurrent, Pieces, PortError, PublicationManifest, PutPublication, PutPublicationManifest,
};

use crate::bucket::DataBucket;

const CURRENT: &str = "multi-publication/offers.csv";
const MANIFEST: &str = "multi-publication/offers.json";
const CSV: &str = "text/csv; charset=utf-8; header=present";

fn place(day: Date) -> String {
    format!("multi-publication/offers-{day}.csv")
}

#[async_trait]
impl PutPublication for DataBucket {
    async fn put_publication(&self, day: Date, mut pieces: Pieces<'_>) -> Result<(), PortError> {
        self.put_pieces("put a file of offers", &place(day), CSV, &mut pieces).await
    }
}

#[async_trait]
impl MakeCurrent for DataBucket {
    /// A copy, which S3 shows once it is whole: it keeps the type.
    async fn make_current(&self, day: Date) -> Result<(), PortError> {
        self.copy("make a file of offers the present one", &place(day), CURRENT).await
    }
}

#[async_trait]
impl PutPublicationManifest for DataBucket {
    async fn put_publication_manifest(&self, manifest: &PublicationManifest) -> Result<(), PortError> {
        const OPERATION: &str = "put the manifest of offers";
        let json = serde_json::to_vec(manifest).map_err(|error| PortError::new(OPERATION, error))?;
        self.put(OPERATION, MANIFEST, "application/json", json).await
    }
}
