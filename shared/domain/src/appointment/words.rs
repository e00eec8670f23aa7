//! The words of the contract about requests for appointments, and those that forms and mails have for them.

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

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
