//! An appointment for the calendars of both sides (RFC 5545, RFC 5546): published when it is fixed, cancelled when it is given
//! up. Who else gets it is not in it: the organizer is our own address, which nobody answers.

use domain::appointment::{AppointmentId, Slot};
use domain::email::Email;
use domain::mail::{Mail, Side};
use icalendar::{Calendar, Component, Event, EventLike};
use jiff::Timestamp;

use crate::words::harmless;

const PRODUCT: &str = "-//La bonne alternance//API Alternance//FR";

/// What a calendar is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Publish,
    Cancel,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A file for a calendar.
pub(crate) struct Invitation {
    /// Its text.
    pub(crate) text: String,
    /// Its media type, which says what is to be done with it.
    pub(crate) media_type: String,
}

struct Entry<'a> {
    method: Method,
    id: &'a AppointmentId,
    slot: Slot,
    training: &'a str,
    with: String,
    place: Option<&'a str>,
}

/// That of a mail; none where the mail is about no appointment that was fixed. The same mail at the same time is always the
/// same bytes.
pub(crate) fn invitation(mail: &Mail, organizer: &Email, at: Timestamp) -> Option<Invitation> {
    let entry = entry(mail)?;
    let (_, host) = organizer.as_str().split_once('@').unwrap_or_default();
    let (sequence, status) = match entry.method {
        Method::Publish => ("0", "CONFIRMED"),
        Method::Cancel => ("1", "CANCELLED"),
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", entry.id))
        .summary(&format!("Rendez-vous : {}", harmless(entry.training)))
        .description(&format!("Avec {}", entry.with))
        .append_property(("DTSTAMP", utc(at).as_str()))
        .append_property(("DTSTART", utc(entry.slot.starts_at).as_str()))
        .append_property(("DTEND", utc(entry.slot.ends_at()).as_str()))
        .append_property(("ORGANIZER", format!("mailto:{}", organizer.as_str()).as_str()))
        .append_property(("SEQUENCE", sequence))
        .append_property(("STATUS", status));
    if let Some(place) = entry.place {
        event.location(&harmless(place));
    }
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", PRODUCT))
        .append_property(("METHOD", entry.method.as_str()))
        .push(event.done());
    let media_type = format!("text/calendar; charset=utf-8; method={}", entry.method.as_str());
    Some(Invitation { text: folded(&calendar.to_string()), media_type })
}

fn entry(mail: &Mail) -> Option<Entry<'_>> {
    let with = |side, centre: &str, first_name: &str, last_name: &str| match (side, last_name) {
        (Side::Applicant, _) => harmless(centre),
        // They have asked to be forgotten.
        (Side::Centre, "") => "un candidat".to_owned(),
        (Side::Centre, _) => harmless(&format!("{first_name} {last_name}")),
    };
    match mail {
        Mail::AppointmentFixed(mail) => Some(Entry {
            method: Method::Publish,
            id: &mail.appointment_id,
            slot: mail.slot,
            training: &mail.training,
            with: with(mail.side, &mail.centre, &mail.first_name, &mail.last_name),
            place: mail.place.as_deref(),
        }),
        Mail::AppointmentWithdrawn(mail) => Some(Entry {
            method: Method::Cancel,
            id: &mail.appointment_id,
            slot: mail.slot?,
            training: &mail.training,
            with: with(mail.side, &mail.centre, &mail.first_name, &mail.last_name),
            place: mail.place.as_deref(),
        }),
        _ => None,
    }
}

/// Folds lines anew: the library lets the last piece of one be an octet too long (RFC 5545, 3.1).
fn folded(text: &str) -> String {
    const OCTETS: usize = 75;
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for char in line.chars() {
            if length + char.len_utf8() > OCTETS {
                folded.push_str("\r\n ");
                length = 1;
            }
            folded.push(char);
            length += char.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

/// An instant in UTC, in the form of calendars.
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
