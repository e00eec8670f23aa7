//! Feed files.

use async_trait::async_trait;
use domain::feed::FeedKey;
use futures::StreamExt;
use usecases::ports::{FeedObject, OpenError, OpenFeed, PortError};

use crate::bucket::{DataBucket, NotGot};

const READ: &str = "read a feed file";
const LOAD_ID: &str = "load-id";
const FORCE: &str = "force";

#[async_trait]
impl OpenFeed for DataBucket {
    async fn open(&self, key: &FeedKey, etag: Option<&str>) -> Result<FeedObject, OpenError> {
        let object = self.get(READ, &key.to_string(), etag).await.map_err(|not_got| match not_got {
            NotGot::Missing => OpenError::Missing,
            NotGot::Replaced => OpenError::Replaced,
            NotGot::Failed(error) => OpenError::Failed(error),
        })?;
        let metadata = object.metadata.unwrap_or_default();
        let bytes = futures::stream::unfold(object.body, |mut body| async {
            let piece = body.next().await?;
            Some((piece.map(|piece| piece.to_vec()).map_err(|error| PortError::new(READ, error)), body))
        });
        Ok(FeedObject {
            etag: object.e_tag.unwrap_or_default(),
            load_id: metadata.get(LOAD_ID).cloned(),
            forced: metadata.get(FORCE).is_some_and(|force| force == "true"),
            bytes: bytes.boxed(),
        })
    }
}
