//! The environment of a function: what Lambda gives it, and what the template does.

use super::lambda::Lambda;
use super::stores::Stores;

/// The variables of a function. It gets those of all functions: which of them it reads is compared with the template
/// elsewhere.
pub(crate) fn of(function: &str, stores: &Stores, lambda: &Lambda) -> Vec<(&'static str, String)> {
    let mut variables: Vec<(&'static str, String)> = [
        ("AWS_LAMBDA_FUNCTION_NAME", function),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
        ("AWS_LAMBDA_RUNTIME_API", &lambda.address),
        ("AWS_REGION", "eu-west-3"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_SESSION_TOKEN", "test"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_ENDPOINT_URL_DYNAMODB", &stores.dynamodb),
        ("AWS_ENDPOINT_URL_S3", &stores.others),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", &stores.others),
        ("AWS_ENDPOINT_URL_SNS", &stores.others),
        ("AWS_ENDPOINT_URL_SQS", &stores.others),
        ("STAGE", "recette"),
        ("RUST_LOG", "info"),
        ("APP_VERSION", "bench"),
        ("APPLY_TEST_SECRET_ARN", "apply"),
        ("PUBLIC_URL", "https://exemple.invalid"),
        ("POSTINGS_TABLE", "postings"),
        ("RECORDS_TABLE", "records"),
        ("LEDGER_TABLE", "ledger"),
        ("DATA_BUCKET", "data"),
        ("CV_BUCKET", "cvs"),
        ("STORE_REPORTS_CAPACITY", "true"),
        ("CONTACT_SECRET_ARN", "contacts"),
        ("CURSOR_SECRET_ARN", "cursors"),
        ("ENDPOINT_SECRET_ARN", "endpoints"),
        ("LINK_SECRET_ARN", "links"),
        ("PERSON_SECRET_ARN", "people"),
        ("WEBHOOK_REACH", "public"),
        ("MAIL_WEBHOOK_SECRET_ARN", "mail-webhook"),
        ("MAIL_QUEUE_URL", &stores.others),
        ("SCAN_QUEUE_URL", &stores.others),
        ("WEBHOOK_QUEUE_URL", &stores.others),
        ("EVENTS_TOPIC_ARN", "events"),
        ("MAIL_TRANSPORT", "ses"),
        ("MAIL_FROM", "ne-pas-repondre@exemple.invalid"),
        ("PAGES_URL", "https://exemple.invalid"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into();
    if let Some(roots) = &stores.roots {
        variables.push(("SSL_CERT_FILE", roots.display().to_string()));
    }
    variables
}
