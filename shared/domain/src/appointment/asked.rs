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
use crate::application::Applicant;
use crate::email::Email;
use crate::random_id;
use crate::siret::Siret;

/// For how long the same person may not ask about the same training again, in seconds: four days (contract 3.3).
pub const AGAIN_SECONDS: u32 = 4 * 86_400;

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

/// Who asks (contract 1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// Who would follow the training.
    Etudiant,
    /// A parent of theirs.
    Parent,
}

impl Asker {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Etudiant, Self::Parent];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Etudiant => "etudiant",
            Self::Parent => "parent",
        }
    }

    /// What forms and mails call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Etudiant => "Étudiant",
            Self::Parent => "Parent",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asker| asker.as_str() == word)
    }
}

/// What somebody wants to talk about (contract 1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// How one is admitted.
    Modalite,
    /// What is taught.
    Contenu,
    /// Open days.
    Porte,
    /// What it costs.
    Frais,
    /// How many places are left.
    Place,
    /// Hours and rhythm.
    Horaire,
    /// More about the centre.
    Plus,
    /// Help to find a company.
    Accompagnement,
    /// Where it is and how to get there.
    Lieu,
    /// What one can study afterwards.
    Suivi,
    /// Something else.
    Autre,
}

impl Reason {
    /// Every one, as forms show them.
    pub const ALL: [Self; 11] = [
        Self::Modalite,
        Self::Contenu,
        Self::Porte,
        Self::Frais,
        Self::Place,
        Self::Horaire,
        Self::Plus,
        Self::Accompagnement,
        Self::Lieu,
        Self::Suivi,
        Self::Autre,
    ];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Modalite => "modalite",
            Self::Contenu => "contenu",
            Self::Porte => "porte",
            Self::Frais => "frais",
            Self::Place => "place",
            Self::Horaire => "horaire",
            Self::Plus => "plus",
            Self::Accompagnement => "accompagnement",
            Self::Lieu => "lieu",
            Self::Suivi => "suivi",
            Self::Autre => "autre",
        }
    }

    /// What forms and mails call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Modalite => "Modalités d'inscription",
            Self::Contenu => "Contenu de la formation",
            Self::Porte => "Portes ouvertes",
            Self::Frais => "Frais d'inscription",
            Self::Place => "Places disponibles",
            Self::Horaire => "Horaires et rythme de la formation",
            Self::Plus => "En savoir plus sur l'établissement",
            Self::Accompagnement => "Accompagnement dans la recherche d'entreprise",
            Self::Lieu => "Lieu de la formation et accès",
            Self::Suivi => "Poursuite d'études",
            Self::Autre => "Autre",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// What a centre makes of a request (contract 1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intention {
    /// It writes to who asked.
    PersonalisedAnswer,
    /// It has answered otherwise.
    OtherChannel,
    /// It could not reach who asked.
    NoAnswer,
}

impl Intention {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::PersonalisedAnswer, Self::OtherChannel, Self::NoAnswer];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PersonalisedAnswer => "personalised_answer",
            Self::OtherChannel => "other_channel",
            Self::NoAnswer => "no_answer",
        }
    }

    /// The one of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intention| intention.as_str() == word)
    }
}

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was asked for.
    Requested,
    /// The centre has answered, without proposing anything.
    Answered,
    /// The centre proposes slots.
    Proposed,
    /// Who asked picked one of them.
    Picked,
    /// Who asked took it back.
    Withdrawn,
    /// The request did not reach the centre.
    Undelivered,
}

impl Stage {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::Answered, Self::Proposed, Self::Picked, Self::Withdrawn, Self::Undelivered];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Answered => "answered",
            Self::Proposed => "proposed",
            Self::Picked => "picked",
            Self::Withdrawn => "withdrawn",
            Self::Undelivered => "undelivered",
        }
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
    /// What who asked picked of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked: Option<Slot>,
}

impl Facts {
    /// Whether the centre may still answer: once in words to who asked, and before that as often as it only notes what it
    /// makes of the request.
    pub fn may_be_answered(&self) -> bool {
        let noted = self.stage == Stage::Answered && self.intention != Some(Intention::PersonalisedAnswer);
        self.stage == Stage::Requested || noted
    }

    /// Whether who asked may take it back.
    pub const fn may_be_withdrawn(&self) -> bool {
        !matches!(self.stage, Stage::Withdrawn | Stage::Undelivered)
    }

    /// Whether a slot may be picked.
    pub const fn may_be_picked(&self) -> bool {
        matches!(self.stage, Stage::Proposed)
    }
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
    fn words_are_those_of_the_contract_and_are_read_back() {
        let words: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        let contract = "modalite contenu porte frais place horaire plus accompagnement lieu suivi autre";
        assert_eq!(words.join(" "), contract);
        for reason in Reason::ALL {
            assert_eq!(Reason::of(reason.as_str()), Some(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
        for intention in Intention::ALL {
            assert_eq!(Intention::of(intention.as_str()), Some(intention));
            assert_eq!(serde_json::to_value(intention).unwrap(), intention.as_str());
        }
        for asker in Asker::ALL {
            assert_eq!(Asker::of(asker.as_str()), Some(asker));
            assert_eq!(serde_json::to_value(asker).unwrap(), asker.as_str());
        }
        for stage in Stage::ALL {
            assert_eq!(serde_json::to_value(stage).unwrap(), stage.as_str());
        }
        assert_eq!((Reason::of("debouche"), Intention::of("oui"), Asker::of("")), (None, None, None));
    }
}
