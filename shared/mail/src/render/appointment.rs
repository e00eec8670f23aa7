//! Mails on appointments.

use askama::Template;
use domain::mail::{
    AppointmentAsked, AppointmentFixed, AppointmentReplied, AppointmentSent, AppointmentUndelivered,
    AppointmentWithdrawn, Side,
};

use super::contact::Contact;
use super::french::full_name;
use super::{Rendered, subject, written};
use crate::links::Links;
use crate::words::{harmless, harmless_lines, in_subject};

const REPLIED: &str = include_str!("../../templates/appointment-replied/subject.txt");
const FIXED: &str = include_str!("../../templates/appointment-fixed/subject.txt");

#[derive(Template)]
#[template(path = "appointment-asked/subject.txt")]
struct AskedSubject {
    referrer: &'static str,
    departement: Option<String>,
}

struct AskedView {
    subject: String,
    name: String,
    asker: &'static str,
    centre: String,
    training: String,
    place: Option<String>,
    reasons: Vec<&'static str>,
    referrer: &'static str,
    contact: Contact,
    message: Vec<String>,
    answer: String,
}

#[derive(Template)]
#[template(path = "appointment-asked/text.txt")]
struct AskedText<'a> {
    view: &'a AskedView,
}

#[derive(Template)]
#[template(path = "appointment-asked/body.html")]
struct AskedHtml<'a> {
    view: &'a AskedView,
}

pub(super) fn asked(mail: &AppointmentAsked, links: &Links) -> Result<Rendered, askama::Error> {
    let referrer = mail.referrer.full_name();
    let departement = mail.departement.as_deref().map(in_subject);
    let view = &AskedView {
        subject: subject(&AskedSubject { referrer, departement })?,
        name: full_name(&mail.first_name, &mail.last_name),
        asker: mail.asker.label(),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        place: mail.place.as_deref().map(harmless),
        reasons: mail.reasons.iter().map(|reason| reason.label()).collect(),
        referrer,
        contact: Contact::new(Some(&mail.email), Some(&mail.phone)),
        message: mail.message.as_deref().map(harmless_lines).unwrap_or_default(),
        answer: links.url(&mail.answer),
    };
    written(&view.subject, &AskedText { view }, &AskedHtml { view })
}

#[derive(Template)]
#[template(path = "appointment-sent/subject.txt")]
struct SentSubject {
    centre: String,
}

struct SentView {
    subject: String,
    name: String,
    centre: String,
    training: String,
    place: Option<String>,
    own: String,
}

#[derive(Template)]
#[template(path = "appointment-sent/text.txt")]
struct SentText<'a> {
    view: &'a SentView,
}

#[derive(Template)]
#[template(path = "appointment-sent/body.html")]
struct SentHtml<'a> {
    view: &'a SentView,
}

pub(super) fn sent(mail: &AppointmentSent, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &SentView {
        subject: subject(&SentSubject { centre: in_subject(&mail.centre) })?,
        name: full_name(&mail.first_name, &mail.last_name),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        place: mail.place.as_deref().map(harmless),
        own: links.url(&mail.own),
    };
    written(&view.subject, &SentText { view }, &SentHtml { view })
}

struct RepliedView {
    name: String,
    centre: String,
    training: String,
    message: Vec<String>,
    slots: Vec<String>,
    contact: Contact,
    own: String,
}

#[derive(Template)]
#[template(path = "appointment-replied/text.txt")]
struct RepliedText<'a> {
    view: &'a RepliedView,
}

#[derive(Template)]
#[template(path = "appointment-replied/body.html")]
struct RepliedHtml<'a> {
    view: &'a RepliedView,
}

pub(super) fn replied(mail: &AppointmentReplied, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &RepliedView {
        name: full_name(&mail.first_name, &mail.last_name),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        message: mail.message.as_deref().map(harmless_lines).unwrap_or_default(),
        slots: mail.slots.iter().map(domain::appointment::Slot::in_words).collect(),
        contact: Contact::new(mail.email.as_deref(), None),
        own: links.url(&mail.own),
    };
    written(REPLIED, &RepliedText { view }, &RepliedHtml { view })
}

struct FixedView {
    for_centre: bool,
    name: String,
    centre: String,
    training: String,
    place: Option<String>,
    slot: String,
    contact: Contact,
    own: Option<String>,
}

#[derive(Template)]
#[template(path = "appointment-fixed/text.txt")]
struct FixedText<'a> {
    view: &'a FixedView,
}

#[derive(Template)]
#[template(path = "appointment-fixed/body.html")]
struct FixedHtml<'a> {
    view: &'a FixedView,
}

pub(super) fn fixed(mail: &AppointmentFixed, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &FixedView {
        for_centre: mail.side == Side::Centre,
        name: full_name(&mail.first_name, &mail.last_name),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        place: mail.place.as_deref().map(harmless),
        slot: mail.slot.in_words(),
        contact: Contact::new(mail.email.as_deref(), mail.phone.as_deref()),
        own: mail.own.as_ref().map(|own| links.url(own)),
    };
    written(FIXED, &FixedText { view }, &FixedHtml { view })
}

#[derive(Template)]
#[template(path = "appointment-withdrawn/subject.txt")]
struct WithdrawnSubject {
    fixed: bool,
}

struct WithdrawnView {
    subject: String,
    for_centre: bool,
    /// None where they have asked to be forgotten.
    name: Option<String>,
    centre: String,
    training: String,
    slot: Option<String>,
}

#[derive(Template)]
#[template(path = "appointment-withdrawn/text.txt")]
struct WithdrawnText<'a> {
    view: &'a WithdrawnView,
}

#[derive(Template)]
#[template(path = "appointment-withdrawn/body.html")]
struct WithdrawnHtml<'a> {
    view: &'a WithdrawnView,
}

pub(super) fn withdrawn(mail: &AppointmentWithdrawn) -> Result<Rendered, askama::Error> {
    let view = &WithdrawnView {
        subject: subject(&WithdrawnSubject { fixed: mail.slot.is_some() })?,
        for_centre: mail.side == Side::Centre,
        name: Some(full_name(&mail.first_name, &mail.last_name)).filter(|name| !name.is_empty()),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        slot: mail.slot.map(|slot| slot.in_words()),
    };
    written(&view.subject, &WithdrawnText { view }, &WithdrawnHtml { view })
}

#[derive(Template)]
#[template(path = "appointment-undelivered/subject.txt")]
struct UndeliveredSubject {
    centre: String,
    fixed: bool,
    uncertain: bool,
}

struct UndeliveredView {
    subject: String,
    name: String,
    centre: String,
    training: String,
    slot: Option<String>,
    uncertain: bool,
}

#[derive(Template)]
#[template(path = "appointment-undelivered/text.txt")]
struct UndeliveredText<'a> {
    view: &'a UndeliveredView,
}

#[derive(Template)]
#[template(path = "appointment-undelivered/body.html")]
struct UndeliveredHtml<'a> {
    view: &'a UndeliveredView,
}

pub(super) fn undelivered(mail: &AppointmentUndelivered) -> Result<Rendered, askama::Error> {
    let (centre, uncertain) = (in_subject(&mail.centre), mail.uncertain);
    let view = &UndeliveredView {
        subject: subject(&UndeliveredSubject { centre, fixed: mail.slot.is_some(), uncertain })?,
        name: full_name(&mail.first_name, &mail.last_name),
        centre: harmless(&mail.centre),
        training: harmless(&mail.training),
        slot: mail.slot.map(|slot| slot.in_words()),
        uncertain,
    };
    written(&view.subject, &UndeliveredText { view }, &UndeliveredHtml { view })
}
