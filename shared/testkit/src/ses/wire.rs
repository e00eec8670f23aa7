//! What the provider reads, and what it answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::email::Email;
use domain::mail::address_hash;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::{SesMail, SesOutcome, now};

/// The mail of a request, where it is one that we send.
pub(super) fn mail(body: &[u8]) -> Option<SesMail> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |path: &str| Some(body.pointer(path)?.as_str()?.to_owned());
    let tag = |name: &str| {
        let mut tags = body.get("EmailTags")?.as_array()?.iter();
        let tag = tags.find(|tag| tag.get("Name").is_some_and(|known| known == name))?;
        Some(tag.get("Value")?.as_str()?.to_owned())
    };
    Some(SesMail {
        mail_id: tag("mail-id")?,
        template: tag("template")?,
        earlier: 0,
        to: text("/Destination/ToAddresses/0")?,
        message: STANDARD.decode(text("/Content/Raw/Data")?).ok()?,
        configuration_set: text("/ConfigurationSetName"),
        at: now(),
    })
}

/// The journal for those who read it from outside: addresses as their hashes.
pub(super) fn told(journal: &[(SesMail, SesOutcome)]) -> Response<Full<Bytes>> {
    let entry = |(mail, outcome): &(SesMail, SesOutcome)| {
        let to_hash = mail.to.parse::<Email>().map(|to| address_hash(&to)).unwrap_or_default();
        let at = mail.at.as_millis() as u64;
        json!({ "mail_id": mail.mail_id, "to_hash": to_hash, "at": at, "outcome": outcome.as_str() })
    };
    answered(200, None, &journal.iter().map(entry).collect())
}

/// What a mail that was taken says, as its receiver has it.
pub(super) fn message(journal: &[(SesMail, SesOutcome)], mail_id: &str) -> Response<Full<Bytes>> {
    let taken = journal.iter().find(|(mail, outcome)| mail.mail_id == mail_id && outcome.is_taken());
    let Some((mail, _)) = taken else { return error(404, "NotFoundException", "no such mail was taken") };
    let message = Full::new(Bytes::from(mail.message.clone()));
    Response::builder().header("content-type", "message/rfc822").body(message).expect("a whole answer")
}

pub(super) fn error(status: u16, kind: &str, message: &str) -> Response<Full<Bytes>> {
    answered(status, Some(kind), &json!({ "message": message }))
}

pub(super) fn answered(status: u16, kind: Option<&str>, body: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status).header("content-type", "application/json");
    if let Some(kind) = kind {
        response = response.header("x-amzn-errortype", kind);
    }
    response.body(Full::new(Bytes::from(body.to_string()))).expect("a whole answer")
}
