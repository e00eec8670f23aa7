//! SIREN: the number of a company, which owns establishments.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::siret::{Siret, luhn};
use crate::text_form::text_form;

/// A SIREN: nine digits whose checksum holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siren(String);

/// The text is no SIREN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("SIREN invalide")]
pub struct SirenError;

impl Siren {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Siren {
    type Err = SirenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && luhn(text) { Ok(Self(text.to_owned())) } else { Err(SirenError) }
    }
}

/// That of the company that owns the establishment.
impl From<&Siret> for Siren {
    fn from(siret: &Siret) -> Self {
        Self(siret.siren().to_owned())
    }
}

impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Siren);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_nine_digits_whose_checksum_holds() {
        // The second is La Poste's.
        for text in ["000022079", "356000000"] {
            assert_eq!(text.parse::<Siren>().unwrap().as_str(), text);
        }
        for text in ["", "000022078", "13002526", "0000220790", "13002526a", " 000022079"] {
            assert_eq!(text.parse::<Siren>(), Err(SirenError), "{text}");
        }
    }

    #[test]
    fn a_siret_begins_with_that_of_its_company() {
        let siret: Siret = "00002207900016".parse().unwrap();
        assert_eq!(Siren::from(&siret).as_str(), "000022079");
    }
}
