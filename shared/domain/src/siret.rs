//! SIRET: the number of an establishment.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// The SIREN of La Poste, whose post offices do not follow the Luhn formula.
const LA_POSTE: &str = "356000000";
/// The head office of La Poste, which does follow it.
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

/// A SIRET: 14 digits whose checksum holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// The text is no SIRET. The messages are those of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiretError {
    /// Not 14 digits.
    #[error("SIRET invalide")]
    Format,
    /// 14 digits, but mistyped.
    #[error("Le siret ne respecte pas l'algorithme luhn (https://fr.wikipedia.org/wiki/Formule_de_Luhn)")]
    Checksum,
}

impl Siret {
    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first nine digits: the company that owns the establishment.
    pub fn siren(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }
}

impl FromStr for Siret {
    type Err = SiretError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SiretError::Format);
        }
        let holds = if text.starts_with(LA_POSTE) && text != LA_POSTE_HEAD_OFFICE {
            digits(text).sum::<u32>().is_multiple_of(5)
        } else {
            luhn(text)
        };
        if holds { Ok(Self(text.to_owned())) } else { Err(SiretError::Checksum) }
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Siret);

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.bytes().map(|byte| u32::from(byte.saturating_sub(b'0')))
}

/// The Luhn formula: from the right, every second digit doubled and its own digits added up.
pub(crate) fn luhn(text: &str) -> bool {
    let sum: u32 = digits(text)
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with_check_digit(thirteen: &str) -> String {
        (0..10).map(|digit| format!("{thirteen}{digit}")).find(|text| luhn(text)).unwrap()
    }

    #[test]
    fn accepts_a_siret_and_knows_its_siren() {
        let siret: Siret = "01928074200016".parse().unwrap();
        assert_eq!(siret.siren(), "019280742");
        assert_eq!(siret.to_string(), "01928074200016");
    }

    #[test]
    fn refuses_what_is_not_fourteen_digits() {
        for text in ["", "0192807420001", "019280742000166", "0192807420001A", " 1928074200016", "٠١٩٢٨٠٧"]
        {
            assert_eq!(text.parse::<Siret>().unwrap_err().to_string(), "SIRET invalide", "{text}");
        }
    }

    #[test]
    fn refuses_a_bad_checksum() {
        assert_eq!(
            "01928074200017".parse::<Siret>().unwrap_err().to_string(),
            "Le siret ne respecte pas l'algorithme luhn (https://fr.wikipedia.org/wiki/Formule_de_Luhn)"
        );
    }

    #[test]
    fn checks_post_offices_by_the_sum_of_their_digits() {
        assert!("35600000049837".parse::<Siret>().is_ok());
        assert!(!luhn("35600000049837"));
        assert!("35600000000048".parse::<Siret>().is_ok());
        assert_eq!("35600000049838".parse::<Siret>(), Err(SiretError::Checksum));
    }

    #[test]
    fn is_checked_when_read_from_json() {
        assert!(serde_json::from_str::<Siret>("\"01928074200016\"").is_ok());
        assert!(serde_json::from_str::<Siret>("\"01928074200017\"").is_err());
    }

    proptest! {
        #[test]
        fn accepts_every_number_with_a_luhn_digit(thirteen in "[0-9]{13}") {
            prop_assume!(!thirteen.starts_with(LA_POSTE));
            let text = with_check_digit(&thirteen);
            let siret: Siret = text.parse().unwrap();
            prop_assert_eq!(siret.as_str(), &text);
            let json = serde_json::to_string(&siret).unwrap();
            prop_assert_eq!(serde_json::from_str::<Siret>(&json).unwrap(), siret);
        }

        #[test]
        fn refuses_any_single_wrong_digit(thirteen in "[0-9]{13}", at in 0usize..14, shift in 1u8..10) {
            let mut bytes = with_check_digit(&thirteen).into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + shift) % 10;
            let text = String::from_utf8(bytes).unwrap();
            prop_assume!(!thirteen.starts_with(LA_POSTE) && !text.starts_with(LA_POSTE));
            prop_assert_eq!(text.parse::<Siret>(), Err(SiretError::Checksum));
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = text.parse::<Siret>();
        }
    }
}
