//! Mails on applications that recruiters get.

use askama::Template;
use domain::mail::{ApplicationReceived, OfferFull};

use super::contact::Contact;
use super::french::full_name;
use super::{Rendered, subject, written};
use crate::links::Links;
use crate::words::{harmless, harmless_lines, in_subject};

const OFFER_FULL: &str = include_str!("../../templates/offer-full/subject.txt");

#[derive(Template)]
#[template(path = "application-received/subject.txt")]
struct ReceivedSubject {
    title: String,
    spontaneous: bool,
}

struct ReceivedView {
    subject: String,
    name: String,
    company: String,
    title: String,
    spontaneous: bool,
    contact: Contact,
    message: Vec<String>,
    meet: String,
    undecided: String,
    refuse: String,
    filled: Option<String>,
}

#[derive(Template)]
#[template(path = "application-received/text.txt")]
struct ReceivedText<'a> {
    view: &'a ReceivedView,
}

#[derive(Template)]
#[template(path = "application-received/body.html")]
struct ReceivedHtml<'a> {
    view: &'a ReceivedView,
}

pub(super) fn received(mail: &ApplicationReceived, links: &Links) -> Result<Rendered, askama::Error> {
    let (title, spontaneous) = (in_subject(&mail.title), mail.spontaneous);
    let view = &ReceivedView {
        subject: subject(&ReceivedSubject { title, spontaneous })?,
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        title: harmless(&mail.title),
        spontaneous,
        contact: Contact::new(Some(&mail.email), Some(&mail.phone)),
        message: mail.message.as_deref().map(harmless_lines).unwrap_or_default(),
        meet: links.url(&mail.meet),
        undecided: links.url(&mail.undecided),
        refuse: links.url(&mail.refuse),
        filled: mail.filled.as_ref().map(|link| links.url(link)),
    };
    written(&view.subject, &ReceivedText { view }, &ReceivedHtml { view })
}

struct FullView {
    name: String,
    company: String,
    offer_title: String,
    applications: u32,
}

#[derive(Template)]
#[template(path = "offer-full/text.txt")]
struct FullText<'a> {
    view: &'a FullView,
}

#[derive(Template)]
#[template(path = "offer-full/body.html")]
struct FullHtml<'a> {
    view: &'a FullView,
}

pub(super) fn offer_full(mail: &OfferFull) -> Result<Rendered, askama::Error> {
    let view = &FullView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        offer_title: harmless(&mail.offer_title),
        applications: mail.applications,
    };
    written(OFFER_FULL, &FullText { view }, &FullHtml { view })
}
