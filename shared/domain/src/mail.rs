//! Mails as facts: which one is due, to whom, with which words of whose. How one looks is the crate `mail`'s.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::email::Email;
use crate::link::LinkId;

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

/// The mails there are, by the name of their folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// To a recruiter, with its first offer.
    ConfirmAddress,
    /// To a recruiter, with each later offer.
    OfferPublished,
}

impl Template {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::ConfirmAddress, Self::OfferPublished];

    /// The name of its folder; also what logs and events call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
            Self::OfferPublished => "offer-published",
        }
    }

    /// Whether its receiver may stop it: those that tell of what was done, not those that ask to act.
    pub const fn may_be_stopped(self) -> bool {
        matches!(self, Self::OfferPublished)
    }

    /// What to do when the provider's answer was lost.
    pub const fn when_unknown(self) -> WhenUnknown {
        match self {
            // Without it the address is never confirmed; twice it does no harm, since its link works once.
            Self::ConfirmAddress => WhenUnknown::SendOnceMore,
            // It confirms what the answer of the deposit said already.
            Self::OfferPublished => WhenUnknown::Leave,
        }
    }
}

/// What is done with a mail whose provider may or may not have taken it: nobody can know, so each template says
/// which mistake is the lesser one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhenUnknown {
    /// Wait for word of the provider, then send it a second time: it must arrive.
    SendOnceMore,
    /// Leave it: it must not arrive twice.
    Leave,
}

/// A mail, with what its text tells. Tagged by its template, as the ledger keeps it until it has left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "kebab-case")]
pub enum Mail {
    /// « Confirmez votre adresse mail ».
    ConfirmAddress(ConfirmAddress),
    /// « Votre offre d'alternance est publiée ».
    OfferPublished(OfferPublished),
}

impl Mail {
    /// Which one it is.
    pub const fn template(&self) -> Template {
        match self {
            Self::ConfirmAddress(_) => Template::ConfirmAddress,
            Self::OfferPublished(_) => Template::OfferPublished,
        }
    }
}

/// What « Confirmez votre adresse mail » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmAddress {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that was deposited.
    pub offer_title: String,
    /// The link that confirms the address.
    pub link: LinkId,
}

/// What « Votre offre d'alternance est publiée » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferPublished {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that was deposited.
    pub offer_title: String,
    /// The last day it is shown, in Paris.
    pub shown_until: Date,
    /// The link by which the recruiter stops these mails.
    pub unsubscribe: LinkId,
}

/// Names and companies of people are left out.
impl fmt::Debug for ConfirmAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfirmAddress").finish_non_exhaustive()
    }
}

/// Names and companies of people are left out.
impl fmt::Debug for OfferPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferPublished").finish_non_exhaustive()
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
}

impl DueMail {
    /// The mail that `cause` makes due.
    pub fn new(cause: &str, to: Email, mail: Mail) -> Self {
        Self { id: MailId::of(mail.template(), cause), to, mail }
    }
}

/// The tag by which a provider names a mail of ours in what it tells of it.
pub const MAIL_ID_TAG: &str = "mail-id";

/// What stands for an address where it must not be readable: the SHA-256 of its lower-case form.
pub fn address_hash(email: &Email) -> String {
    hex::encode(Sha256::digest(email.as_str()))
}
