//! Secrets that are rotated: several lines, of which the first makes and all read.

use sha2::{Digest, Sha256};

use crate::seal::SealError;

/// A shorter line is a mistake of configuration.
const MIN_CHARS: usize = 32;

/// The keys of a secret, each the SHA-256 of a line of at least 32 characters.
#[derive(Clone)]
pub(crate) struct RotatedKeys {
    /// Makes.
    pub(crate) first: [u8; 32],
    former: Vec<[u8; 32]>,
}

impl RotatedKeys {
    pub(crate) fn new(secret: &str) -> Result<Self, SealError> {
        let mut keys = Vec::new();
        for line in secret.trim().lines().map(str::trim) {
            if line.chars().count() < MIN_CHARS {
                return Err(SealError::WeakSecret);
            }
            keys.push(Sha256::digest(line.as_bytes()).into());
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or(SealError::WeakSecret)?;
        Ok(Self { first, former: keys.collect() })
    }

    /// What the first key opens that opens it at all.
    pub(crate) fn find<T>(&self, mut open: impl FnMut(&[u8; 32]) -> Option<T>) -> Option<T> {
        std::iter::once(&self.first).chain(&self.former).find_map(&mut open)
    }
}
