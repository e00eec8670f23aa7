//! Mails on applications that applicants get.

use askama::Template;
use domain::event::ApplicationAnswer;
use domain::mail::{ApplicationRefused, ApplicationReplied, ApplicationSent, ApplicationUndelivered};

use super::contact::Contact;
use super::french::full_name;
use super::{Rendered, subject, written};
use crate::words::{harmless, harmless_lines, in_subject};

const REFUSED: &str = include_str!("../../templates/application-refused/subject.txt");

#[derive(Template)]
#[template(path = "application-sent/subject.txt")]
struct SentSubject {
    company: String,
}

struct SentView {
    subject: String,
    name: String,
    company: String,
    title: String,
    spontaneous: bool,
}

#[derive(Template)]
#[template(path = "application-sent/text.txt")]
struct SentText<'a> {
    view: &'a SentView,
}

#[derive(Template)]
#[template(path = "application-sent/body.html")]
struct SentHtml<'a> {
    view: &'a SentView,
}

pub(super) fn sent(mail: &ApplicationSent) -> Result<Rendered, askama::Error> {
    let view = &SentView {
        subject: subject(&SentSubject { company: in_subject(&mail.company) })?,
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        title: harmless(&mail.title),
        spontaneous: mail.spontaneous,
    };
    written(&view.subject, &SentText { view }, &SentHtml { view })
}

struct RefusedView {
    name: String,
    company: String,
    title: String,
    infected: bool,
}

#[derive(Template)]
#[template(path = "application-refused/text.txt")]
struct RefusedText<'a> {
    view: &'a RefusedView,
}

#[derive(Template)]
#[template(path = "application-refused/body.html")]
struct RefusedHtml<'a> {
    view: &'a RefusedView,
}

pub(super) fn refused(mail: &ApplicationRefused) -> Result<Rendered, askama::Error> {
    let view = &RefusedView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        title: harmless(&mail.title),
        infected: mail.infected,
    };
    written(REFUSED, &RefusedText { view }, &RefusedHtml { view })
}

#[derive(Template)]
#[template(path = "application-undelivered/subject.txt")]
struct UndeliveredSubject {
    company: String,
    uncertain: bool,
}

struct UndeliveredView {
    subject: String,
    name: String,
    company: String,
    title: String,
    uncertain: bool,
}

#[derive(Template)]
#[template(path = "application-undelivered/text.txt")]
struct UndeliveredText<'a> {
    view: &'a UndeliveredView,
}

#[derive(Template)]
#[template(path = "application-undelivered/body.html")]
struct UndeliveredHtml<'a> {
    view: &'a UndeliveredView,
}

pub(super) fn undelivered(mail: &ApplicationUndelivered) -> Result<Rendered, askama::Error> {
    let (company, uncertain) = (in_subject(&mail.company), mail.uncertain);
    let view = &UndeliveredView {
        subject: subject(&UndeliveredSubject { company, uncertain })?,
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        title: harmless(&mail.title),
        uncertain,
    };
    written(&view.subject, &UndeliveredText { view }, &UndeliveredHtml { view })
}

#[derive(Template)]
#[template(path = "application-replied/subject.txt")]
struct RepliedSubject {
    company: String,
    answer: ApplicationAnswer,
}

struct RepliedView {
    subject: String,
    name: String,
    company: String,
    title: String,
    answer: ApplicationAnswer,
    message: Vec<String>,
    contact: Contact,
}

#[derive(Template)]
#[template(path = "application-replied/text.txt")]
struct RepliedText<'a> {
    view: &'a RepliedView,
}

#[derive(Template)]
#[template(path = "application-replied/body.html")]
struct RepliedHtml<'a> {
    view: &'a RepliedView,
}

pub(super) fn replied(mail: &ApplicationReplied) -> Result<Rendered, askama::Error> {
    let (company, answer) = (in_subject(&mail.company), mail.answer);
    let view = &RepliedView {
        subject: subject(&RepliedSubject { company, answer })?,
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        title: harmless(&mail.title),
        answer,
        message: mail.comment.as_deref().map(harmless_lines).unwrap_or_default(),
        contact: Contact::new(mail.email.as_deref(), mail.phone.as_deref()),
    };
    written(&view.subject, &RepliedText { view }, &RepliedHtml { view })
}
