//! What is known of a person is encrypted under a key of that person alone: whoever loses the key loses all of it, in every
//! table, log of changes, backup and version of a file. That is how a person is erased.

use std::fmt;

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use sha2::{Digest, Sha256};

use crate::rotation::RotatedKeys;
use crate::seal::SealError;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// The key of one person. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonKey([u8; KEY_BYTES]);

impl PersonKey {
    /// A key of these random bytes.
    pub const fn from_random(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// Seals `clear`; it opens with the same `purpose` only, so that nothing sealed can stand in another's place. The same
    /// is always sealed alike, so that writing it again is no change.
    pub fn seal(&self, purpose: &str, clear: &[u8]) -> Result<Vec<u8>, SealError> {
        seal(&self.0, purpose, clear)
    }

    /// What tells keys apart and nothing of them.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::new().chain_update("fingerprint").chain_update(self.0).finalize().into()
    }

    /// Opens what was sealed for this purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        open(&self.0, purpose, sealed)
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(hidden)")
    }
}

/// A person whose key is known: named by the hash of the address ([`crate::mail::address_hash`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The hash.
    pub hash: String,
    /// The key.
    pub key: PersonKey,
}

/// The secret that wraps the keys of persons, so that no store holds one that works. `Debug` hides it.
#[derive(Clone)]
pub struct PersonSecret(RotatedKeys);

impl PersonSecret {
    /// A secret of at least 32 characters. Of several lines the first wraps, and all unwrap: so it is rotated by writing a
    /// new line before it.
    pub fn new(secret: &str) -> Result<Self, SealError> {
        RotatedKeys::new(secret).map(Self)
    }

    /// Wraps the key of a person, who is named by the hash of the address.
    pub fn wrap(&self, person: &str, key: &PersonKey) -> Result<Vec<u8>, SealError> {
        seal(&self.0.first, person, &key.0)
    }

    /// Unwraps the key of that person.
    pub fn unwrap_key(&self, person: &str, wrapped: &[u8]) -> Result<PersonKey, SealError> {
        let opened = self.0.find(|key| open(key, person, wrapped).ok());
        let bytes = opened.and_then(|bytes| bytes.try_into().ok()).ok_or(SealError::Broken)?;
        Ok(PersonKey(bytes))
    }
}

impl fmt::Debug for PersonSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonSecret(hidden)")
    }
}

/// In a mode that a nonce which comes twice does not break (RFC 8452): it is derived from the purpose.
fn nonce(purpose: &str) -> Nonce {
    let digest = Sha256::digest(purpose);
    let mut nonce = Nonce::default();
    nonce.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    nonce
}

pub(crate) fn seal(key: &[u8; KEY_BYTES], purpose: &str, clear: &[u8]) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: clear, aad: purpose.as_bytes() };
    // Only a text of more than 64 GB cannot be sealed.
    Aes256GcmSiv::new(&(*key).into()).encrypt(&nonce(purpose), payload).map_err(|_| SealError::Broken)
}

pub(crate) fn open(key: &[u8; KEY_BYTES], purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
    Aes256GcmSiv::new(&(*key).into()).decrypt(&nonce(purpose), payload).map_err(|_| SealError::Broken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn secret(word: &str) -> PersonSecret {
        PersonSecret::new(&word.repeat(16)).unwrap()
    }

    fn key() -> PersonKey {
        PersonKey::from_random([7; 32])
    }

    #[test]
    fn a_wrapped_key_is_of_one_person_and_of_one_secret() {
        let wrapped = secret("k3y0").wrap("somebody", &key()).unwrap();
        assert_eq!(secret("k3y0").unwrap_key("somebody", &wrapped), Ok(key()));
        assert_eq!(secret("k3y0").unwrap_key("somebody else", &wrapped), Err(SealError::Broken));
        assert_eq!(secret("x3y0").unwrap_key("somebody", &wrapped), Err(SealError::Broken));
        let rotated = PersonSecret::new(&format!("{}\n{}", "n3w0".repeat(16), "k3y0".repeat(16))).unwrap();
        assert_eq!(rotated.unwrap_key("somebody", &wrapped), Ok(key()));
    }

    #[test]
    fn a_short_secret_is_refused_and_debug_shows_no_key() {
        assert_eq!(PersonSecret::new("short").unwrap_err(), SealError::WeakSecret);
        assert_eq!(format!("{:?} {:?}", secret("k3y0"), key()), "PersonSecret(hidden) PersonKey(hidden)");
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_for_its_purpose_and_unaltered_only(
            clear in any::<Vec<u8>>(), at in any::<prop::sample::Index>(), bit in 0u8..8,
        ) {
            let sealed = key().seal("this", &clear).unwrap();
            prop_assert_eq!(key().open("this", &sealed), Ok(clear.clone()));
            prop_assert_eq!(key().open("that", &sealed), Err(SealError::Broken));
            prop_assert_eq!(PersonKey::from_random([8; 32]).open("this", &sealed), Err(SealError::Broken));
            let mut altered = sealed.clone();
            altered[at.index(sealed.len())] ^= 1 << bit;
            prop_assert_eq!(key().open("this", &altered), Err(SealError::Broken));
        }

        #[test]
        fn never_panics_on_what_is_not_sealed(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(key().open("this", &bytes), Err(SealError::Broken));
        }
    }
}
