//! Invented mails, from an invented sender.

use domain::email::Email;
use domain::link::{LinkId, LinkKey};
use domain::mail::{
    AccountRefused, AccountsWaiting, ConfirmAddress, DelegationAsked, DueMail, ExpiringOffer, Mail,
    OfferExpired, OfferExpiresSoon, OfferPublished,
};
use jiff::Timestamp;
use jiff::civil::date;
use mail::{Composer, Links, Rendered, Sender, render};
use usecases::ports::{ComposeMail, ComposedMail, PortError};

use crate::applications::CV;

/// What people type, and names that come from elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: String,
    pub(crate) offer_title: String,
    pub(crate) cfa: String,
    pub(crate) city: String,
    pub(crate) opco: String,
    pub(crate) phone: String,
    /// Several lines, of an applicant or a recruiter.
    pub(crate) message: String,
    pub(crate) file_name: String,
}

impl Typed {
    pub(crate) fn honest() -> Self {
        Self {
            first_name: "Élodie".to_owned(),
            last_name: "N'Diaye-Martin".to_owned(),
            company: "Boulangerie Martin & Fils".to_owned(),
            offer_title: "Apprenti boulanger H/F".to_owned(),
            cfa: "CFA Inventé des Flandres".to_owned(),
            city: "Lille".to_owned(),
            opco: "OPCO Inventé".to_owned(),
            phone: "06.12.34.56.78".to_owned(),
            message:
                "Bonjour,\n\nVotre métier me plaît. J'ai fait un stage chez <Fournil & Cie>.\nÀ bientôt !"
                    .to_owned(),
            file_name: "CV Élodie N'Diaye.pdf".to_owned(),
        }
    }

    /// The same text in every field.
    pub(crate) fn everywhere(text: &str) -> Self {
        let [first_name, last_name, company, offer_title, cfa, city, opco, phone, message, file_name] =
            [text; 10].map(str::to_owned);
        Self { first_name, last_name, company, offer_title, cfa, city, opco, phone, message, file_name }
    }

    /// Each mail in each of its forms, with these words, under the name of its golden files.
    pub(crate) fn mails(&self) -> Vec<(&'static str, DueMail)> {
        let expires_soon = |days, offers| Mail::OfferExpiresSoon(self.expires_soon(days, offers));
        let mails = [
            ("confirm-address", Mail::ConfirmAddress(self.confirm(false))),
            ("confirm-address-waiting", Mail::ConfirmAddress(self.confirm(true))),
            ("offer-published", Mail::OfferPublished(self.published(false))),
            ("offer-published-others", Mail::OfferPublished(self.published(true))),
            ("offer-expires-soon", expires_soon(7, 1)),
            ("offer-expires-soon-several", expires_soon(1, 3)),
            ("offer-expired", Mail::OfferExpired(self.expired())),
            ("delegation-asked", Mail::DelegationAsked(self.delegation_asked(Some(self.city.clone())))),
            ("delegation-asked-without-city", Mail::DelegationAsked(self.delegation_asked(None))),
            ("accounts-waiting", Mail::AccountsWaiting(self.waiting(12))),
            ("accounts-waiting-one", Mail::AccountsWaiting(self.waiting(1))),
            ("account-refused", Mail::AccountRefused(self.refused())),
        ];
        let mails = mails
            .into_iter()
            .chain(self.on_applications())
            .chain(self.to_establishments())
            .chain(self.on_appointments());
        mails.map(|(name, mail)| (name, DueMail::new("offer-1", to(), mail))).collect()
    }

    pub(crate) fn refused(&self) -> AccountRefused {
        let Self { first_name, last_name, company, .. } = self.clone();
        AccountRefused { first_name, last_name, company }
    }

    fn confirm(&self, waiting: bool) -> ConfirmAddress {
        let Self { first_name, last_name, company, offer_title, .. } = self.clone();
        let link = LinkId::from_random([1; 16]);
        ConfirmAddress { first_name, last_name, company, offer_title, link, waiting }
    }

    fn published(&self, others: bool) -> OfferPublished {
        let Self { first_name, last_name, company, offer_title, .. } = self.clone();
        let (shown_until, unsubscribe) = (date(2026, 11, 1), LinkId::from_random([2; 16]));
        OfferPublished { first_name, last_name, company, offer_title, shown_until, unsubscribe, others }
    }

    pub(crate) fn expires_soon(&self, days: u8, offers: u8) -> OfferExpiresSoon {
        let Self { first_name, last_name, company, offer_title, .. } = self.clone();
        let offer = |number: u8| ExpiringOffer {
            title: offer_title.clone(),
            last_day: date(2026, 11, 1),
            filled: LinkId::from_random([100 + number; 16]),
            extend: LinkId::from_random([200 + number; 16]),
        };
        let (offers, unsubscribe) = ((1..=offers).map(offer).collect(), LinkId::from_random([2; 16]));
        OfferExpiresSoon { first_name, last_name, company, days, offers, unsubscribe }
    }

    fn expired(&self) -> OfferExpired {
        let Self { first_name, last_name, company, offer_title, .. } = self.clone();
        OfferExpired {
            first_name,
            last_name,
            company,
            offer_title,
            unsubscribe: LinkId::from_random([2; 16]),
        }
    }

    fn delegation_asked(&self, city: Option<String>) -> DelegationAsked {
        let Self { company, offer_title, cfa, .. } = self.clone();
        let (link, unsubscribe) = (LinkId::from_random([3; 16]), LinkId::from_random([2; 16]));
        DelegationAsked { cfa, company, city, offer_title, link, unsubscribe }
    }

    fn waiting(&self, count: u32) -> AccountsWaiting {
        AccountsWaiting { opco: self.opco.clone(), count, oldest: date(2026, 8, 3) }
    }
}

pub(crate) fn to() -> Email {
    "rh@exemple.fr".parse().unwrap()
}

pub(crate) fn contact() -> Email {
    "contact@exemple.fr".parse().unwrap()
}

/// What the mail says, where people may write to us.
pub(crate) fn rendered(due: &DueMail) -> Rendered {
    render(due, &links(), Some(&contact())).unwrap()
}

pub(crate) fn links() -> Links {
    let key = LinkKey::new(&"invented".repeat(8)).unwrap();
    Links { base_url: "https://mails.exemple.fr".to_owned(), key }
}

/// As it is sent: an application with its CV.
pub(crate) fn message(due: &DueMail) -> Vec<u8> {
    let cv = matches!(due.mail, Mail::ApplicationReceived(_)).then_some(CV);
    composed_with(due, cv).unwrap()
}

pub(crate) fn composed_with(due: &DueMail, attachment: Option<&[u8]>) -> Result<Vec<u8>, PortError> {
    let sender = Sender {
        address: "nepasrepondre@exemple.fr".parse().unwrap(),
        name: "La bonne alternance".to_owned(),
        reply_to: Some(contact()),
    };
    let at: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
    Composer::new(sender, links()).compose(due, attachment, at)
}

pub(crate) fn composed() -> ComposedMail {
    let (_, due) = Typed::honest().mails().remove(0);
    let (message, template) = (message(&due), due.mail.template());
    ComposedMail { id: due.id, template, to: due.to, message }
}
