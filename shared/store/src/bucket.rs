//! The data bucket: feeds come in, reports, lists of rows set aside, sketches and exports lie beside them.

use std::mem;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use futures::StreamExt;
use usecases::ports::{Pieces, PortError};

use crate::upload::Upload;

/// Bytes of a part, which is held in memory while it is sent. S3 takes none below 5 MiB but the last.
const PART: usize = 8 * 1024 * 1024;

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

    /// The whole of an object that strangers put; none when it is not there, or larger than that. No more is read of it.
    pub(crate) async fn get_bounded(
        &self,
        operation: &'static str,
        key: &str,
        most: usize,
    ) -> Result<Option<Vec<u8>>, PortError> {
        let mut object = match self.get(operation, key, None).await {
            Ok(object) => object,
            Err(NotGot::Missing | NotGot::Replaced) => return Ok(None),
            Err(NotGot::Failed(error)) => return Err(error),
        };
        let mut bytes = Vec::new();
        while let Some(piece) = object.body.next().await {
            bytes.extend(piece.map_err(|error| PortError::new(operation, error))?);
            if bytes.len() > most {
                return Ok(None);
            }
        }
        Ok(Some(bytes))
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

    /// Deletes an object; it is no error that there is none.
    pub(crate) async fn delete(&self, operation: &'static str, key: &str) -> Result<(), PortError> {
        let sent = self.client.delete_object().bucket(&self.bucket).key(key).send().await;
        sent.map(drop).map_err(|error| PortError::new(operation, error))
    }

    /// Puts an object that is made piece by piece, in parts: it appears once the last one is there. What an upload that
    /// broke has left is no object, and the bucket forgets it after two days.
    pub(crate) async fn put_pieces(
        &self,
        operation: &'static str,
        key: &str,
        content_type: &str,
        pieces: &mut Pieces<'_>,
    ) -> Result<(), PortError> {
        let mut upload = Upload::begin(&self.client, operation, (&self.bucket, key), content_type).await?;
        let mut part = Vec::with_capacity(PART + PART / 8);
        while let Some(piece) = pieces.next().await {
            part.extend(piece?);
            if part.len() >= PART {
                upload.add(mem::take(&mut part)).await?;
            }
        }
        // A file of no part is none: an empty one is sent as an empty part.
        if !part.is_empty() || upload.is_empty() {
            upload.add(part).await?;
        }
        upload.complete().await
    }

    /// Puts a copy of an object, of at most 5 GB, in place of another, at once.
    pub(crate) async fn copy(&self, operation: &'static str, from: &str, to: &str) -> Result<(), PortError> {
        let source = format!("{}/{from}", self.bucket);
        let request = self.client.copy_object().copy_source(source).bucket(&self.bucket).key(to);
        request.send().await.map(drop).map_err(|error| PortError::new(operation, error))
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
