//! Reports of imports, and the rows they set aside.

use async_trait::async_trait;
use domain::feed::FeedKey;
use usecases::ports::{PortError, PutRejects, PutReport};

use crate::bucket::DataBucket;

#[async_trait]
impl PutReport for DataBucket {
    async fn put_report(&self, key: &FeedKey, json: Vec<u8>) -> Result<(), PortError> {
        self.put("put the report of an import", &format!("reports/{key}.json"), "application/json", json)
            .await
    }
}

#[async_trait]
impl PutRejects for DataBucket {
    async fn put_rejects(&self, key: &FeedKey, lines: Vec<u8>) -> Result<String, PortError> {
        let place = format!("rejects/{key}.jsonl");
        self.put("put the rows set aside", &place, "application/x-ndjson", lines).await?;
        Ok(place)
    }
}
