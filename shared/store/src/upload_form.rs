//! The form by which somebody puts one file into the bucket of CVs: a presigned POST of S3, which is the one that can say
//! how large the file must be.
//!
//! The SDK signs links but no forms. A form is a policy, what must be true of the request, signed as everything is
//! (AWS Signature Version 4).

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use usecases::ports::{NewUpload, PortError, PrepareUpload, UploadForm};

const OPERATION: &str = "prepare an upload";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// S3, as signatures name it.
const SERVICE: &str = "s3";

/// Makes forms for one bucket.
#[derive(Debug, Clone)]
pub struct UploadForms {
    client: Client,
    bucket: String,
    credentials: SharedCredentialsProvider,
}

impl UploadForms {
    /// For this bucket. Signed with `credentials`, whose rights whoever has the form uses, and with which it ends, should
    /// they end sooner.
    pub fn new(client: Client, bucket: impl Into<String>, credentials: SharedCredentialsProvider) -> Self {
        Self { client, bucket: bucket.into(), credentials }
    }

    /// Where the bucket takes forms. Only the SDK knows, so it is asked for a link to an object, of which the bucket is the
    /// beginning.
    async fn url(&self, key: &str) -> Result<String, PortError> {
        let signing = PresigningConfig::expires_in(Duration::from_mins(1));
        let signing = signing.map_err(|error| PortError::new(OPERATION, error))?;
        let link = self.client.put_object().bucket(&self.bucket).key(key).presigned(signing).await;
        let link = link.map_err(|error| PortError::new(OPERATION, error))?;
        let object = link.uri().split('?').next().unwrap_or_default();
        let bucket = object.strip_suffix(key);
        bucket.map(str::to_owned).ok_or_else(|| PortError::new(OPERATION, "a link without its key"))
    }
}

#[async_trait]
impl PrepareUpload for UploadForms {
    async fn prepare_upload(&self, new: &NewUpload) -> Result<UploadForm, PortError> {
        let credentials = self.credentials.provide_credentials().await;
        let credentials = credentials.map_err(|error| PortError::new(OPERATION, error))?;
        let region = self.client.config().region().map_or("", AsRef::as_ref);
        let url = self.url(&new.key).await?;
        Ok(UploadForm { url, fields: fields(&self.bucket, region, &credentials, new) })
    }
}

/// The fields of the form, the policy and its signature among them.
fn fields(
    bucket: &str,
    region: &str,
    credentials: &Credentials,
    new: &NewUpload,
) -> BTreeMap<&'static str, String> {
    let now = new.now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let day = now.split('T').next().unwrap_or_default();
    let scope = format!("{}/{day}/{region}/{SERVICE}/aws4_request", credentials.access_key_id());
    let mut fields = BTreeMap::from([
        ("key", new.key.clone()),
        ("Content-Type", new.media_type.to_owned()),
        ("x-amz-algorithm", ALGORITHM.to_owned()),
        ("x-amz-credential", scope),
        ("x-amz-date", now),
    ]);
    fields.extend(credentials.session_token().map(|token| ("x-amz-security-token", token.to_owned())));
    let policy = STANDARD.encode(policy(bucket, &fields, new).to_string());
    let signature = signature(&policy, credentials.secret_access_key(), region, new.now);
    fields.extend([("policy", policy), ("x-amz-signature", signature)]);
    fields
}

/// What must be true: each field as it is, and nothing beside; the size of the file; the time.
fn policy(bucket: &str, fields: &BTreeMap<&'static str, String>, new: &NewUpload) -> Value {
    let mut conditions = vec![json!({"bucket": bucket}), json!(["content-length-range", new.size, new.size])];
    conditions.extend(fields.iter().map(|(name, value)| json!({*name: value})));
    json!({"expiration": new.until.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), "conditions": conditions})
}

/// Of a policy in base64, which is the string to sign as it stands.
fn signature(policy: &str, secret: &str, region: &str, now: Timestamp) -> String {
    let now = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
    let key = generate_signing_key(secret, SystemTime::UNIX_EPOCH + now, region, SERVICE);
    calculate_signature(key, policy.as_bytes())
}

#[cfg(test)]
mod tests;
