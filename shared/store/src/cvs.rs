//! CVs on their way, each sealed under the key of whose it is, in a bucket of their own whose objects do not last; and
//! those that were just put there by whoever applies, as they came.

use async_trait::async_trait;
use aws_sdk_s3::Client;
use usecases::ports::{DeleteCv, DeleteUpload, GetCv, GetUpload, PortError, PutCv};

use crate::bucket::DataBucket;

const PUT: &str = "keep a CV";
const GET: &str = "read a CV";
const DELETE: &str = "forget a CV";
const GET_UPLOAD: &str = "read an uploaded CV";
const DELETE_UPLOAD: &str = "forget an uploaded CV";
/// Nobody but us can open it.
const CONTENT_TYPE: &str = "application/octet-stream";

/// The bucket of CVs.
#[derive(Debug, Clone)]
pub struct CvBucket(DataBucket);

impl CvBucket {
    /// Over this bucket.
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self(DataBucket::new(client, bucket))
    }
}

#[async_trait]
impl PutCv for CvBucket {
    async fn put_cv(&self, key: &str, sealed: Vec<u8>) -> Result<(), PortError> {
        self.0.put(PUT, key, CONTENT_TYPE, sealed).await
    }
}

#[async_trait]
impl GetCv for CvBucket {
    async fn get_cv(&self, key: &str) -> Result<Option<Vec<u8>>, PortError> {
        self.0.get_whole(GET, key).await
    }
}

#[async_trait]
impl DeleteCv for CvBucket {
    async fn delete_cv(&self, key: &str) -> Result<(), PortError> {
        self.0.delete(DELETE, key).await
    }
}

#[async_trait]
impl GetUpload for CvBucket {
    async fn get_upload(&self, key: &str, most: usize) -> Result<Option<Vec<u8>>, PortError> {
        self.0.get_bounded(GET_UPLOAD, key, most).await
    }
}

#[async_trait]
impl DeleteUpload for CvBucket {
    async fn delete_upload(&self, key: &str) -> Result<(), PortError> {
        self.0.delete(DELETE_UPLOAD, key).await
    }
}
