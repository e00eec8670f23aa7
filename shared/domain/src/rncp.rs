//! RNCP codes: sheets of the répertoire national des certifications professionnelles.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// An RNCP code: `RNCP` and two to five digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RncpCode(String);

/// The text is no RNCP code. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "rncp : Badly formatted rncp code. RNCP code must 'RNCP' followed by 2 to 5 digit number. ex : RNCP12, RNCP12345 ..."
)]
pub struct RncpError;

impl RncpCode {
    /// The code, prefix included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RncpCode {
    type Err = RncpError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("RNCP").map(str::as_bytes) {
            Some(digits) if (2..=5).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(RncpError),
        }
    }
}

impl fmt::Display for RncpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(RncpCode);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn says_how_a_code_is_written() {
        for text in ["", "RNCP", "RNCP1", "RNCP123456", "rncp123", "RNCP12a", "123", "RNCP١٢"] {
            assert_eq!(
                text.parse::<RncpCode>().unwrap_err().to_string(),
                "rncp : Badly formatted rncp code. RNCP code must 'RNCP' followed by 2 to 5 digit number. ex : RNCP12, RNCP12345 ...",
            );
        }
    }

    proptest! {
        #[test]
        fn accepts_two_to_five_digits(text in "RNCP[0-9]{2,5}") {
            let code: RncpCode = text.parse().unwrap();
            prop_assert_eq!(code.as_str(), text);
        }
    }
}
