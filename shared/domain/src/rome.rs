//! ROME codes: the trades of the répertoire opérationnel des métiers et des emplois.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// The most trades one card or one search may name.
pub const MAX_ROMES: usize = 20;

/// A ROME code: a letter and four digits, in upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RomeCode([u8; 5]);

/// The text names no trade. The messages are those of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RomeError {
    /// No code at all.
    #[error("romes or rncp : You must specify at least 1 rome code or a rncp code.")]
    None,
    /// More than [`MAX_ROMES`] codes.
    #[error("romes : Too many rome codes. Maximum is 20.")]
    TooMany,
    /// At least one code is not a letter and four digits.
    #[error(
        "romes : Badly formatted rome codes. Rome code must be one letter followed by 4 digit number. ex : A1234"
    )]
    Format,
}

impl RomeCode {
    /// The five characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The grand domaine that it belongs to.
    pub const fn grand_domaine(self) -> GrandDomaine {
        let [letter, ..] = self.0;
        GrandDomaine(letter)
    }
}

/// A grand domaine of the ROME, such as D for commerce: the letter that the codes of its trades begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrandDomaine(u8);

impl GrandDomaine {
    /// The letter, in ASCII.
    pub const fn letter(self) -> u8 {
        self.0
    }
}

impl fmt::Display for GrandDomaine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", char::from(self.0))
    }
}

impl FromStr for RomeCode {
    type Err = RomeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut code: [u8; 5] = text.as_bytes().try_into().map_err(|_| RomeError::Format)?;
        code.make_ascii_uppercase();
        match code {
            [letter, digits @ ..] if letter.is_ascii_uppercase() && digits.iter().all(u8::is_ascii_digit) => {
                Ok(Self(code))
            }
            _ => Err(RomeError::Format),
        }
    }
}

impl fmt::Display for RomeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RomeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(RomeCode);

/// One to twenty trades, each once, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<RomeCode>", into = "Vec<RomeCode>")]
pub struct Romes {
    first: RomeCode,
    others: Vec<RomeCode>,
}

impl Romes {
    /// Reads the comma-separated form of a query and collects all that is wrong with it, as the contract asks.
    /// Codes are counted as written, so that twenty-one times the same one is too many.
    pub fn from_csv(text: &str) -> Result<Self, Vec<RomeError>> {
        let parts: Vec<&str> = text.split(',').collect();
        let mut errors = Vec::new();
        if parts.len() > MAX_ROMES {
            errors.push(RomeError::TooMany);
        }
        let codes: Result<Vec<RomeCode>, RomeError> = parts.into_iter().map(str::parse).collect();
        match codes.and_then(Self::try_from) {
            Ok(romes) if errors.is_empty() => return Ok(romes),
            Err(error) if !errors.contains(&error) => errors.push(error),
            _ => {}
        }
        Err(errors)
    }

    /// The first trade, which is a card's own.
    pub fn first(&self) -> RomeCode {
        self.first
    }

    /// Every trade, in order.
    pub fn iter(&self) -> impl Iterator<Item = RomeCode> + '_ {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// How many they are: 1 to 20.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        1 + self.others.len()
    }

    /// Whether `code` is one of them.
    pub fn contains(&self, code: RomeCode) -> bool {
        self.iter().any(|one| one == code)
    }
}

impl TryFrom<Vec<RomeCode>> for Romes {
    type Error = RomeError;

    /// Drops repeated codes, then refuses none at all or more than twenty.
    fn try_from(codes: Vec<RomeCode>) -> Result<Self, Self::Error> {
        let mut codes = codes.into_iter();
        let first = codes.next().ok_or(RomeError::None)?;
        let mut romes = Self { first, others: Vec::new() };
        for code in codes {
            if romes.contains(code) {
                continue;
            }
            if romes.len() == MAX_ROMES {
                return Err(RomeError::TooMany);
            }
            romes.others.push(code);
        }
        Ok(romes)
    }
}

impl From<RomeCode> for Romes {
    fn from(code: RomeCode) -> Self {
        Self { first: code, others: Vec::new() }
    }
}

impl From<Romes> for Vec<RomeCode> {
    fn from(romes: Romes) -> Self {
        romes.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_a_code_in_either_case() {
        assert_eq!("d1102".parse::<RomeCode>().unwrap().as_str(), "D1102");
    }

    #[test]
    fn says_how_a_code_is_written() {
        for text in ["", "D110", "D11022", "11102", "D11O2", "é1102", "DD102"] {
            assert_eq!(
                text.parse::<RomeCode>().unwrap_err().to_string(),
                "romes : Badly formatted rome codes. Rome code must be one letter followed by 4 digit number. ex : A1234",
            );
        }
    }

    #[test]
    fn reports_a_list_both_too_long_and_badly_formatted() {
        let text = format!("{}X", "D1102,".repeat(20));
        assert_eq!(Romes::from_csv(&text), Err(vec![RomeError::TooMany, RomeError::Format]));
        assert_eq!(RomeError::TooMany.to_string(), "romes : Too many rome codes. Maximum is 20.");
    }

    #[test]
    fn counts_codes_of_a_query_as_written() {
        let text = ["D1102"; 21].join(",");
        assert_eq!(Romes::from_csv(&text), Err(vec![RomeError::TooMany]));
        assert_eq!(Romes::from_csv("D1102,d1102,A1101").unwrap().len(), 2);
    }

    #[test]
    fn an_empty_list_is_refused() {
        assert_eq!(Romes::try_from(Vec::new()), Err(RomeError::None));
        assert!(serde_json::from_str::<Romes>("[]").is_err());
    }

    proptest! {
        #[test]
        fn holds_each_code_once_in_the_order_given(numbers in prop::collection::vec(0u32..30, 1..60)) {
            let codes: Vec<RomeCode> =
                numbers.iter().map(|number| format!("A{number:04}").parse().unwrap()).collect();
            let mut wanted: Vec<RomeCode> = Vec::new();
            for &code in &codes {
                if !wanted.contains(&code) {
                    wanted.push(code);
                }
            }
            match Romes::try_from(codes) {
                Ok(romes) => {
                    prop_assert_eq!(romes.iter().collect::<Vec<_>>(), wanted);
                    let json = serde_json::to_string(&romes).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Romes>(&json).unwrap(), romes);
                }
                Err(error) => {
                    prop_assert_eq!(error, RomeError::TooMany);
                    prop_assert!(wanted.len() > MAX_ROMES);
                }
            }
        }
    }
}
