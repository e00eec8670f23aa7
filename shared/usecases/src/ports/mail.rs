//! Mails on their way: the ledger that says where each stands, and whoever takes them.

use async_trait::async_trait;
use domain::application::ApplicationId;
use domain::appointment::AppointmentId;
use domain::email::Email;
use domain::mail::{DueMail, MailId, Template};
use jiff::Timestamp;

use super::PortError;

/// Where a mail stands. All instants are seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// Due, not before the instant given.
    Pending {
        /// When it may be tried, the first time or again.
        not_before: u32,
    },
    /// Somebody is handing it over, and has until the instant given.
    Sending {
        /// After it, nobody can know any more what became of it.
        lease_until: u32,
    },
    /// It was handed over and the answer was lost.
    Unknown {
        /// When it is sent once more unless the provider has told of it; none where it is left.
        resend_at: Option<u32>,
    },
    /// The provider took it.
    Sent,
    /// The provider refused it for good.
    Failed,
    /// Its address is written to no more.
    Suppressed,
}

impl MailState {
    /// Whether nothing will be done with it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Sent | Self::Failed | Self::Suppressed | Self::Unknown { resend_at: None })
    }
}

/// A mail as the ledger has it.
#[derive(Debug, Clone, PartialEq)]
pub struct MailEntry {
    /// Its id.
    pub id: MailId,
    /// Which one it is.
    pub template: Template,
    /// Where it stands.
    pub state: MailState,
    /// How often nobody could know what became of it.
    pub unknowns: u32,
    /// How often the provider was asked, and was busy or could not be reached.
    pub deferrals: u32,
    /// How often the ledger changed it: whoever changes it says which revision was seen.
    pub revision: u32,
    /// The application that it hands on, if it does.
    pub application: Option<ApplicationId>,
    /// The appointment that it asks for, if it does.
    pub appointment: Option<AppointmentId>,
    /// To whom and what; none once nothing will be done with it any more, since then nobody needs to know; none also once
    /// whoever it is about was forgotten.
    pub due: Option<DueMail>,
}

/// Reads the ledger.
#[async_trait]
pub trait FindMail: Send + Sync {
    /// The mail as it stands, strongly consistent.
    async fn find_mail(&self, id: &MailId) -> Result<Option<MailEntry>, PortError>;
}

/// A mail about to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartSending {
    /// The mail.
    pub id: MailId,
    /// The revision that was seen.
    pub seen: u32,
    /// Who hands it over: random, one for each attempt.
    pub holder: String,
    /// Until when.
    pub lease_until: u32,
    /// To whom: must not be suppressed.
    pub to: Email,
    /// Which one: says what kind of suppression counts.
    pub template: Template,
}

/// Whether a mail may be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// Yes, by this holder alone.
    Ours,
    /// Somebody else changed it meanwhile.
    Overtaken,
    /// Its address is suppressed; nothing was changed.
    Suppressed,
}

/// Takes a mail for sending.
#[async_trait]
pub trait TakeMail: Send + Sync {
    /// Makes it [`MailState::Sending`], one attempt more, on the conditions that it is as seen and that its address
    /// is not suppressed: all in one transaction.
    async fn take_mail(&self, start: &StartSending) -> Result<Started, PortError>;
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settle {
    /// The mail.
    pub id: MailId,
    /// The revision that was seen: the one that taking it made, where it was taken.
    pub seen: u32,
    /// Who says so: random, so that saying it twice is no conflict.
    pub holder: String,
    /// Where it stands now. [`MailState::Sending`] is taken, not settled.
    pub state: MailState,
    /// Whether it counts among the times the mail was put off: it does where the provider was asked.
    pub deferral: bool,
    /// The provider's id, where it gave one.
    pub provider_id: Option<String>,
    /// Why, in a word that logs may carry.
    pub reason: Option<&'static str>,
    /// When, in seconds since 1970.
    pub now: u32,
}

/// Tells the ledger what became of a mail.
#[async_trait]
pub trait SettleMail: Send + Sync {
    /// Changes it on the condition that it is as seen. False where somebody else changed it meanwhile. A final state
    /// erases address and content.
    async fn settle_mail(&self, settle: &Settle) -> Result<bool, PortError>;
}

/// Tells the ledger that the provider has a mail after all.
#[async_trait]
pub trait ConfirmSent: Send + Sync {
    /// Makes a mail [`MailState::Sent`] whose fate was not known or not told yet; leaves any other as it is.
    async fn confirm_sent(&self, id: &MailId, provider_id: Option<&str>, now: u32) -> Result<(), PortError>;
}

/// Writes a mail as a message.
pub trait ComposeMail: Send + Sync {
    /// The message as it goes over the wire (RFC 5322). `at` is its date, `attachment` what goes with it: the CV of an
    /// application, whose name and media type the mail tells. A mail that has a CV is an error without it, any other
    /// is one with it; an invitation is written of what the mail tells.
    fn compose(&self, due: &DueMail, attachment: Option<&[u8]>, at: Timestamp) -> Result<Vec<u8>, PortError>;
}

/// A message and its envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct ComposedMail {
    /// The mail: the provider tells of it by this id.
    pub id: MailId,
    /// Which one.
    pub template: Template,
    /// To whom.
    pub to: Email,
    /// The message.
    pub message: Vec<u8>,
}

/// Why a provider did not take a mail, or may not have.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// It did not take it, and will later: it is throttling, or was not reached at all.
    #[error("the mail provider is busy or out of reach")]
    Later(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It will never take it.
    #[error("the mail provider refused the mail")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may have taken it: the answer was lost.
    #[error("the answer of the mail provider was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Hands mails to whoever delivers them.
#[async_trait]
pub trait HandOverMail: Send + Sync {
    /// The provider's id of the mail.
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError>;
}

/// How our mails of the last day fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reputation {
    /// Taken by the provider.
    pub sent: u64,
    /// Came back for good.
    pub bounced: u64,
    /// Reported as spam.
    pub complained: u64,
}

/// Reads how our mails fared.
#[async_trait]
pub trait ReadReputation: Send + Sync {
    /// Of the 24 hours before `now`, in seconds since 1970.
    async fn reputation(&self, now: u32) -> Result<Reputation, PortError>;
}

/// Counts mails that were sent.
#[async_trait]
pub trait CountSent: Send + Sync {
    /// Adds `sent` to the hour of `now`. Not exact: a repeated call counts twice, a lost one not at all.
    async fn count_sent(&self, sent: u32, now: u32) -> Result<(), PortError>;
}
