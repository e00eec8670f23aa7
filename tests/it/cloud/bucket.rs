//! The data bucket, as the owner of a feed sees it: a file goes in, a report comes out.

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use runtime::clients::Clients;
use serde_json::Value;
use uuid::Uuid;

use super::{eventually, variable};

/// The data bucket.
pub(crate) struct Bucket {
    client: Client,
    name: String,
}

/// A name that no other run has.
pub(crate) fn unique(prefix: &str) -> String {
    format!("{prefix}-{}", &Uuid::new_v4().simple().to_string()[..16])
}

impl Bucket {
    /// The one that the environment names.
    pub(crate) async fn deployed() -> Self {
        let name = variable("DATA_BUCKET");
        variable("AWS_ENDPOINT_URL");
        Self { client: Clients::load().await.s3(), name }
    }

    /// Puts a feed file and waits for the report of this load.
    pub(crate) async fn load(&self, key: &str, file: Vec<u8>, force: bool) -> Value {
        let load_id = Uuid::new_v4().to_string();
        let mut put = self.client.put_object().bucket(&self.name).key(key).metadata("load-id", &load_id);
        if force {
            put = put.metadata("force", "true");
        }
        put.body(ByteStream::from(file)).send().await.expect("the bucket takes a file");
        let report = format!("reports/{key}.json");
        eventually(&format!("{report} of this load"), async || {
            let report: Value = serde_json::from_slice(&self.get(&report).await?).unwrap();
            (report["load_id"] == load_id.as_str()).then_some(report)
        })
        .await
    }

    /// What is in an object; none when it is not there.
    pub(crate) async fn get(&self, key: &str) -> Option<Vec<u8>> {
        let object = match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(object) => object,
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => {
                return None;
            }
            Err(error) => panic!("{key}: {error:?}"),
        };
        Some(object.body.collect().await.unwrap().to_vec())
    }
}
