//! Appointments for calendars, read back: out of the message by a parser of mails, and then by one of calendars.

use domain::mail::{DueMail, Mail, Side};
use icalendar::{Calendar, CalendarComponent, Component};
use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

use crate::appointments::{id, slot};
use crate::invented::{Typed, message, to};

/// The text of the invitation of a mail, and its media type.
fn invitation(mail: Mail) -> (String, String) {
    let bytes = message(&DueMail::new("appointment-1", to(), mail));
    let parsed = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(parsed.attachment_count(), 1);
    let file = parsed.attachment(0).unwrap();
    assert_eq!(file.attachment_name(), Some("rendez-vous.ics"));
    let kind = file.content_type().unwrap();
    let method = kind.attribute("method").unwrap().to_owned();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
    (String::from_utf8(file.contents().to_vec()).unwrap(), method)
}

fn property(calendar: &Calendar, name: &str) -> Option<String> {
    let [CalendarComponent::Event(event)] = &calendar.components[..] else { panic!("one event") };
    event.property_value(name).map(str::to_owned)
}

fn fixed(typed: &Typed, side: Side) -> Mail {
    Mail::AppointmentFixed(typed.fixed(side))
}

#[test]
fn an_invitation_says_when_what_and_where_in_utc_under_the_id_of_the_appointment() {
    for side in [Side::Applicant, Side::Centre] {
        let (text, method) = invitation(fixed(&Typed::honest(), side));
        let calendar: Calendar = text.parse().unwrap();
        assert_eq!((method.as_str(), calendar.property_value("METHOD")), ("PUBLISH", Some("PUBLISH")));
        assert_eq!(calendar.property_value("VERSION"), Some("2.0"));
        for (name, value) in [
            ("UID", format!("{}@exemple.fr", id())),
            ("DTSTAMP", "20260901T080000Z".to_owned()),
            ("DTSTART", "20260907T123000Z".to_owned()),
            ("DTEND", "20260907T131500Z".to_owned()),
            ("ORGANIZER", "mailto:nepasrepondre@exemple.fr".to_owned()),
            ("SEQUENCE", "0".to_owned()),
            ("STATUS", "CONFIRMED".to_owned()),
            ("SUMMARY", "Rendez-vous : Apprenti boulanger H/F".to_owned()),
            ("LOCATION", "Lille".to_owned()),
        ] {
            assert_eq!(property(&calendar, name), Some(value), "{name}");
        }
        let with = if side == Side::Centre {
            "Avec Élodie N'Diaye-Martin"
        } else {
            "Avec CFA Inventé des Flandres"
        };
        assert_eq!(property(&calendar, "DESCRIPTION").as_deref(), Some(with));
        assert_eq!(property(&calendar, "ATTENDEE"), None, "one side learns no address of the other");
    }
}

#[test]
fn a_cancellation_takes_the_same_appointment_out_of_calendars() {
    for side in [Side::Applicant, Side::Centre] {
        let typed = Typed::honest();
        let (text, method) = invitation(Mail::AppointmentWithdrawn(typed.withdrawn(side, Some(slot()))));
        let (calendar, before): (Calendar, Calendar) =
            (text.parse().unwrap(), invitation(fixed(&typed, side)).0.parse().unwrap());
        assert_eq!((method.as_str(), calendar.property_value("METHOD")), ("CANCEL", Some("CANCEL")));
        assert_eq!(property(&calendar, "STATUS").as_deref(), Some("CANCELLED"));
        assert_eq!(property(&calendar, "SEQUENCE").as_deref(), Some("1"));
        for name in ["UID", "DTSTART", "DTEND", "ORGANIZER"] {
            assert_eq!(property(&calendar, name), property(&before, name), "{name}");
        }
    }
}

#[test]
fn only_what_was_fixed_is_for_calendars() {
    for (name, due) in Typed::honest().mails() {
        let bytes = message(&due);
        let has_file = match &due.mail {
            Mail::AppointmentFixed(_) | Mail::ApplicationReceived(_) => true,
            Mail::AppointmentWithdrawn(mail) => mail.slot.is_some(),
            _ => false,
        };
        assert_eq!(
            MessageParser::default().parse(&bytes).unwrap().attachment_count() == 1,
            has_file,
            "{name}"
        );
    }
}

/// Lines that end as they must, none of more than 75 bytes, and no property that is not ours.
fn is_sound(text: &str) {
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let names: Vec<&str> =
        unfolded.split_terminator("\r\n").map(|line| line.split([':', ';']).next().unwrap()).collect();
    let mut known: Vec<&str> = names.clone();
    known.sort_unstable();
    known.dedup();
    for name in known {
        let ours = "BEGIN END VERSION PRODID METHOD UID DTSTAMP DTSTART DTEND ORGANIZER SEQUENCE STATUS SUMMARY DESCRIPTION LOCATION";
        assert!(ours.split(' ').any(|own| own == name), "{name}");
        let most = if ["BEGIN", "END"].contains(&name) { 2 } else { 1 };
        assert!(names.iter().filter(|other| **other == name).count() <= most, "{name}");
    }
    let calendar: Calendar = text.parse().unwrap();
    let [CalendarComponent::Event(event)] = &calendar.components[..] else { panic!("{text}") };
    assert!(event.get_uid().is_some_and(|uid| uid.starts_with(id().as_str())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_was_typed_stays_a_text_of_one_event(text in prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "a\r\nATTENDEE:mailto:autre@exemple.fr".to_owned(),
            "fin\r\nEND:VEVENT\r\nBEGIN:VALARM".to_owned(),
            "\\n\\N\\;,;:\"".to_owned(),
            "é".repeat(400),
            "明 ".repeat(300),
            " ".repeat(200),
        ]),
    ]) {
        for side in [Side::Applicant, Side::Centre] {
            let (text, _) = invitation(fixed(&Typed::everywhere(&text), side));
            is_sound(&text);
        }
    }
}
