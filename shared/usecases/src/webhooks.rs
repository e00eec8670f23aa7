//! Partners are told of what happens, at addresses of their own: each event at least once, under an id that stays the
//! same, signed.
//!
//! As with mails the ledger is the schedule and the queue a hint. Unlike a mail, a message that comes twice does no harm,
//! since whoever gets it knows its id: so one whose fate nobody can know is simply sent again.

mod file;
mod manage;
mod send;
mod test;

pub use file::FileWebhooks;
pub use manage::{ManageError, ManageWebhooks, WebhookFields};
pub use send::{LEASE_SECONDS, Outcome, SendWebhook, Sent};
pub use test::{TestError, TestWebhook, Tested};

use domain::webhook::WebhookSecret;

use crate::ports::SignedMessage;

/// Signs a message as it is sent now.
fn signed(secret: &WebhookSecret, id: &str, timestamp: u32, body: &str) -> SignedMessage {
    let signature = secret.sign(id, timestamp, body);
    SignedMessage { id: id.to_owned(), timestamp, signature, body: body.to_owned() }
}
