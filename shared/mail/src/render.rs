//! What a mail says, as subject, text and HTML.

use askama::Template;
use domain::mail::{ConfirmAddress, DueMail, Mail, OfferPublished};
use jiff::civil::Date;

use crate::links::Links;
use crate::words::harmless;

const CONFIRM_ADDRESS: &str = include_str!("../templates/confirm-address/subject.txt");
const OFFER_PUBLISHED: &str = include_str!("../templates/offer-published/subject.txt");

/// What a mail says.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject: of the template alone, so that no name is in it.
    pub subject: String,
    /// For those who read text.
    pub text: String,
    /// For those who read HTML.
    pub html: String,
    /// The address that stops mails like it, where the mail has one.
    pub unsubscribe: Option<String>,
}

/// Writes what a mail says. The same mail is always written the same.
pub fn render(due: &DueMail, links: &Links) -> Result<Rendered, askama::Error> {
    match &due.mail {
        Mail::ConfirmAddress(mail) => {
            let view = ConfirmView::new(mail, links);
            let (text, html) = (ConfirmText { view: &view }.render()?, ConfirmHtml { view: &view }.render()?);
            Ok(Rendered { subject: subject(CONFIRM_ADDRESS), text, html, unsubscribe: None })
        }
        Mail::OfferPublished(mail) => {
            let view = PublishedView::new(mail, links);
            let (text, html) =
                (PublishedText { view: &view }.render()?, PublishedHtml { view: &view }.render()?);
            Ok(Rendered {
                subject: subject(OFFER_PUBLISHED),
                text,
                html,
                unsubscribe: Some(view.unsubscribe),
            })
        }
    }
}

fn subject(file: &str) -> String {
    file.trim_end().to_owned()
}

struct ConfirmView {
    name: String,
    company: String,
    offer_title: String,
    link: String,
}

impl ConfirmView {
    fn new(mail: &ConfirmAddress, links: &Links) -> Self {
        Self {
            name: full_name(&mail.first_name, &mail.last_name),
            company: harmless(&mail.company),
            offer_title: harmless(&mail.offer_title),
            link: links.url(&mail.link),
        }
    }
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

struct PublishedView {
    name: String,
    company: String,
    offer_title: String,
    shown_until: String,
    unsubscribe: String,
}

impl PublishedView {
    fn new(mail: &OfferPublished, links: &Links) -> Self {
        Self {
            name: full_name(&mail.first_name, &mail.last_name),
            company: harmless(&mail.company),
            offer_title: harmless(&mail.offer_title),
            shown_until: in_words(mail.shown_until),
            unsubscribe: links.url(&mail.unsubscribe),
        }
    }
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

/// Made harmless as a whole, since two halves may make an address.
fn full_name(first_name: &str, last_name: &str) -> String {
    harmless(&format!("{first_name} {last_name}"))
}

/// A day as it is said in French.
fn in_words(day: Date) -> String {
    let month = match day.month() {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    };
    let ordinal = if day.day() == 1 { "er" } else { "" };
    format!("{}{ordinal} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_said_as_in_french() {
        assert_eq!(in_words(date(2026, 10, 1)), "1er octobre 2026");
        assert_eq!(in_words(date(2027, 2, 28)), "28 février 2027");
    }

    #[test]
    fn subjects_are_those_of_the_contract() {
        assert_eq!(subject(CONFIRM_ADDRESS), "Confirmez votre adresse mail");
        assert_eq!(subject(OFFER_PUBLISHED), "Votre offre d'alternance est publiée");
    }
}
