//! The four sources of a search.

use std::fmt;
use std::str::FromStr;

/// Where a result comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Trainings of the catalogue.
    Formations,
    /// Companies likely to hire, a monthly predictive list.
    Lba,
    /// Offers deposited here by recruiters and CFA.
    Matcha,
    /// Offers of France Travail.
    Offres,
}

impl Source {
    /// Every source, in a fixed order.
    pub const ALL: [Self; 4] = [Self::Formations, Self::Lba, Self::Matcha, Self::Offres];

    /// The name partners use, which is also the first half of a posting's partition key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Formations => "formations",
            Self::Lba => "lba",
            Self::Matcha => "matcha",
            Self::Offres => "offres",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names none of the four sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown source")]
pub struct UnknownSource;

impl FromStr for Source {
    type Err = UnknownSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|source| source.as_str() == text).ok_or(UnknownSource)
    }
}
