//! Files that strangers put into the bucket in memory, by a form that somebody signed.

use std::collections::BTreeMap;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use usecases::ports::{DeleteCv, DeleteUpload, GetUpload, PortError};

use crate::MemoryBucket;

/// Fields that no condition speaks of: the policy itself, and what is made of it.
const APART: [&str; 2] = ["policy", "x-amz-signature"];

impl MemoryBucket {
    /// Posts a form with a file, and gives the status that S3 answers: the policy holds, whoever has signed it.
    pub fn post(&self, fields: &BTreeMap<String, String>, file: &[u8], now: Timestamp) -> u16 {
        let policy = STANDARD.decode(&fields["policy"]).expect("a policy is base64");
        let policy: Value = serde_json::from_slice(&policy).expect("a policy is JSON");
        let until = policy.get("expiration").and_then(Value::as_str).expect("it ends");
        let until: Timestamp = until.parse().expect("at a time");
        let conditions = policy.get("conditions").and_then(Value::as_array).expect("it has conditions");
        let is_spoken_of = |name: &String| conditions.iter().any(|condition| condition.get(name).is_some());
        let is_closed = fields.keys().all(|name| APART.contains(&name.as_str()) || is_spoken_of(name));
        let is_so = |condition: &Value| match condition {
            Value::Object(of) => of.iter().all(|(name, value)| {
                name == "bucket" || fields.get(name).is_some_and(|field| value == field)
            }),
            // The size, which is looked at last.
            Value::Array(_) => true,
            _ => false,
        };
        if now >= until || !is_closed || !conditions.iter().all(is_so) {
            return 403;
        }
        let range = conditions.iter().find_map(Value::as_array).expect("it says how large the file is");
        let [_, least, most] = range.as_slice() else { panic!("a range is a word and two sizes") };
        let size = Some(file.len() as u64);
        if size < least.as_u64() || size > most.as_u64() {
            return 400;
        }
        self.put_bytes(&fields["key"], file);
        204
    }
}

#[async_trait]
impl GetUpload for MemoryBucket {
    async fn get_upload(&self, key: &str, most: usize) -> Result<Option<Vec<u8>>, PortError> {
        Ok(self.bytes(key).filter(|bytes| bytes.len() <= most))
    }
}

#[async_trait]
impl DeleteUpload for MemoryBucket {
    async fn delete_upload(&self, key: &str) -> Result<(), PortError> {
        self.delete_cv(key).await
    }
}
