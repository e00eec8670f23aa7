//! The site that a candidate comes from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A site that leads to the form (contract 1.12, 3.3). The one of the region Pays de la Loire is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Referrer {
    /// Parcoursup: open to what its establishment accepted by itself.
    Parcoursup,
    /// La bonne alternance.
    Lba,
    /// Onisep.
    Onisep,
    /// 1jeune1solution.
    #[serde(rename = "jeune_1_solution")]
    Jeune1Solution,
    /// Affelnet: open to what its establishment accepted by itself.
    Affelnet,
}

/// The text names no referrer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("parcoursup, lba, onisep, jeune_1_solution or affelnet is expected")]
pub struct UnknownReferrer;

impl Referrer {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Parcoursup, Self::Lba, Self::Onisep, Self::Jeune1Solution, Self::Affelnet];

    /// What addresses and bodies call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parcoursup => "parcoursup",
            Self::Lba => "lba",
            Self::Onisep => "onisep",
            Self::Jeune1Solution => "jeune_1_solution",
            Self::Affelnet => "affelnet",
        }
    }

    /// What mails and pages call it.
    pub const fn full_name(self) -> &'static str {
        match self {
            Self::Parcoursup => "Parcoursup",
            Self::Lba => "La bonne alternance",
            Self::Onisep => "Onisep",
            Self::Jeune1Solution => "1jeune1solution",
            Self::Affelnet => "Affelnet",
        }
    }

    /// The premium that establishments accept by themselves; none where it is open unless they refuse.
    pub const fn premium(self) -> Option<Premium> {
        match self {
            Self::Parcoursup => Some(Premium::Parcoursup),
            Self::Affelnet => Some(Premium::Affelnet),
            Self::Lba | Self::Onisep | Self::Jeune1Solution => None,
        }
    }
}

/// A national platform that an establishment is on only if it says so (contract 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Premium {
    /// Parcoursup.
    Parcoursup,
    /// Affelnet.
    Affelnet,
}

impl Premium {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Parcoursup, Self::Affelnet];

    /// What mails and pages call it.
    pub const fn full_name(self) -> &'static str {
        self.referrer().full_name()
    }

    /// The site of it.
    pub const fn referrer(self) -> Referrer {
        match self {
            Self::Parcoursup => Referrer::Parcoursup,
            Self::Affelnet => Referrer::Affelnet,
        }
    }
}

impl FromStr for Referrer {
    type Err = UnknownReferrer;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownReferrer)
    }
}

impl fmt::Display for Referrer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
