//! Domain events: what happened, told to whoever follows. Ids and facts only, no personal data.

mod application;
mod appointment;
mod mail;
mod offer;
mod schema;
mod webhook;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use application::{ApplicationAnswer, ApplicationAnswered, ApplicationMoved, ApplicationSubmitted};
pub use appointment::{AppointmentAnswered, AppointmentMoved, AppointmentPicked, AppointmentRequested};
pub use mail::{BounceReason, MailBounced};
pub use offer::{ClosingReason, OfferClosed, OfferPublished};
pub use webhook::{DisabledReason, WebhookDisabled};

/// The version of these messages. A field or a type may be added to a version; anything else makes a new one.
pub const EVENT_VERSION: u16 = 1;

/// A message of the topic `events`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventMessage {
    /// Its id, the same however often it is delivered: consumers ignore what they have seen.
    #[schemars(example = &"cd1f6e02a96a4f2d8f3a5c1b7e90d264")]
    pub id: String,
    /// [`EVENT_VERSION`].
    #[schemars(schema_with = "schema::version")]
    pub version: u16,
    /// When it happened.
    #[serde(with = "crate::date::iso_form")]
    #[schemars(schema_with = "schema::instant")]
    pub occurred_at: Timestamp,
    /// The partner through whom it happened; none when through none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", example = &"partenaire-invente")]
    pub partner: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What may happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "data")]
pub enum Event {
    /// An offer can be found by searches from now on.
    #[serde(rename = "offer.published")]
    OfferPublished(OfferPublished),
    /// An offer can be found no more.
    #[serde(rename = "offer.closed")]
    OfferClosed(OfferClosed),
    /// Somebody applied.
    #[serde(rename = "application.submitted")]
    ApplicationSubmitted(ApplicationSubmitted),
    /// The recruiter's mail provider has an application.
    #[serde(rename = "application.delivered")]
    ApplicationDelivered(ApplicationMoved),
    /// An application will not reach the recruiter: the address takes no mails, or the mail could not be sent.
    #[serde(rename = "application.bounced")]
    ApplicationBounced(ApplicationMoved),
    /// An application goes nowhere: its CV was not taken.
    #[serde(rename = "application.refused")]
    ApplicationRefused(ApplicationMoved),
    /// A recruiter answered an application.
    #[serde(rename = "application.answered")]
    ApplicationAnswered(ApplicationAnswered),
    /// Somebody asked for an appointment about a training.
    #[serde(rename = "appointment.requested")]
    AppointmentRequested(AppointmentRequested),
    /// A training centre answered a request for an appointment.
    #[serde(rename = "appointment.answered")]
    AppointmentAnswered(AppointmentAnswered),
    /// Who asked for an appointment picked one of the slots that were proposed.
    #[serde(rename = "appointment.picked")]
    AppointmentPicked(AppointmentPicked),
    /// Who asked for an appointment took it back.
    #[serde(rename = "appointment.withdrawn")]
    AppointmentWithdrawn(AppointmentMoved),
    /// A request for an appointment did not reach the training centre.
    #[serde(rename = "appointment.undelivered")]
    AppointmentUndelivered(AppointmentMoved),
    /// A mail did not arrive, and none is sent to its address any more.
    #[serde(rename = "mail.bounced")]
    MailBounced(MailBounced),
    /// A partner's webhook is called no more, until the partner says otherwise.
    #[serde(rename = "webhook.disabled")]
    WebhookDisabled(WebhookDisabled),
}

impl Event {
    /// Every type: a consumer ignores what is none of those it knows.
    pub const KINDS: [&str; 14] = [
        "offer.published",
        "offer.closed",
        "application.submitted",
        "application.delivered",
        "application.bounced",
        "application.refused",
        "application.answered",
        "appointment.requested",
        "appointment.answered",
        "appointment.picked",
        "appointment.withdrawn",
        "appointment.undelivered",
        "mail.bounced",
        "webhook.disabled",
    ];

    /// The type, as messages bear it and filter policies name it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OfferPublished(_) => "offer.published",
            Self::OfferClosed(_) => "offer.closed",
            Self::ApplicationSubmitted(_) => "application.submitted",
            Self::ApplicationDelivered(_) => "application.delivered",
            Self::ApplicationBounced(_) => "application.bounced",
            Self::ApplicationRefused(_) => "application.refused",
            Self::ApplicationAnswered(_) => "application.answered",
            Self::AppointmentRequested(_) => "appointment.requested",
            Self::AppointmentAnswered(_) => "appointment.answered",
            Self::AppointmentPicked(_) => "appointment.picked",
            Self::AppointmentWithdrawn(_) => "appointment.withdrawn",
            Self::AppointmentUndelivered(_) => "appointment.undelivered",
            Self::MailBounced(_) => "mail.bounced",
            Self::WebhookDisabled(_) => "webhook.disabled",
        }
    }
}
