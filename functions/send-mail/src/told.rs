//! Tells the log why a mail was not written or not taken: the ledger keeps one word of it.

use async_trait::async_trait;
use domain::mail::DueMail;
use jiff::Timestamp;
use runtime::telemetry;
use usecases::ports::{ComposeMail, ComposedMail, HandOverError, HandOverMail, PortError};

/// Whatever it wraps, with its failures in the log. They name no address: transports see to it.
pub(crate) struct Told<T>(pub(crate) T);

impl<T: ComposeMail> ComposeMail for Told<T> {
    fn compose(&self, due: &DueMail, attachment: Option<&[u8]>, at: Timestamp) -> Result<Vec<u8>, PortError> {
        self.0.compose(due, attachment, at).inspect_err(|error| {
            tracing::error!(mail.id = %due.id, error.causes = telemetry::chain(error), "mail not written");
        })
    }
}

#[async_trait]
impl HandOverMail for Told<Box<dyn HandOverMail>> {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        let outcome = self.0.hand_over(mail).await;
        outcome.inspect_err(|error| {
            tracing::warn!(mail.id = %mail.id, error.causes = telemetry::chain(error), "mail not taken");
        })
    }
}
