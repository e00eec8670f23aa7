//! AWS clients, made once, when a function starts.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use usecases::partners::Partners;

use crate::Error;

/// One attempt of a call, in seconds: far above any answer that still helps the caller.
const ATTEMPT_SECONDS: u64 = 5;
/// Attempts of a call, the first included.
const ATTEMPTS: u32 = 4;

/// How long a start waits for its first connection: without one a function works as well, only later.
const WARM_UP: Duration = Duration::from_secs(1);

/// Opens the connection that the first request will use.
pub async fn warm_up(partners: &Partners) {
    // Too late is no failure: the request opens its own.
    let _ = tokio::time::timeout(WARM_UP, partners.warm_up()).await;
}

/// Makes clients from one configuration: region, credentials and endpoint come from the environment.
#[derive(Debug, Clone)]
pub struct Clients {
    config: SdkConfig,
}

impl Clients {
    /// Reads the configuration.
    pub async fn load() -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(ATTEMPT_SECONDS))
            .build();
        let config = aws_config::defaults(BehaviorVersion::latest())
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .timeout_config(timeouts)
            .load()
            .await;
        Self { config }
    }

    /// DynamoDB.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.config)
    }

    /// S3. A feed of hundreds of MB streams longer than one attempt may last, so only connecting is bounded.
    /// An endpoint of our own has no host name per bucket.
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let timeouts = TimeoutConfig::builder().connect_timeout(Duration::from_secs(1)).build();
        let config = aws_sdk_s3::config::Builder::from(&self.config)
            .timeout_config(timeouts)
            .force_path_style(self.config.endpoint_url().is_some())
            .build();
        aws_sdk_s3::Client::from_conf(config)
    }

    /// SNS.
    pub fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::new(&self.config)
    }

    /// SQS.
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.config)
    }

    /// The configuration itself, for a client that retries otherwise.
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The text of a secret.
    pub async fn secret(&self, arn: &str) -> Result<String, Error> {
        let value = self.secrets().get_secret_value().secret_id(arn).send().await?;
        Ok(value.secret_string().ok_or("a secret is no text")?.to_owned())
    }

    /// Secrets Manager.
    pub fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        aws_sdk_secretsmanager::Client::new(&self.config)
    }
}
