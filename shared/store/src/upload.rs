//! An object put in parts.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use usecases::ports::PortError;

/// An upload under way. Dropped before it is complete, it leaves no object.
pub(crate) struct Upload {
    client: Client,
    operation: &'static str,
    bucket: String,
    key: String,
    id: String,
    parts: Vec<CompletedPart>,
}

impl Upload {
    pub(crate) async fn begin(
        client: &Client,
        operation: &'static str,
        (bucket, key): (&str, &str),
        content_type: &str,
    ) -> Result<Self, PortError> {
        let request = client.create_multipart_upload().bucket(bucket).key(key).content_type(content_type);
        let begun = request.send().await.map_err(|error| PortError::new(operation, error))?;
        let id =
            begun.upload_id.ok_or_else(|| PortError::new(operation, "the bucket gave the upload no id"))?;
        Ok(Self {
            client: client.clone(),
            operation,
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            id,
            parts: Vec::new(),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) async fn add(&mut self, bytes: Vec<u8>) -> Result<(), PortError> {
        let number = i32::try_from(self.parts.len() + 1).unwrap_or(i32::MAX);
        let request = self.client.upload_part().bucket(&self.bucket).key(&self.key).upload_id(&self.id);
        let sent = request.part_number(number).body(ByteStream::from(bytes)).send().await;
        let sent = sent.map_err(|error| PortError::new(self.operation, error))?;
        let part = CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag);
        self.parts.push(part.set_checksum_crc32(sent.checksum_crc32).build());
        Ok(())
    }

    pub(crate) async fn complete(self) -> Result<(), PortError> {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(self.parts)).build();
        let request = self.client.complete_multipart_upload().bucket(self.bucket).key(self.key);
        let sent = request.upload_id(self.id).multipart_upload(parts).send().await;
        sent.map(drop).map_err(|error| PortError::new(self.operation, error))
    }
}
