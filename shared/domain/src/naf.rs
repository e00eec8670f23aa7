//! NAF codes: what an establishment does.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// A NAF code: four digits and a letter, without the point that INSEE prints after the second digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Naf(String);

/// The text is no NAF code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("naf : NAF code must be 4 digits followed by one letter. ex : 6832A")]
pub struct NafError;

impl Naf {
    /// The five characters, without a point, in upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Naf {
    type Err = NafError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = match text.split_once('.') {
            Some((division, rest)) if division.len() == 2 => format!("{division}{rest}"),
            _ => text.to_owned(),
        };
        match code.as_bytes() {
            [digits @ .., letter]
                if digits.len() == 4
                    && digits.iter().all(u8::is_ascii_digit)
                    && letter.is_ascii_alphabetic() =>
            {
                Ok(Self(code.to_ascii_uppercase()))
            }
            _ => Err(NafError),
        }
    }
}

impl fmt::Display for Naf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Naf);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_form_with_a_point() {
        assert_eq!("68.32A".parse::<Naf>().unwrap(), "6832a".parse::<Naf>().unwrap());
    }

    #[test]
    fn refuses_anything_else() {
        for text in
            ["", "6832", "68.32", "6832AA", "A6832", "6.832A", "68..32A", "683.2A", "68.3.2A", "6832é"]
        {
            assert_eq!(text.parse::<Naf>(), Err(NafError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn is_the_same_with_and_without_a_point(division in "[0-9]{2}", class in "[0-9]{2}[A-Za-z]") {
            let plain: Naf = format!("{division}{class}").parse().unwrap();
            let dotted: Naf = format!("{division}.{class}").parse().unwrap();
            prop_assert_eq!(&plain, &dotted);
            prop_assert_eq!(plain.as_str().len(), 5);
        }
    }
}
