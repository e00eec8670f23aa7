//! A domain of the ROME: all trades whose code begins alike.

use std::str::FromStr;

use crate::rome::RomeCode;

/// A letter (`A`) or a letter and two digits (`A12`), in upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RomeDomain(String);

/// The text names no domain. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "romeDomain : Badly formatted romeDomain. Rome domain must be one letter or one letter followed by 2 digit number. \
     ex : A or A12"
)]
pub struct RomeDomainError;

impl RomeDomain {
    /// Whether a trade belongs to it.
    pub fn holds(&self, rome: RomeCode) -> bool {
        rome.as_str().starts_with(&self.0)
    }
}

impl FromStr for RomeDomain {
    type Err = RomeDomainError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_domain = match text.as_bytes() {
            [letter] => letter.is_ascii_alphabetic(),
            [letter, digits @ ..] => {
                letter.is_ascii_alphabetic() && digits.len() == 2 && digits.iter().all(u8::is_ascii_digit)
            }
            [] => false,
        };
        if is_domain { Ok(Self(text.to_ascii_uppercase())) } else { Err(RomeDomainError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_letter_and_perhaps_two_digits() {
        for text in ["A", "a", "A12", "n41"] {
            assert!(text.parse::<RomeDomain>().is_ok(), "{text}");
        }
        for text in ["", "A1", "A123", "1", "AB", "é", "A1b"] {
            assert_eq!(text.parse::<RomeDomain>(), Err(RomeDomainError), "{text}");
        }
    }

    #[test]
    fn holds_the_trades_that_begin_alike() {
        let domain: RomeDomain = "d11".parse().unwrap();
        assert!(domain.holds("D1102".parse().unwrap()));
        assert!(!domain.holds("D1202".parse().unwrap()));
    }
}
