//! Mails as facts: which one is due, to whom, with which words of whose. How one looks is the crate `mail`'s.

mod account;
mod application;
mod appointment;
mod establishment;
mod offer;
mod template;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::account::{AccountRefused, AccountsWaiting, ConfirmAddress};
pub use self::application::{
    ApplicationReceived, ApplicationRefused, ApplicationReplied, ApplicationSent, ApplicationUndelivered,
    MailedCv, OfferFull, PersonalData,
};
pub use self::appointment::{
    AppointmentAsked, AppointmentFixed, AppointmentReplied, AppointmentSent, AppointmentUndelivered,
    AppointmentWithdrawn, Side,
};
pub use self::establishment::{PremiumAsked, PremiumReminded, RdvActivated, RdvInvited};
pub use self::offer::{DelegationAsked, ExpiringOffer, OfferExpired, OfferExpiresSoon, OfferPublished};
pub use self::template::{Template, WhenUnknown};
use crate::email::Email;
use crate::person::Person;

/// Bytes of an id: as many as make it unique among all mails ever sent.
const ID_BYTES: usize = 16;

/// The id of a mail: of its cause and its template, so that one cause never makes two of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailId(String);

/// The text is no id of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of a mail has 32 hexadecimal digits in lower case")]
pub struct MailIdError;

impl MailId {
    /// The id of the mail of this template that `cause` makes due: the id of an offer, of an application.
    pub fn of(template: Template, cause: &str) -> Self {
        let digest = Sha256::new().chain_update(template.as_str()).chain_update("#").chain_update(cause);
        Self(hex::encode(digest.finalize().get(..ID_BYTES).unwrap_or_default()))
    }

    /// 32 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for MailId {
    type Err = MailIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_id = text.len() == ID_BYTES * 2 && text.bytes().all(is_digit);
        is_id.then(|| Self(text.to_owned())).ok_or(MailIdError)
    }
}

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A mail, with what its text tells. Tagged by its template, as the ledger keeps it until it has left: a field that comes
/// later has a default, so that what was stored before it is still read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "kebab-case")]
pub enum Mail {
    /// « Confirmez votre adresse mail ».
    ConfirmAddress(ConfirmAddress),
    /// « Votre offre d'alternance est publiée ».
    OfferPublished(OfferPublished),
    /// « Votre offre expire demain », and the like.
    OfferExpiresSoon(OfferExpiresSoon),
    /// « Votre offre d'alternance a expiré ».
    OfferExpired(OfferExpired),
    /// « Une entreprise recrute dans votre domaine ».
    DelegationAsked(DelegationAsked),
    /// « Des entreprises attendent la validation de leur compte ».
    AccountsWaiting(AccountsWaiting),
    /// « Votre compte recruteur n'a pas pu être validé ».
    AccountRefused(AccountRefused),
    /// « Candidature en alternance ».
    ApplicationReceived(ApplicationReceived),
    /// « Votre candidature chez … ».
    ApplicationSent(ApplicationSent),
    /// « Echec d'envoi de votre candidature ».
    ApplicationRefused(ApplicationRefused),
    /// « Votre candidature n'a pas pu être envoyée à … ».
    ApplicationUndelivered(ApplicationUndelivered),
    /// « Réponse positive de … », and the like.
    ApplicationReplied(ApplicationReplied),
    /// « Votre offre d'alternance a été dépubliée ».
    OfferFull(OfferFull),
    /// « Vos données personnelles ».
    PersonalData(PersonalData),
    /// « La prise de RDV sera activée dans 15 jours … ».
    RdvInvited(RdvInvited),
    /// « La prise de RDV est activée … ».
    RdvActivated(RdvActivated),
    /// « Trouvez et recrutez vos candidats sur … ! ».
    PremiumInvited(PremiumAsked),
    /// « Rappel : trouvez et recrutez vos candidats sur … ».
    PremiumFollowUp(PremiumAsked),
    /// « Rappel : la prise de RDV est activée sur … ».
    PremiumReminder(PremiumReminded),
    /// « Un candidat a un message pour vous ».
    AppointmentAsked(AppointmentAsked),
    /// « Votre demande de RDV auprès de … ».
    AppointmentSent(AppointmentSent),
    /// « Le centre de formation vous répond ».
    AppointmentReplied(AppointmentReplied),
    /// « Votre rendez-vous est fixé ».
    AppointmentFixed(AppointmentFixed),
    /// « La demande de RDV est retirée », or « Votre rendez-vous est annulé ».
    AppointmentWithdrawn(AppointmentWithdrawn),
    /// « Votre demande de RDV n'a pas pu être envoyée à … ».
    AppointmentUndelivered(AppointmentUndelivered),
}

impl Mail {
    /// Which one it is.
    pub const fn template(&self) -> Template {
        match self {
            Self::ConfirmAddress(_) => Template::ConfirmAddress,
            Self::OfferPublished(_) => Template::OfferPublished,
            Self::OfferExpiresSoon(_) => Template::OfferExpiresSoon,
            Self::OfferExpired(_) => Template::OfferExpired,
            Self::DelegationAsked(_) => Template::DelegationAsked,
            Self::AccountsWaiting(_) => Template::AccountsWaiting,
            Self::AccountRefused(_) => Template::AccountRefused,
            Self::ApplicationReceived(_) => Template::ApplicationReceived,
            Self::ApplicationSent(_) => Template::ApplicationSent,
            Self::ApplicationRefused(_) => Template::ApplicationRefused,
            Self::ApplicationUndelivered(_) => Template::ApplicationUndelivered,
            Self::ApplicationReplied(_) => Template::ApplicationReplied,
            Self::OfferFull(_) => Template::OfferFull,
            Self::PersonalData(_) => Template::PersonalData,
            Self::RdvInvited(_) => Template::RdvInvited,
            Self::RdvActivated(_) => Template::RdvActivated,
            Self::PremiumInvited(_) => Template::PremiumInvited,
            Self::PremiumFollowUp(_) => Template::PremiumFollowUp,
            Self::PremiumReminder(_) => Template::PremiumReminder,
            Self::AppointmentAsked(_) => Template::AppointmentAsked,
            Self::AppointmentSent(_) => Template::AppointmentSent,
            Self::AppointmentReplied(_) => Template::AppointmentReplied,
            Self::AppointmentFixed(_) => Template::AppointmentFixed,
            Self::AppointmentWithdrawn(_) => Template::AppointmentWithdrawn,
            Self::AppointmentUndelivered(_) => Template::AppointmentUndelivered,
        }
    }
}

/// A mail that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct DueMail {
    /// Its id.
    pub id: MailId,
    /// To whom.
    pub to: Email,
    /// What it tells.
    pub mail: Mail,
    /// Whose data are in it, where stores hold it sealed under the key of that person until it has left.
    pub about: Option<Person>,
}

impl DueMail {
    /// The mail that `cause` makes due.
    pub fn new(cause: &str, to: Email, mail: Mail) -> Self {
        Self { id: MailId::of(mail.template(), cause), to, mail, about: None }
    }

    /// The same, stored sealed under the key of the person that it is about: once the key is gone, it cannot leave.
    #[must_use]
    pub fn about(self, person: &Person) -> Self {
        Self { about: Some(person.clone()), ..self }
    }
}

/// The tag by which a provider names a mail of ours in what it tells of it.
pub const MAIL_ID_TAG: &str = "mail-id";

/// What stands for an address where it must not be readable: the SHA-256 of its lower-case form.
pub fn address_hash(email: &Email) -> String {
    hex::encode(Sha256::digest(email.as_str()))
}
