//! Départements and régions, as the public contract knows them: a département is how a post code begins.

use std::fmt;
use std::str::FromStr;

/// A département by the first digits of its post codes: two, or three overseas. Corsica is `20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Departement(u16);

/// The text is no département. The message is that of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "departement : Badly formatted departement. departement must be a two digit number or three digit number for \
     overseas departments. ex : 01 or 974"
)]
pub struct DepartementError;

impl Departement {
    /// The département of a post code of five digits.
    pub fn of_zip(zip: &str) -> Option<Self> {
        if zip.len() != 5 || !zip.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = if zip.starts_with("97") || zip.starts_with("98") { 3 } else { 2 };
        zip.get(..digits)?.parse().ok()
    }
}

impl FromStr for Departement {
    type Err = DepartementError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(DepartementError);
        }
        match (text.len(), text.parse()) {
            (2, Ok(number @ 1..=95)) | (3, Ok(number @ 970..=989)) => Ok(Self(number)),
            _ => Err(DepartementError),
        }
    }
}

impl fmt::Display for Departement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// A région by its INSEE code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region(&'static str, &'static [u16]);

/// The text is no région. The messages are those of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegionError {
    /// It is not made of two digits.
    #[error("region : Badly formatted region. region must be a two digit number. ex : 01")]
    Format,
    /// No région has this code.
    #[error(
        "region : Badly formatted region. region must be one of the allowed values as described in the api online doc."
    )]
    Unknown,
}

/// The régions and their départements (contract 1.0.2).
const REGIONS: [Region; 18] = [
    Region("84", &[1, 3, 7, 15, 26, 38, 42, 43, 63, 69, 73, 74]),
    Region("27", &[21, 25, 39, 58, 70, 71, 89, 90]),
    Region("53", &[22, 29, 35, 56]),
    Region("24", &[18, 28, 36, 37, 41, 45]),
    Region("94", &[20]),
    Region("44", &[8, 10, 51, 52, 54, 55, 57, 67, 68, 88]),
    Region("32", &[2, 59, 60, 62, 80]),
    Region("11", &[75, 77, 78, 91, 92, 93, 94, 95]),
    Region("28", &[14, 27, 50, 61, 76]),
    Region("75", &[16, 17, 19, 23, 24, 33, 40, 47, 64, 79, 86, 87]),
    Region("76", &[9, 11, 12, 30, 31, 32, 34, 46, 48, 65, 66, 81, 82]),
    Region("52", &[44, 49, 53, 72, 85]),
    Region("93", &[4, 5, 6, 13, 83, 84]),
    Region("01", &[971]),
    Region("02", &[972]),
    Region("03", &[973]),
    Region("04", &[974]),
    Region("06", &[976]),
];

impl Region {
    /// Its INSEE code.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Its départements.
    pub fn departements(self) -> impl Iterator<Item = Departement> {
        self.1.iter().map(|&number| Departement(number))
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RegionError::Format);
        }
        REGIONS.into_iter().find(|region| region.0 == text).ok_or(RegionError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_code_begins_with_its_departement() {
        let of = |zip| Departement::of_zip(zip).map(|departement| departement.to_string());
        assert_eq!(of("01000").as_deref(), Some("01"));
        assert_eq!(of("20200").as_deref(), Some("20"));
        assert_eq!(of("97411").as_deref(), Some("974"));
        for zip in ["", "0100", "00100", "9é100", "99999", "123456"] {
            assert_eq!(of(zip), None, "{zip}");
        }
    }

    #[test]
    fn a_departement_is_two_digits_or_three_overseas() {
        for text in ["01", "20", "95", "974", "988"] {
            assert_eq!(text.parse::<Departement>().unwrap().to_string(), text);
        }
        for text in ["1", "2A", "00", "96", "97", "013", "1000", "+1", ""] {
            assert_eq!(text.parse::<Departement>(), Err(DepartementError), "{text}");
        }
    }

    #[test]
    fn every_departement_is_in_one_region_at_most() {
        let mut all: Vec<Departement> = REGIONS.into_iter().flat_map(Region::departements).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!((count, all.len()), (100, 100));
        assert_eq!("11".parse::<Region>().unwrap().departements().count(), 8);
    }

    #[test]
    fn says_what_is_wrong_with_a_region() {
        assert_eq!("1".parse::<Region>(), Err(RegionError::Format));
        assert_eq!("99".parse::<Region>(), Err(RegionError::Unknown));
    }
}
