//! Mails on accounts of recruiters.

use askama::Template;
use domain::email::Email;
use domain::mail::{AccountRefused, AccountsWaiting, ConfirmAddress};

use super::french::{full_name, in_words};
use super::{Rendered, written};
use crate::links::Links;
use crate::words::harmless;

const CONFIRM: &str = include_str!("../../templates/confirm-address/subject.txt");
const WAITING: &str = include_str!("../../templates/accounts-waiting/subject.txt");
const REFUSED: &str = include_str!("../../templates/account-refused/subject.txt");

struct ConfirmView {
    name: String,
    company: String,
    offer_title: String,
    link: String,
    waiting: bool,
}

#[derive(Template)]
#[template(path = "confirm-address/text.txt")]
struct ConfirmText<'a> {
    view: &'a ConfirmView,
}

#[derive(Template)]
#[template(path = "confirm-address/body.html")]
struct ConfirmHtml<'a> {
    view: &'a ConfirmView,
}

pub(super) fn confirm(mail: &ConfirmAddress, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &ConfirmView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        offer_title: harmless(&mail.offer_title),
        link: links.url(&mail.link),
        waiting: mail.waiting,
    };
    written(CONFIRM, &ConfirmText { view }, &ConfirmHtml { view })
}

struct WaitingView {
    opco: String,
    count: u32,
    oldest: String,
}

#[derive(Template)]
#[template(path = "accounts-waiting/text.txt")]
struct WaitingText<'a> {
    view: &'a WaitingView,
}

#[derive(Template)]
#[template(path = "accounts-waiting/body.html")]
struct WaitingHtml<'a> {
    view: &'a WaitingView,
}

pub(super) fn waiting(mail: &AccountsWaiting) -> Result<Rendered, askama::Error> {
    let view = &WaitingView { opco: harmless(&mail.opco), count: mail.count, oldest: in_words(mail.oldest) };
    written(WAITING, &WaitingText { view }, &WaitingHtml { view })
}

struct RefusedView<'a> {
    name: String,
    company: String,
    contact: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "account-refused/text.txt")]
struct RefusedText<'a> {
    view: &'a RefusedView<'a>,
}

#[derive(Template)]
#[template(path = "account-refused/body.html")]
struct RefusedHtml<'a> {
    view: &'a RefusedView<'a>,
}

pub(super) fn refused(mail: &AccountRefused, contact: Option<&Email>) -> Result<Rendered, askama::Error> {
    let view = &RefusedView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        contact: contact.map(Email::as_str),
    };
    written(REFUSED, &RefusedText { view }, &RefusedHtml { view })
}
