//! An application: who applies for what, and where it stands.
//!
//! What is known of a person is apart ([`Letter`]) and only ever stored sealed; the rest names nobody and stays as
//! statistics when the person is forgotten.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::event::ApplicationAnswer;
use crate::link::OfferRef;
use crate::mail::MailedCv;
use crate::random_id;
use crate::rome::RomeCode;
use crate::siret::Siret;

mod statistic;
mod upload;
pub mod words;

pub use statistic::Statistic;
pub use upload::{UploadId, UploadIdError};

/// Applications of one person in a calendar day of Paris (contract 3.1).
pub const MAX_PER_DAY: u32 = 100;
/// Applications of one person to one offer, or to one company where there is no offer (contract 3.1).
pub const MAX_PER_TARGET: u32 = 3;
/// Applications that one caller hands on to one SIRET in a calendar day of Paris (contract 3.1).
pub const MAX_PER_CALLER: u32 = 20;
/// Applications to one offer: with the last it closes (contract 3.1).
pub const MAX_PER_OFFER: u32 = 80;
/// Characters of a message: some four pages.
pub const MAX_MESSAGE_CHARS: usize = 10_000;

/// The id of an application: random, in the form of a UUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApplicationId(String);

/// The text is no id of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of an application is a UUID in lower case")]
pub struct ApplicationIdError;

impl ApplicationId {
    /// An id of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(random_id::of(bytes))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ApplicationId {
    type Err = ApplicationIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        random_id::read(text).map(Self).ok_or(ApplicationIdError)
    }
}

impl TryFrom<String> for ApplicationId {
    type Error = ApplicationIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ApplicationId> for String {
    fn from(id: ApplicationId) -> Self {
        id.0
    }
}

impl fmt::Display for ApplicationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody applies for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Target {
    /// An offer that was deposited here.
    Offer(OfferRef),
    /// A company, of one's own accord.
    Company {
        /// Which.
        siret: Siret,
    },
}

impl Target {
    /// What stands for it where applications are counted.
    pub fn name(&self) -> String {
        match self {
            Self::Offer(offer) => format!("offer#{}", offer.offer_id),
            Self::Company { siret } => format!("company#{siret}"),
        }
    }
}

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was taken; its CV was not looked at yet.
    Received,
    /// Its CV is being looked at, or waits until the scanner answers.
    Scanning,
    /// Its CV is harmless; the mail to the recruiter is on its way.
    Sending,
    /// The recruiter's mail provider has it.
    Delivered,
    /// The recruiter did not get it: the address takes no mails, the mail could not be sent, or the CV was gone before it
    /// was looked at.
    Bounced,
    /// Its CV was not taken.
    Refused,
    /// The recruiter has answered.
    Answered,
}

impl Stage {
    /// Every one, in the order in which an application may come to it.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Scanning,
        Self::Sending,
        Self::Delivered,
        Self::Bounced,
        Self::Refused,
        Self::Answered,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Scanning => "scanning",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Refused => "refused",
            Self::Answered => "answered",
        }
    }
}

/// What is kept of an application and names nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The partner it came through.
    pub partner: String,
    /// Who handed it on, as it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// For what.
    pub target: Target,
    /// The company.
    pub siret: Siret,
    /// The trades of the offer or the company.
    pub romes: Vec<RomeCode>,
    /// When.
    #[serde(with = "crate::date::iso_form")]
    pub created_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// When that last changed.
    #[serde(with = "crate::date::iso_form")]
    pub updated_at: Timestamp,
    /// What the recruiter intends to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<ApplicationAnswer>,
    /// What the recruiter answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ApplicationAnswer>,
}

/// Who applies.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Address.
    pub email: Email,
    /// Telephone number: in its international form where it has one.
    pub phone: String,
}

/// What an application says: stored sealed under the key of who applies.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Who applies.
    pub applicant: Applicant,
    /// What they write.
    pub message: Option<String>,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade that is looked for.
    pub title: String,
    /// To whom it goes.
    pub recruiter: Email,
    /// The CV.
    pub cv: MailedCv,
    /// Whether a partner only tests: the recruiter's mail goes to who applies, who is not to close the offer by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_test: bool,
}

impl Letter {
    /// What it is sealed for.
    pub fn purpose(id: &ApplicationId) -> String {
        format!("letter#{id}")
    }
}

impl fmt::Debug for Applicant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Applicant").finish_non_exhaustive()
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").finish_non_exhaustive()
    }
}

/// The word by which the contract calls an answer (contract 1.10).
pub const fn intention(answer: ApplicationAnswer) -> &'static str {
    match answer {
        ApplicationAnswer::Meeting => "entretien",
        ApplicationAnswer::Undecided => "ne_sais_pas",
        ApplicationAnswer::Refused => "refus",
    }
}

/// The answer that the contract calls so.
pub fn answer_of(intention: &str) -> Option<ApplicationAnswer> {
    use ApplicationAnswer::{Meeting, Refused, Undecided};
    [Meeting, Undecided, Refused].into_iter().find(|answer| self::intention(*answer) == intention)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_random_uuid_and_is_read_back() {
        let id = ApplicationId::from_random([0xff; 16]);
        assert_eq!(id.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(id.as_str().parse(), Ok(id));
        for text in
            ["", "ffffffff", "ffffffff-ffff-4fff-bfff-fffffffffffg", "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF"]
        {
            assert_eq!(text.parse::<ApplicationId>(), Err(ApplicationIdError), "{text}");
        }
    }

    #[test]
    fn every_answer_has_its_word() {
        for word in ["entretien", "ne_sais_pas", "refus"] {
            assert_eq!(answer_of(word).map(intention), Some(word));
        }
        assert_eq!(answer_of("peut-être"), None);
    }

    #[test]
    fn no_person_is_in_what_is_printed() {
        let applicant = Applicant {
            first_name: "Aucune".to_owned(),
            last_name: "PERSONNE".to_owned(),
            email: "aucune.personne@exemple.invalid".parse().unwrap(),
            phone: "+33100000000".to_owned(),
        };
        assert_eq!(format!("{applicant:?}"), "Applicant { .. }");
    }
}
