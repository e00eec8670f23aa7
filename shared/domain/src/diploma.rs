//! Diplomas: the five levels by which trainings and offers are filtered.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A level of the European framework, 3 to 7. It is stored as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[repr(u8)]
pub enum Diploma {
    /// CAP and the like.
    Cap = 3,
    /// Baccalauréat.
    Bac = 4,
    /// Two years after it.
    Bts = 5,
    /// Three years after it.
    Licence = 6,
    /// Five years after it.
    Master = 7,
}

/// The text or number names no diploma. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("diploma : Optional diploma argument used with wrong value")]
pub struct DiplomaError;

/// The level a recruiter chooses when any will do.
pub const ANY_LEVEL: &str = "Indifférent";

impl Diploma {
    /// Every level, lowest first.
    pub const ALL: [Self; 5] = [Self::Cap, Self::Bac, Self::Bts, Self::Licence, Self::Master];

    /// The number, 3 to 7.
    pub const fn level(self) -> u8 {
        self as u8
    }

    /// The diploma of a number, 3 to 7.
    pub fn from_level(level: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|diploma| diploma.level() == level)
    }

    /// The value of the parameter `diploma`, and of `niveau` in the catalogue.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cap => "3 (CAP...)",
            Self::Bac => "4 (BAC...)",
            Self::Bts => "5 (BTS, DEUST...)",
            Self::Licence => "6 (Licence, BUT...)",
            Self::Master => "7 (Master, titre ingénieur...)",
        }
    }

    /// The value of `job_level_label` in an offer deposited here.
    pub const fn job_level_label(self) -> &'static str {
        match self {
            Self::Cap => "Cap, autres formations niveau (Infrabac)",
            Self::Bac => "BP, Bac, autres formations niveau (Bac)",
            Self::Bts => "BTS, DEUST, autres formations niveau (Bac+2)",
            Self::Licence => "Licence, autres formations niveau (Bac+3)",
            Self::Master => "Master, titre ingénieur, autres formations niveau (Bac+5)",
        }
    }

    /// Reads a `job_level_label`: none for « Indifférent », which matches any diploma.
    pub fn from_job_level_label(label: &str) -> Result<Option<Self>, DiplomaError> {
        if label == ANY_LEVEL {
            return Ok(None);
        }
        Self::ALL.into_iter().find(|diploma| diploma.job_level_label() == label).map(Some).ok_or(DiplomaError)
    }
}

/// Looks at the first character only, as the original service does: `3`, `3 (CAP...)` and `3 CAP` are the same.
impl FromStr for Diploma {
    type Err = DiplomaError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let first = text.bytes().next().ok_or(DiplomaError)?;
        Self::from_level(first.wrapping_sub(b'0')).ok_or(DiplomaError)
    }
}

impl fmt::Display for Diploma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl TryFrom<u8> for Diploma {
    type Error = DiplomaError;

    fn try_from(level: u8) -> Result<Self, Self::Error> {
        Self::from_level(level).ok_or(DiplomaError)
    }
}

impl From<Diploma> for u8 {
    fn from(diploma: Diploma) -> Self {
        diploma.level()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_label_names_its_own_level() {
        for diploma in Diploma::ALL {
            assert_eq!(diploma.label().parse(), Ok(diploma));
            assert_eq!(Diploma::from_level(diploma.level()), Some(diploma));
            assert_eq!(Diploma::from_job_level_label(diploma.job_level_label()), Ok(Some(diploma)));
        }
    }

    #[test]
    fn only_the_first_character_counts() {
        assert_eq!("6".parse(), Ok(Diploma::Licence));
        assert_eq!("7 whatever".parse(), Ok(Diploma::Master));
    }

    #[test]
    fn any_level_is_no_diploma() {
        assert_eq!(Diploma::from_job_level_label("Indifférent"), Ok(None));
        assert_eq!(Diploma::from_job_level_label("Bac"), Err(DiplomaError));
    }

    #[test]
    fn says_that_a_value_is_wrong() {
        for text in ["", "2", "8", "CAP", " 3", "é"] {
            assert_eq!(
                text.parse::<Diploma>().unwrap_err().to_string(),
                "diploma : Optional diploma argument used with wrong value",
            );
        }
    }

    proptest! {
        #[test]
        fn a_level_is_3_to_7(level: u8) {
            prop_assert_eq!(Diploma::from_level(level).is_some(), (3..=7).contains(&level));
        }
    }
}
