//! MEF: modules élémentaires de formation, a diploma and the year in which it is prepared.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// A MEF on ten digits, as the catalogue has it (`2472541131`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mef([u8; 10]);

/// The text is no MEF of ten digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Un code MEF est fait de 10 chiffres (d'un code de 11, le dernier est ignoré). ex : 2472541131")]
pub struct MefError;

impl Mef {
    /// The ten characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Mef {
    type Err = MefError;

    /// Reads ten digits; or eleven, as school systems write it, of which the catalogue has the first ten.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ten = match text.as_bytes() {
            [ten @ .., last] if ten.len() == 10 && last.is_ascii_digit() => ten,
            ten => ten,
        };
        let code: [u8; 10] = ten.try_into().map_err(|_| MefError)?;
        if code.iter().all(u8::is_ascii_digit) { Ok(Self(code)) } else { Err(MefError) }
    }
}

impl fmt::Display for Mef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Mef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(Mef);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_is_not_ten_or_eleven_digits() {
        for text in ["", "247254113", "247254113111", "247254113A", "2472541131A", "247254113 "] {
            assert_eq!(text.parse::<Mef>(), Err(MefError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_eleventh_digit_is_dropped(ten in "[0-9]{10}", eleventh in "[0-9]?") {
            let code: Mef = format!("{ten}{eleventh}").parse().unwrap();
            prop_assert_eq!(code.as_str(), ten);
        }
    }
}
