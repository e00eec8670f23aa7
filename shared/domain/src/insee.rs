//! INSEE codes of communes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// The INSEE code of a commune: five digits, the second of which is `A` or `B` in Corsica (2A, 2B).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Insee(String);

/// The text is no INSEE code. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("insee : Badly formatted insee city code. Must be 5 digit number.")]
pub struct InseeError;

impl Insee {
    /// The five characters, in upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Insee {
    type Err = InseeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [first, second, rest @ ..]
                if first.is_ascii_digit()
                    && (second.is_ascii_digit() || matches!(second, b'a' | b'b' | b'A' | b'B'))
                    && rest.len() == 3
                    && rest.iter().all(u8::is_ascii_digit) =>
            {
                Ok(Self(text.to_ascii_uppercase()))
            }
            _ => Err(InseeError),
        }
    }
}

impl fmt::Display for Insee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Insee);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accepts_corsica_in_either_case() {
        assert_eq!("2A004".parse::<Insee>().unwrap().as_str(), "2A004");
        assert_eq!("2b033".parse::<Insee>().unwrap().as_str(), "2B033");
    }

    #[test]
    fn says_how_a_code_is_written() {
        for text in ["", "7505", "750566", "2C004", "A2004", "75 56", "75O56"] {
            assert_eq!(
                text.parse::<Insee>().unwrap_err().to_string(),
                "insee : Badly formatted insee city code. Must be 5 digit number.",
            );
        }
    }

    proptest! {
        #[test]
        fn accepts_what_the_contract_describes(text in "[0-9][abAB0-9][0-9]{3}") {
            let insee: Insee = text.parse().unwrap();
            prop_assert_eq!(insee.as_str(), text.to_ascii_uppercase());
        }
    }
}
