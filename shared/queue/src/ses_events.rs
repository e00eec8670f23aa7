//! What SES tells of our mails, through its topic and queue.

use domain::event::BounceReason;
use domain::mail::MAIL_ID_TAG;
use serde::Deserialize;
use usecases::mail_events::{Fate, MailEvent};

/// What SES says, in plain text, when it is told of a topic.
const GREETING: &str = "Successfully validated SNS topic";

/// The message is no event of SES. What it is instead is not told, since it may hold an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an event of SES")]
pub struct NotAnEvent;

/// An event, as a configuration set publishes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(rename = "eventType")]
    kind: String,
    mail: Sent,
    #[serde(default)]
    bounce: Option<Bounce>,
    #[serde(default)]
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    message_id: String,
    #[serde(default)]
    tags: std::collections::HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    #[serde(rename = "bounceType")]
    kind: String,
    #[serde(rename = "bounceSubType", default)]
    cause: String,
    bounced_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complained_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

/// Reads the body of a message. Kinds of events that are not known are events from which nothing follows; a greeting is
/// no event.
pub fn ses_event(body: &str) -> Result<Option<MailEvent>, NotAnEvent> {
    if body.starts_with(GREETING) {
        return Ok(None);
    }
    let event: Event = serde_json::from_str(body).map_err(|_| NotAnEvent)?;
    let (fate, recipients) = match (event.kind.as_str(), event.bounce, event.complaint) {
        ("Bounce", Some(bounce), _) if bounce.kind == "Permanent" => {
            (Fate::Returned(BounceReason::HardBounce), bounce.bounced_recipients)
        }
        ("Complaint", _, Some(complaint)) => {
            (Fate::Returned(BounceReason::Complaint), complaint.complained_recipients)
        }
        // SES tells of these when it has given up. « General » is above all an answering machine.
        ("Bounce", Some(bounce), _) if bounce.cause != "General" => (Fate::Undelivered, Vec::new()),
        // Taken, then found to hold a virus.
        ("Reject", ..) => (Fate::Undelivered, Vec::new()),
        ("Bounce" | "Send" | "Delivery" | "Open" | "Click" | "DeliveryDelay", ..) => {
            (Fate::Taken, Vec::new())
        }
        _ => (Fate::Other, Vec::new()),
    };
    let tag = event.mail.tags.get(MAIL_ID_TAG).and_then(|values| values.first());
    Ok(Some(MailEvent {
        mail_id: tag.and_then(|id| id.parse().ok()),
        provider_id: event.mail.message_id,
        addresses: recipients.iter().filter_map(|recipient| recipient.email_address.parse().ok()).collect(),
        fate,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn read(event_type: &str, more: &str) -> MailEvent {
        ses_event(&format!(
            r#"{{"eventType":"{event_type}","mail":{{"messageId":"fake-ses-id","tags":{{"mail-id":["{ID}"]}}}}{more}}}"#
        ))
        .unwrap()
        .unwrap()
    }

    #[test]
    fn a_permanent_bounce_returns_and_a_transient_one_does_not_arrive_unless_it_is_an_answering_machine() {
        let of = |kind: &str, sub_type: &str| {
            let more = format!(
                r#","bounce":{{"bounceType":"{kind}","bounceSubType":"{sub_type}","bouncedRecipients":[{{"emailAddress":"Rh@exemple.invalid"}}]}}"#
            );
            read("Bounce", &more)
        };
        let permanent = of("Permanent", "General");
        assert_eq!(permanent.fate, Fate::Returned(BounceReason::HardBounce));
        assert_eq!(permanent.addresses, ["rh@exemple.invalid".parse().unwrap()]);
        assert_eq!(permanent.mail_id.unwrap().as_str(), ID);
        for (kind, sub_type) in [
            ("Transient", "AttachmentRejected"),
            ("Transient", "MailboxFull"),
            ("Undetermined", "Undetermined"),
        ] {
            let told = of(kind, sub_type);
            assert_eq!((told.fate, told.addresses), (Fate::Undelivered, Vec::new()), "{sub_type}");
        }
        assert_eq!(of("Transient", "General").fate, Fate::Taken);
        assert_eq!(read("Reject", r#","reject":{"reason":"Bad content"}"#).fate, Fate::Undelivered);
    }

    #[test]
    fn a_complaint_returns() {
        let more = r#","complaint":{"complainedRecipients":[{"emailAddress":"rh@exemple.invalid"}]}"#;
        assert_eq!(read("Complaint", more).fate, Fate::Returned(BounceReason::Complaint));
    }

    #[test]
    fn a_mail_that_was_sent_or_delivered_is_taken() {
        assert_eq!(["Send", "Delivery"].map(|kind| read(kind, "").fate), [Fate::Taken, Fate::Taken]);
    }

    #[test]
    fn a_greeting_is_no_event_and_no_error() {
        let greeting = "Successfully validated SNS topic for Amazon SES event publishing.";
        assert_eq!(ses_event(greeting).unwrap(), None);
    }

    #[test]
    fn an_unknown_kind_is_taken_note_of_and_text_that_is_no_event_is_an_error() {
        assert_eq!(read("Subscription", "").fate, Fate::Other);
        assert!(ses_event("{}").is_err());
    }
}
