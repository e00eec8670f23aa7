//! An appointment that somebody asked for: what about, and where it stands.
//!
//! What is known of a person is apart ([`Letter`]) and only ever stored sealed; the rest names nobody and stays as
//! statistics when the person is forgotten.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::referrer::Referrer;
use super::slot::Slot;
use super::words::{Asker, Intention, Reason, Stage};
use crate::application::Applicant;
use crate::email::Email;
use crate::random_id;
use crate::siret::Siret;

/// For how long the same person may not ask about the same training again, in seconds: four days (contract 3.3).
pub const AGAIN_SECONDS: u32 = 4 * 86_400;
/// How often a centre may propose other slots when all that it had proposed are over: each is a mail more to who asked.
const MAX_AGAIN: u8 = 5;

/// The id of an appointment: random, in the form of a UUID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppointmentId(String);

/// The text is no id of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of an appointment is a UUID in lower case")]
pub struct AppointmentIdError;

impl AppointmentId {
    /// An id of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(random_id::of(bytes))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AppointmentId {
    type Err = AppointmentIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        random_id::read(text).map(Self).ok_or(AppointmentIdError)
    }
}

impl TryFrom<String> for AppointmentId {
    type Error = AppointmentIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AppointmentId> for String {
    fn from(id: AppointmentId) -> Self {
        id.0
    }
}

impl fmt::Display for AppointmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is kept of an appointment and names nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The training, by its clé ministère éducatif.
    pub training: String,
    /// The establishment that teaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainer: Option<Siret>,
    /// The establishment that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Siret>,
    /// The site that who asked came from.
    pub referrer: Referrer,
    /// The partner that is that site; none where nobody was when it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// Who asked.
    pub asker: Asker,
    /// What they want to talk about.
    pub reasons: Vec<Reason>,
    /// When they asked.
    #[serde(with = "crate::date::iso_form")]
    pub created_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// When that last changed.
    #[serde(with = "crate::date::iso_form")]
    pub updated_at: Timestamp,
    /// What the centre makes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<Intention>,
    /// When the centre answered, as it says.
    #[serde(default, with = "crate::date::option", skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// What the centre proposes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// How often it has answered again, because all that it had proposed was over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub again: u8,
    /// What who asked picked of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked: Option<Slot>,
}

impl Facts {
    /// Whether the centre may still answer: once in words to who asked, before that as often as it only notes what it makes
    /// of the request, and again where nobody picked what it proposes in time.
    pub fn may_be_answered(&self, now: Timestamp) -> bool {
        match self.stage {
            Stage::Requested => true,
            Stage::Answered => self.intention != Some(Intention::PersonalisedAnswer),
            Stage::Proposed => self.again < MAX_AGAIN && !self.may_be_picked(now),
            Stage::Picked | Stage::Withdrawn | Stage::Undelivered => false,
        }
    }

    /// Whether who asked may take it back.
    pub const fn may_be_withdrawn(&self) -> bool {
        !matches!(self.stage, Stage::Withdrawn | Stage::Undelivered)
    }

    /// Whether a slot may be picked: one that is proposed and ahead.
    pub fn may_be_picked(&self, now: Timestamp) -> bool {
        self.stage == Stage::Proposed && self.slots.iter().any(|slot| slot.starts_at > now)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(count: &u8) -> bool {
    *count == 0
}

/// What was written about an appointment: stored sealed under the key of who asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Who asked.
    pub applicant: Applicant,
    /// What they write.
    pub message: Option<String>,
    /// The training, by its name.
    pub training: String,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// Where requests about the training go.
    pub address: Email,
    /// Where it is taught: the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Where it is taught: code postal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// Where it is taught: commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// What the centre answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
}

impl Letter {
    /// What it is sealed for.
    pub fn purpose(id: &AppointmentId) -> String {
        format!("appointment#{id}")
    }

    /// Where it is taught, on one line; none where nothing is known of it.
    pub fn place(&self) -> Option<String> {
        let town = [&self.zip, &self.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let parts = [self.street.clone(), Some(town).filter(|town| !town.is_empty())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_random_uuid_and_is_read_back() {
        let id = AppointmentId::from_random([0xff; 16]);
        assert_eq!(id.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(id.as_str().parse(), Ok(id));
        for text in ["", "ffffffff", "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF"] {
            assert_eq!(text.parse::<AppointmentId>(), Err(AppointmentIdError), "{text}");
        }
    }

    #[test]
    fn a_centre_may_answer_again_when_all_that_it_proposed_is_over_and_not_for_ever() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let slots = [100, 200].map(|second| Slot { starts_at: at(second), minutes: 30 }).to_vec();
        let proposed = |again| Facts {
            training: "cle".to_owned(),
            trainer: None,
            manager: None,
            referrer: Referrer::Lba,
            partner: None,
            asker: Asker::Etudiant,
            reasons: Vec::new(),
            created_at: at(0),
            stage: Stage::Proposed,
            updated_at: at(0),
            intention: Some(Intention::PersonalisedAnswer),
            answered_at: None,
            slots: slots.clone(),
            again,
            picked: None,
        };
        let may =
            |again, now| (proposed(again).may_be_picked(at(now)), proposed(again).may_be_answered(at(now)));
        assert_eq!(may(0, 199), (true, false), "one is ahead");
        assert_eq!(may(0, 200), (false, true));
        assert_eq!(may(MAX_AGAIN - 1, 200), (false, true));
        assert_eq!(may(MAX_AGAIN, 200), (false, false));
    }
}
