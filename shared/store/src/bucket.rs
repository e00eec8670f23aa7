//! The data bucket: feeds come in, reports, lists of rows set aside, sketches and exports lie beside them.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use usecases::ports::PortError;

use crate::upload::Upload;

/// The data bucket.
#[derive(Debug, Clone)]
pub struct DataBucket {
    client: Client,
    bucket: String,
}

/// Why an object was not given.
pub(crate) enum NotGot {
    Missing,
    Replaced,
    Failed(PortError),
}

impl DataBucket {
    /// Over this bucket.
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    pub(crate) async fn get(
        &self,
        operation: &'static str,
        key: &str,
        etag: Option<&str>,
    ) -> Result<GetObjectOutput, NotGot> {
        let request = self.client.get_object().bucket(&self.bucket).key(key);
        let sent = request.set_if_match(etag.map(str::to_owned)).send().await;
        sent.map_err(|error| not_got(operation, error))
    }

    /// The whole of a small object; none when it is not there.
    pub(crate) async fn get_whole(
        &self,
        operation: &'static str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, PortError> {
        let object = match self.get(operation, key, None).await {
            Ok(object) => object,
            Err(NotGot::Missing | NotGot::Replaced) => return Ok(None),
            Err(NotGot::Failed(error)) => return Err(error),
        };
        let bytes = object.body.collect().await.map_err(|error| PortError::new(operation, error))?;
        Ok(Some(bytes.to_vec()))
    }

    /// The keys under a prefix, in order.
    pub(crate) async fn list(&self, operation: &'static str, prefix: &str) -> Result<Vec<String>, PortError> {
        let request = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix);
        let mut pages = request.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| PortError::new(operation, error))?;
            keys.extend(page.contents().iter().filter_map(|object| object.key().map(str::to_owned)));
        }
        Ok(keys)
    }

    pub(crate) async fn put(
        &self,
        operation: &'static str,
        key: &str,
        content_type: &str,
        bytes: Vec<u8>,
    ) -> Result<(), PortError> {
        let request = self.client.put_object().bucket(&self.bucket).key(key).content_type(content_type);
        let sent = request.body(ByteStream::from(bytes)).send().await;
        sent.map(drop).map_err(|error| PortError::new(operation, error))
    }

    /// Begins to put a large object.
    pub(crate) async fn begin(
        &self,
        operation: &'static str,
        key: &str,
        content_type: &str,
    ) -> Result<Upload, PortError> {
        Upload::begin(&self.client, operation, (&self.bucket, key), content_type).await
    }

    /// A link that reads an object. Nothing is sent, nor is it checked that there is one.
    pub(crate) async fn sign(
        &self,
        operation: &'static str,
        key: &str,
        signing: PresigningConfig,
    ) -> Result<String, PortError> {
        let signed = self.client.get_object().bucket(&self.bucket).key(key).presigned(signing).await;
        signed.map(|signed| signed.uri().to_owned()).map_err(|error| PortError::new(operation, error))
    }
}

fn not_got(operation: &'static str, error: SdkError<GetObjectError>) -> NotGot {
    match error.as_service_error().and_then(ProvideErrorMetadata::code) {
        Some("NoSuchKey") => NotGot::Missing,
        Some("PreconditionFailed") => NotGot::Replaced,
        _ => NotGot::Failed(PortError::new(operation, error)),
    }
}
