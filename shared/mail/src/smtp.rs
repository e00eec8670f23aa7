//! Mails over SMTP, step by step, so that it is known how far a mail got when the connection broke.

use std::io;
use std::time::Duration;

use async_trait::async_trait;
use domain::email::Email;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Code;
use tokio::time::timeout;
use url::Url;
use usecases::ports::{ComposedMail, HandOverError, HandOverMail};

use crate::address::{AddressError, on_the_wire};

/// How long it may take until the server asks for the message: nothing is lost when it is given up.
const OPENING: Duration = Duration::from_secs(10);
/// How long the server may take over the message: with the opening less than a sender of mails may live.
const TAKING: Duration = Duration::from_secs(15);
/// How long we wait for a good-bye.
const LEAVING: Duration = Duration::from_secs(1);

/// The address of the SMTP server is not usable.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUrlError {
    /// It is not `smtp://host:port`, for a server that asks for no password, or `smtps://user:password@host:port`.
    #[error("the address of the SMTP server is not smtp://host:port or smtps://user:password@host:port")]
    Url,
    /// The address that mails are from cannot be written.
    #[error("the address of the sender is not usable")]
    Sender,
    /// Certificates could not be read.
    #[error("could not set up TLS")]
    Tls(#[source] Error),
}

/// Hands mails to an SMTP server, a connection for each. `smtps` speaks TLS from the first byte.
pub struct SmtpTransport {
    server: (String, u16),
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    from: Address,
}

impl SmtpTransport {
    /// To the server at `url`; bounces go to `from`.
    pub fn new(url: &str, from: &Email) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(url).map_err(|_| SmtpUrlError::Url)?;
        let host = url.host_str().ok_or(SmtpUrlError::Url)?.trim_matches(['[', ']']).to_owned();
        let (default_port, tls) = match url.scheme() {
            // Without TLS everybody on the way would read the password.
            "smtp" if url.password().is_none() => (25, None),
            "smtps" => (465, Some(TlsParameters::new(host.clone()).map_err(SmtpUrlError::Tls)?)),
            _ => return Err(SmtpUrlError::Url),
        };
        let from = on_the_wire(from).map_err(|_| SmtpUrlError::Sender)?;
        let server = (host, url.port().unwrap_or(default_port));
        Ok(Self { server, tls, credentials: credentials(&url)?, from })
    }

    /// What goes wrong here is the server's state or our configuration, not the mail's fault.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let (host, port) = (self.server.0.as_str(), self.server.1);
        let hello = ClientId::default();
        let mut connection =
            AsyncSmtpConnection::connect_tokio1((host, port), Some(OPENING), &hello, self.tls.clone(), None)
                .await?;
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// Brings the server to ask for the message.
    async fn open(&self, to: &Address) -> Result<AsyncSmtpConnection, HandOverError> {
        let mut connection =
            self.connect().await.map_err(|error| HandOverError::Later(Failure::from(error).into()))?;
        let from = Some(self.from.clone());
        let refused = |error: Error| refused_or(HandOverError::Later, error);
        // Who refuses the sender refuses our configuration, not the mail.
        let mail = connection.command(Mail::new(from, Vec::new())).await;
        mail.map_err(|error| HandOverError::Later(Failure::from(error).into()))?;
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(refused)?;
        connection.command(Data).await.map_err(refused)?;
        Ok(connection)
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpUrlError> {
    let decoded = |text: &str| {
        let bytes = percent_encoding::percent_decode_str(text);
        bytes.decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| SmtpUrlError::Url)
    };
    url.password()
        .map(|password| Ok(Credentials::new(decoded(url.username())?, decoded(password)?)))
        .transpose()
}

/// What went wrong. What the server said besides may hold the address that was written to, which belongs in no log.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the SMTP server said {0}")]
    Said(Code),
    #[error("the connection to the SMTP server broke: {0}")]
    Broken(io::ErrorKind),
    #[error("the SMTP server could not be spoken to: {0}")]
    NotUnderstood(&'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let broken = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<io::Error>());
        match (error.status(), broken) {
            (Some(code), _) => Self::Said(code),
            (None, Some(broken)) => Self::Broken(broken.kind()),
            (None, None) if error.is_tls() => Self::NotUnderstood("TLS"),
            (None, None) if error.is_client() => Self::NotUnderstood("what it offers is not enough"),
            (None, None) => Self::NotUnderstood("its answer is incomplete or no SMTP"),
        }
    }
}

/// What an error means whose code does not say it.
type Otherwise = fn(Box<dyn std::error::Error + Send + Sync>) -> HandOverError;

/// 5xx is a refusal, 4xx a promise for later.
fn refused_or(otherwise: Otherwise, error: Error) -> HandOverError {
    let meaning = if error.is_permanent() {
        HandOverError::Refused
    } else if error.is_transient() {
        HandOverError::Later
    } else {
        otherwise
    };
    meaning(Failure::from(error).into())
}

#[async_trait]
impl HandOverMail for SmtpTransport {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        let to = on_the_wire(&mail.to).map_err(|error| HandOverError::Refused(error.into()))?;
        if !to.user().is_ascii() {
            return Err(HandOverError::Refused(AddressError.into()));
        }
        let opened = timeout(OPENING, self.open(&to)).await;
        let mut connection = opened.map_err(|late| HandOverError::Later(late.into()))??;
        let taken = timeout(TAKING, connection.message(&mail.message)).await;
        let answer = taken
            .map_err(|late| HandOverError::Lost(late.into()))?
            .map_err(|error| refused_or(HandOverError::Lost, error))?;
        // The mail is taken: how the connection ends changes nothing.
        let _ = timeout(LEAVING, connection.quit()).await;
        let last = answer.message().last().map(str::trim).filter(|line| !line.is_empty());
        Ok(last.map_or_else(|| mail.id.to_string(), str::to_owned))
    }
}
