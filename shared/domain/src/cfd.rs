//! CFD: codes of diplomas in the nomenclature of the ministry of education (code formation diplôme).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// A CFD: eight letters or digits, letters in upper case (`50022137`, `26X31101`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cfd([u8; 8]);

/// The text is no CFD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Un CFD est fait de 8 chiffres ou lettres. ex : 50022137")]
pub struct CfdError;

impl Cfd {
    /// The eight characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Cfd {
    type Err = CfdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut code: [u8; 8] = text.as_bytes().try_into().map_err(|_| CfdError)?;
        code.make_ascii_uppercase();
        if code.iter().all(u8::is_ascii_alphanumeric) { Ok(Self(code)) } else { Err(CfdError) }
    }
}

impl fmt::Display for Cfd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Cfd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(Cfd);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_is_not_eight_letters_or_digits() {
        for text in ["", "5002213", "500221377", "5002213 ", "5002-137", "500221é", "٥٠٠٢"] {
            assert_eq!(
                text.parse::<Cfd>().unwrap_err().to_string(),
                "Un CFD est fait de 8 chiffres ou lettres. ex : 50022137",
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn reads_either_case(text in "[0-9a-zA-Z]{8}") {
            let code: Cfd = text.parse().unwrap();
            prop_assert_eq!(code.as_str(), text.to_ascii_uppercase());
        }
    }
}
