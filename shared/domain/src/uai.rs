//! UAI: numbers of schools (unité administrative immatriculée).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// A UAI: seven digits and a letter, in upper case (`0573690B`). Whether the letter is the right key is not checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uai([u8; 8]);

/// The text is no UAI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Un UAI est fait de 7 chiffres et d'une lettre. ex : 0573690B")]
pub struct UaiError;

impl Uai {
    /// The eight characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Uai {
    type Err = UaiError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut code: [u8; 8] = text.as_bytes().try_into().map_err(|_| UaiError)?;
        code.make_ascii_uppercase();
        match code {
            [digits @ .., letter] if digits.iter().all(u8::is_ascii_digit) && letter.is_ascii_uppercase() => {
                Ok(Self(code))
            }
            _ => Err(UaiError),
        }
    }
}

impl fmt::Display for Uai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Uai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(Uai);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_is_not_seven_digits_and_a_letter() {
        for text in ["", "0573690", "05736901", "A573690B", "0573690BB", "057369é", "2A00123B"] {
            assert_eq!(text.parse::<Uai>(), Err(UaiError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_either_case(text in "[0-9]{7}[a-zA-Z]") {
            let code: Uai = text.parse().unwrap();
            prop_assert_eq!(code.as_str(), text.to_ascii_uppercase());
        }
    }
}
