//! Invented mails, from an invented sender.

use domain::link::{LinkId, LinkKey};
use domain::mail::{ConfirmAddress, DueMail, Mail, OfferPublished};
use jiff::Timestamp;
use jiff::civil::date;
use mail::{Composer, Links, Sender};
use usecases::ports::{ComposeMail, ComposedMail};

/// What people type.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: String,
    pub(crate) offer_title: String,
}

impl Typed {
    pub(crate) fn honest() -> Self {
        Self {
            first_name: "Élodie".to_owned(),
            last_name: "N'Diaye-Martin".to_owned(),
            company: "Boulangerie Martin & Fils".to_owned(),
            offer_title: "Apprenti boulanger H/F".to_owned(),
        }
    }

    /// The same text in every field.
    pub(crate) fn everywhere(text: &str) -> Self {
        let text = text.to_owned();
        Self { first_name: text.clone(), last_name: text.clone(), company: text.clone(), offer_title: text }
    }

    /// Each mail, with these words.
    pub(crate) fn mails(&self) -> [DueMail; 2] {
        let Self { first_name, last_name, company, offer_title } = self.clone();
        let confirm = ConfirmAddress {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            offer_title: offer_title.clone(),
            link: LinkId::from_random([1; 16]),
        };
        let published = OfferPublished {
            first_name,
            last_name,
            company,
            offer_title,
            shown_until: date(2026, 11, 1),
            unsubscribe: LinkId::from_random([2; 16]),
        };
        [Mail::ConfirmAddress(confirm), Mail::OfferPublished(published)]
            .map(|mail| DueMail::new("offer-1", "rh@exemple.fr".parse().unwrap(), mail))
    }
}

pub(crate) fn links() -> Links {
    let key = LinkKey::new(&"invented".repeat(8)).unwrap();
    Links { base_url: "https://mails.exemple.fr".to_owned(), key }
}

pub(crate) fn message(due: &DueMail) -> Vec<u8> {
    let sender = Sender {
        address: "nepasrepondre@exemple.fr".parse().unwrap(),
        name: "La bonne alternance".to_owned(),
        reply_to: Some("contact@exemple.fr".parse().unwrap()),
    };
    let at: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
    Composer::new(sender, links()).compose(due, at).unwrap()
}

pub(crate) fn composed() -> ComposedMail {
    let [due, _] = Typed::honest().mails();
    let (message, template) = (message(&due), due.mail.template());
    ComposedMail { id: due.id, template, to: due.to, message }
}
