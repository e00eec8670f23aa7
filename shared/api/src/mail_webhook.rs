//! What a mail provider posts of a mail (contract 3.5): the events of Brevo.

use domain::email::Email;
use domain::event::BounceReason;
use serde::Deserialize;
use usecases::mail_events::{Fate, MailEvent};

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

/// The query parameter that carries the secret.
pub const SECRET_PARAMETER: &str = "apiKey";
const NOT_AN_EVENT: &str =
    "Le corps doit être un événement : un objet JSON avec au moins `event` et `email`.";

/// Of the fields of the contract, those that something follows from. The others are let through, since a provider adds
/// to them as it likes.
#[derive(Deserialize)]
struct Told {
    event: String,
    email: String,
    #[serde(rename = "message-id", default)]
    message_id: Option<String>,
}

/// Reads an event. One that is not known is none the less an event: nothing follows from it.
pub fn event(request: &Request) -> Result<MailEvent, ApiError> {
    let body = request.body.as_deref().unwrap_or_default();
    let told: Told = serde_json::from_slice(body).map_err(|_| {
        let issues = vec![Issue::wrong_type("object", NOT_AN_EVENT)];
        ApiError::from(Schema { context: Context::Body, issues })
    })?;
    let provider_id = told.message_id.unwrap_or_default();
    Ok(MailEvent {
        // Our own message ids are the id of the mail at our domain.
        mail_id: provider_id.trim_start_matches('<').split('@').next().and_then(|id| id.parse().ok()),
        provider_id,
        addresses: told.email.parse::<Email>().into_iter().collect(),
        fate: fate(&told.event),
    })
}

fn fate(event: &str) -> Fate {
    match event {
        "delivered" | "request" | "click" | "unique_opened" | "opened" => Fate::Taken,
        "hard_bounce" | "blocked" | "invalid_email" => Fate::Returned(BounceReason::HardBounce),
        "spam" | "complaint" => Fate::Returned(BounceReason::Complaint),
        "unsubscribed" => Fate::Returned(BounceReason::Unsubscribed),
        _ => Fate::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<MailEvent, ApiError> {
        event(&Request { body: Some(body.as_bytes().to_vec()), ..Request::default() })
    }

    #[test]
    fn a_hard_bounce_names_the_mail_and_the_address() {
        let id = "0123456789abcdef0123456789abcdef";
        let told = read(&format!(
            r#"{{"event":"hard_bounce","email":"Rh@Exemple.invalid","id":1,"ts":2,"message-id":"<{id}@exemple.invalid>"}}"#
        ))
        .unwrap();
        assert_eq!(told.fate, Fate::Returned(BounceReason::HardBounce));
        assert_eq!(told.mail_id.unwrap().as_str(), id);
        assert_eq!(told.addresses, ["rh@exemple.invalid".parse().unwrap()]);
    }

    #[test]
    fn an_unknown_event_is_taken_and_nothing_follows_from_it() {
        let told = read(r#"{"event":"new_fancy_thing","email":"rh@exemple.invalid","new":[1]}"#).unwrap();
        assert_eq!((told.fate, told.mail_id), (Fate::Other, None));
    }

    #[test]
    fn what_is_no_event_is_refused() {
        for body in ["", "[]", "{}", r#"{"event":"spam"}"#] {
            assert!(matches!(read(body), Err(ApiError::Schema(_))), "{body}");
        }
    }
}
