//! Mails over Amazon SES.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::http::HttpResponse;
use aws_sdk_sesv2::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::{Builder, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_sesv2::error::{BoxError, BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError as Refusal;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};
use domain::email::Email;
use domain::mail::MAIL_ID_TAG;
use hyper_util::client::legacy;
use usecases::ports::{ComposedMail, HandOverError, HandOverMail};

use crate::address::on_the_wire;

/// Hands mails to SES. Each carries the tags `mail-id` and `template`, by which SES tells what became of it.
#[derive(Debug, Clone)]
pub struct SesTransport {
    client: Client,
    from: Email,
    configuration_set: Option<String>,
}

impl SesTransport {
    /// From this address, of a configuration set where there is one.
    ///
    /// Whatever `config` says of retries, there are none: SES knows no idempotency, so that a second attempt after a
    /// lost answer could be a second mail. Whether to try again is for the ledger to say.
    pub fn new(config: Builder, from: Email, configuration_set: Option<String>) -> Self {
        let config = config.retry_config(RetryConfig::disabled()).build();
        Self { client: Client::from_conf(config), from, configuration_set }
    }
}

#[async_trait]
impl HandOverMail for SesTransport {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        let to = on_the_wire(&mail.to).map_err(|error| HandOverError::Refused(error.into()))?;
        let from = on_the_wire(&self.from).map_err(|error| HandOverError::Later(error.into()))?;
        let raw = RawMessage::builder().data(Blob::new(mail.message.clone()));
        let begun = Begun::default();
        let sent = self
            .client
            .send_email()
            .from_email_address(from.to_string())
            .destination(Destination::builder().to_addresses(to.to_string()).build())
            .content(EmailContent::builder().raw(built(raw.build())?).build())
            .email_tags(tag(MAIL_ID_TAG, mail.id.as_str())?)
            .email_tags(tag("template", mail.template.as_str())?)
            .set_configuration_set_name(self.configuration_set.clone())
            .customize()
            .interceptor(begun.clone())
            .send()
            .await;
        match sent {
            Ok(output) => Ok(output.message_id.unwrap_or_else(|| mail.id.to_string())),
            Err(error) => Err(meaning(&error, begun.is_set())(without_address(error))),
        }
    }
}

fn tag(name: &str, value: &str) -> Result<MessageTag, HandOverError> {
    built(MessageTag::builder().name(name).value(value).build())
}

/// What was built has all its fields; if ever one is missing, no later attempt helps.
fn built<T>(value: Result<T, BuildError>) -> Result<T, HandOverError> {
    value.map_err(|error| HandOverError::Refused(error.into()))
}

/// What an error means for the mail.
type Meaning = fn(BoxError) -> HandOverError;

/// Only what SES says and what cannot have reached it are sure: all else may be a mail that left.
fn meaning(error: &SdkError<Refusal, HttpResponse>, begun: bool) -> Meaning {
    match error {
        SdkError::ServiceError(answer) => said(answer.err(), answer.raw().status().as_u16()),
        _ if !begun || never_connected(error) => HandOverError::Later,
        _ => HandOverError::Lost,
    }
}

fn said(refusal: &Refusal, status: u16) -> Meaning {
    match refusal {
        // What is wrong with our account, domain or configuration set is no fault of the mail, and can be mended.
        Refusal::AccountSuspendedException(_)
        | Refusal::LimitExceededException(_)
        | Refusal::MailFromDomainNotVerifiedException(_)
        | Refusal::NotFoundException(_)
        | Refusal::SendingPausedException(_)
        | Refusal::TooManyRequestsException(_) => HandOverError::Later,
        Refusal::MessageRejected(rejected) if rejected.message().is_some_and(is_unverified) => {
            HandOverError::Later
        }
        Refusal::BadRequestException(_) | Refusal::MessageRejected(_) => HandOverError::Refused,
        other if other.code().is_some_and(|code| code.starts_with("Throttl")) => HandOverError::Later,
        // 401 and 403 are our credentials and permissions: no fault of the mail.
        _ => match status {
            401 | 403 | 429 => HandOverError::Later,
            400..=499 => HandOverError::Refused,
            _ => HandOverError::Lost,
        },
    }
}

/// SES has no code of its own for an identity that nobody verified yet.
fn is_unverified(message: &str) -> bool {
    message.contains("not verified")
}

/// SES said no. What else it says may hold the address that was written to, which belongs in no log.
#[derive(Debug, thiserror::Error)]
#[error("SES said {status} {code}")]
struct Said {
    status: u16,
    code: String,
}

fn without_address(error: SdkError<Refusal, HttpResponse>) -> BoxError {
    match &error {
        SdkError::ServiceError(answer) => {
            let code = answer.err().code().unwrap_or_default().to_owned();
            Said { status: answer.raw().status().as_u16(), code }.into()
        }
        _ => error.into(),
    }
}

/// Whether no connection was made: names that do not resolve, ports that refuse, handshakes that fail.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let is_connect = |cause: &legacy::Error| cause.is_connect();
    error.downcast_ref().is_some_and(is_connect) || error.source().is_some_and(never_connected)
}

/// Whether the request began to leave. Before it does, credentials are fetched, which can fail as well.
#[derive(Debug, Clone, Default)]
struct Begun(Arc<AtomicBool>);

impl Begun {
    fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Intercept for Begun {
    fn name(&self) -> &'static str {
        "Begun"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.store(true, Ordering::SeqCst);
        Ok(())
    }
}
