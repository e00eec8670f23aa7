//! A file that whoever applies puts into the bucket beforehand.

use std::fmt;
use std::str::FromStr;

use crate::random_id;

/// The id of such a file: random, in the form of a UUID. Alone it names no place: that takes the partner it was given to
/// as well.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UploadId(String);

/// The text is no id of an uploaded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id of an uploaded file is a UUID in lower case")]
pub struct UploadIdError;

impl UploadId {
    /// An id of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(random_id::of(bytes))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UploadId {
    type Err = UploadIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        random_id::read(text).map(Self).ok_or(UploadIdError)
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_form() {
        let id = UploadId::from_random([0xab; 16]);
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        for other in [id.as_str().to_uppercase(), id.as_str().replace('-', ""), String::new()] {
            assert_eq!(other.parse::<UploadId>(), Err(UploadIdError), "{other}");
        }
    }
}
