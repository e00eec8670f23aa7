//! A mail as its item holds it.

use domain::mail::{DueMail, MailId, Template};
use usecases::ports::{MailEntry, MailState, PortError};

use crate::attributes::{BadItem, Item, get_number, get_text, number, text};
use crate::keys;

pub(super) const STATE: &str = "state";
pub(super) const REVISION: &str = "revision";
pub(super) const HOLDER: &str = "holder";
pub(super) const AT: &str = "at";
pub(super) const TO: &str = "to";
pub(super) const MAIL: &str = "mail";
const TEMPLATE: &str = "template";

/// A mail that nobody has tried yet.
pub(crate) fn new_mail(due: &DueMail, now: u32) -> Result<Item, PortError> {
    let json = serde_json::to_string(&due.mail).map_err(|error| PortError::new("write a mail", error))?;
    let mut item = keys::mail(due.id.as_str()).attributes();
    item.insert(STATE.to_owned(), text(word(MailState::Pending { not_before: now })));
    item.insert(AT.to_owned(), number(now));
    item.insert(REVISION.to_owned(), number(0));
    item.insert(TEMPLATE.to_owned(), text(due.mail.template().as_str()));
    item.insert(TO.to_owned(), text(due.to.as_str()));
    item.insert(MAIL.to_owned(), text(json));
    Ok(item)
}

/// The word of a state.
pub(super) const fn word(state: MailState) -> &'static str {
    match state {
        MailState::Pending { .. } => "pending",
        MailState::Sending { .. } => "sending",
        MailState::Unknown { .. } => "unknown",
        MailState::Sent => "sent",
        MailState::Failed => "failed",
        MailState::Suppressed => "suppressed",
    }
}

/// When something is to be done with a mail in this state; none where nothing is.
pub(super) const fn instant(state: MailState) -> Option<u32> {
    match state {
        MailState::Pending { not_before: at }
        | MailState::Sending { lease_until: at }
        | MailState::Unknown { resend_at: Some(at) } => Some(at),
        _ => None,
    }
}

/// Reads an item.
pub(super) fn entry(id: &MailId, item: &Item) -> Result<MailEntry, BadItem> {
    let count = |name| get_number(item, name).and_then(|n| u32::try_from(n).map_err(|_| BadItem(name)));
    let template = get_text(item, TEMPLATE)?;
    let template =
        Template::ALL.into_iter().find(|known| known.as_str() == template).ok_or(BadItem(TEMPLATE))?;
    Ok(MailEntry {
        id: id.clone(),
        template,
        state: state(item)?,
        unknowns: count("unknowns")?,
        deferrals: count("deferrals")?,
        revision: count(REVISION)?,
        due: due(id, item)?,
    })
}

fn state(item: &Item) -> Result<MailState, BadItem> {
    let at = u32::try_from(get_number(item, AT)?).map_err(|_| BadItem(AT))?;
    Ok(match get_text(item, STATE)? {
        "pending" => MailState::Pending { not_before: at },
        "sending" => MailState::Sending { lease_until: at },
        "unknown" => MailState::Unknown { resend_at: item.contains_key(AT).then_some(at) },
        "sent" => MailState::Sent,
        "failed" => MailState::Failed,
        "suppressed" => MailState::Suppressed,
        _ => return Err(BadItem(STATE)),
    })
}

fn due(id: &MailId, item: &Item) -> Result<Option<DueMail>, BadItem> {
    if !item.contains_key(MAIL) {
        return Ok(None);
    }
    let to = get_text(item, TO)?.parse().map_err(|_| BadItem(TO))?;
    let mail = serde_json::from_str(get_text(item, MAIL)?).map_err(|_| BadItem(MAIL))?;
    Ok(Some(DueMail { id: id.clone(), to, mail }))
}
