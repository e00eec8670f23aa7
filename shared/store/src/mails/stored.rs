//! A mail as its item holds it.

use std::str::FromStr;

use domain::appointment::AppointmentId;
use domain::mail::{DueMail, Mail, MailId, Side, Template};
use domain::person::Person;
use usecases::ports::{MailEntry, MailState, PortError};

use crate::attributes::{BadItem, Item, bytes, get_bytes, get_number, get_text, number, text};
use crate::keys;

pub(super) const STATE: &str = "state";
pub(super) const REVISION: &str = "revision";
pub(super) const HOLDER: &str = "holder";
pub(super) const AT: &str = "at";
pub(super) const TO: &str = "to";
pub(super) const MAIL: &str = "mail";
pub(super) const PERSON: &str = "person";
const TEMPLATE: &str = "template";
const APPLICATION: &str = "application";
const APPOINTMENT: &str = "appointment";

/// A mail that nobody has tried yet.
pub(crate) fn new_mail(due: &DueMail, now: u32) -> Result<Item, PortError> {
    let json = serde_json::to_string(&due.mail).map_err(|error| PortError::new("write a mail", error))?;
    let mut item = keys::mail(due.id.as_str()).attributes();
    item.insert(STATE.to_owned(), text(word(MailState::Pending { not_before: now })));
    item.insert(AT.to_owned(), number(now));
    item.insert(REVISION.to_owned(), number(0));
    item.insert(TEMPLATE.to_owned(), text(due.mail.template().as_str()));
    if let Mail::ApplicationReceived(mail) = &due.mail {
        item.insert(APPLICATION.to_owned(), text(&mail.application_id));
    }
    if let Some(id) = asked_of(&due.mail) {
        item.insert(APPOINTMENT.to_owned(), text(id.as_str()));
    }
    let Some(person) = &due.about else {
        item.insert(TO.to_owned(), text(due.to.as_str()));
        item.insert(MAIL.to_owned(), text(json));
        return Ok(item);
    };
    let sealed = |name, clear: &str| person.key.seal(&purpose(&due.id, name), clear.as_bytes());
    for (name, clear) in [(TO, due.to.as_str()), (MAIL, &json)] {
        let sealed = sealed(name, clear).map_err(|error| PortError::new("seal a mail", error))?;
        item.insert(name.to_owned(), bytes(sealed));
    }
    item.insert(PERSON.to_owned(), text(&person.hash));
    Ok(item)
}

/// The appointment of a mail to a centre that nobody else tells what it says.
fn asked_of(mail: &Mail) -> Option<&AppointmentId> {
    match mail {
        Mail::AppointmentAsked(mail) => Some(&mail.appointment_id),
        Mail::AppointmentFixed(mail) if mail.side == Side::Centre => Some(&mail.appointment_id),
        _ => None,
    }
}

/// What an attribute of a mail is sealed for.
fn purpose(id: &MailId, name: &str) -> String {
    format!("mail#{id}#{name}")
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

/// Whose data are in it, where they are sealed.
pub(super) fn person_of(item: &Item) -> Result<Option<&str>, BadItem> {
    item.contains_key(PERSON).then(|| get_text(item, PERSON)).transpose()
}

/// Reads an item. What it tells is none where it is sealed and the person is not known.
pub(super) fn entry(id: &MailId, item: &Item, person: Option<Person>) -> Result<MailEntry, BadItem> {
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
        application: subject(item, APPLICATION)?,
        appointment: subject(item, APPOINTMENT)?,
        due: due(id, item, person)?,
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

/// What a mail hands on: the id of it, where it is one of that kind.
fn subject<T: FromStr>(item: &Item, name: &'static str) -> Result<Option<T>, BadItem> {
    if !item.contains_key(name) {
        return Ok(None);
    }
    get_text(item, name)?.parse().map(Some).map_err(|_| BadItem(name))
}

fn due(id: &MailId, item: &Item, about: Option<Person>) -> Result<Option<DueMail>, BadItem> {
    if !item.contains_key(MAIL) || (item.contains_key(PERSON) && about.is_none()) {
        return Ok(None);
    }
    let clear = |name| match &about {
        None => get_text(item, name).map(str::to_owned),
        Some(person) => {
            let opened =
                person.key.open(&purpose(id, name), get_bytes(item, name)?).map_err(|_| BadItem(name))?;
            String::from_utf8(opened).map_err(|_| BadItem(name))
        }
    };
    let to = clear(TO)?.parse().map_err(|_| BadItem(TO))?;
    let mail = serde_json::from_str(&clear(MAIL)?).map_err(|_| BadItem(MAIL))?;
    Ok(Some(DueMail { id: id.clone(), to, mail, about }))
}
