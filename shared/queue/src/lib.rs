//! Ports over SQS and SNS: the queues of mails, scans and calls of webhooks, the topic of events, what SES tells.
//!
//! Both deliver at least once, and neither promises an order: nothing here makes up for it, since the ledger of mails
//! and the ids of events do.

mod events;
mod mails;
mod scans;
mod ses_events;
mod webhooks;

pub use events::EventTopic;
pub use mails::{MailMessage, MailQueue};
pub use scans::{ScanMessage, ScanQueue};
pub use ses_events::{NotAnEvent, ses_event};
pub use webhooks::{WebhookMessage, WebhookQueue};
