//! Mails on offers. Each can be stopped.

use askama::Template;
use domain::mail::{DelegationAsked, ExpiringOffer, OfferExpired, OfferExpiresSoon, OfferPublished};

use super::french::{full_name, in_days, in_words};
use super::{Rendered, stoppable};
use crate::links::Links;
use crate::words::harmless;

const PUBLISHED: &str = include_str!("../../templates/offer-published/subject.txt");
const EXPIRED: &str = include_str!("../../templates/offer-expired/subject.txt");
const DELEGATION_ASKED: &str = include_str!("../../templates/delegation-asked/subject.txt");

struct PublishedView {
    name: String,
    company: String,
    offer_title: String,
    shown_until: String,
    unsubscribe: String,
    others: bool,
}

#[derive(Template)]
#[template(path = "offer-published/text.txt")]
struct PublishedText<'a> {
    view: &'a PublishedView,
}

#[derive(Template)]
#[template(path = "offer-published/body.html")]
struct PublishedHtml<'a> {
    view: &'a PublishedView,
}

pub(super) fn published(mail: &OfferPublished, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &PublishedView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        offer_title: harmless(&mail.offer_title),
        shown_until: in_words(mail.shown_until),
        unsubscribe: links.url(&mail.unsubscribe),
        others: mail.others,
    };
    stoppable(PUBLISHED, &PublishedText { view }, &PublishedHtml { view }, &view.unsubscribe)
}

/// What says how many offers there are and when they expire: nothing that a person typed.
#[derive(Template)]
#[template(path = "offer-expires-soon/subject.txt")]
struct ExpiresSoonSubject<'a> {
    is_one: bool,
    when: &'a str,
}

struct ExpiresSoonView {
    subject: String,
    name: String,
    company: String,
    is_one: bool,
    when: String,
    offers: Vec<ExpiringView>,
    unsubscribe: String,
}

struct ExpiringView {
    title: String,
    last_day: String,
    filled: String,
    extend: String,
}

impl ExpiringView {
    fn new(offer: &ExpiringOffer, links: &Links) -> Self {
        Self {
            title: harmless(&offer.title),
            last_day: in_words(offer.last_day),
            filled: links.url(&offer.filled),
            extend: links.url(&offer.extend),
        }
    }
}

#[derive(Template)]
#[template(path = "offer-expires-soon/text.txt")]
struct ExpiresSoonText<'a> {
    view: &'a ExpiresSoonView,
}

#[derive(Template)]
#[template(path = "offer-expires-soon/body.html")]
struct ExpiresSoonHtml<'a> {
    view: &'a ExpiresSoonView,
}

pub(super) fn expires_soon(mail: &OfferExpiresSoon, links: &Links) -> Result<Rendered, askama::Error> {
    let (is_one, when) = (mail.offers.len() == 1, in_days(mail.days));
    let view = &ExpiresSoonView {
        subject: ExpiresSoonSubject { is_one, when: &when }.render()?.trim_end().to_owned(),
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        is_one,
        when,
        offers: mail.offers.iter().map(|offer| ExpiringView::new(offer, links)).collect(),
        unsubscribe: links.url(&mail.unsubscribe),
    };
    stoppable(&view.subject, &ExpiresSoonText { view }, &ExpiresSoonHtml { view }, &view.unsubscribe)
}

struct ExpiredView {
    name: String,
    company: String,
    offer_title: String,
    unsubscribe: String,
}

#[derive(Template)]
#[template(path = "offer-expired/text.txt")]
struct ExpiredText<'a> {
    view: &'a ExpiredView,
}

#[derive(Template)]
#[template(path = "offer-expired/body.html")]
struct ExpiredHtml<'a> {
    view: &'a ExpiredView,
}

pub(super) fn expired(mail: &OfferExpired, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &ExpiredView {
        name: full_name(&mail.first_name, &mail.last_name),
        company: harmless(&mail.company),
        offer_title: harmless(&mail.offer_title),
        unsubscribe: links.url(&mail.unsubscribe),
    };
    stoppable(EXPIRED, &ExpiredText { view }, &ExpiredHtml { view }, &view.unsubscribe)
}

struct AskedView {
    cfa: String,
    company: String,
    city: Option<String>,
    offer_title: String,
    link: String,
    unsubscribe: String,
}

#[derive(Template)]
#[template(path = "delegation-asked/text.txt")]
struct AskedText<'a> {
    view: &'a AskedView,
}

#[derive(Template)]
#[template(path = "delegation-asked/body.html")]
struct AskedHtml<'a> {
    view: &'a AskedView,
}

pub(super) fn delegation_asked(mail: &DelegationAsked, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &AskedView {
        cfa: harmless(&mail.cfa),
        company: harmless(&mail.company),
        city: mail.city.as_deref().map(harmless).filter(|city| !city.is_empty()),
        offer_title: harmless(&mail.offer_title),
        link: links.url(&mail.link),
        unsubscribe: links.url(&mail.unsubscribe),
    };
    stoppable(DELEGATION_ASKED, &AskedText { view }, &AskedHtml { view }, &view.unsubscribe)
}
