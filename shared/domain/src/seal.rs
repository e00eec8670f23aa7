//! Seals recruiters' addresses: partners get them encrypted and send them back with an application.

use std::fmt;

use aes::cipher::{KeyIvInit, StreamCipher};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::email::Email;

/// AES-256 in counter mode, as the public contract says.
type Aes256Ctr = ctr::Ctr128BE<aes::Aes256>;

/// Bytes of an initialisation vector.
const IV_BYTES: usize = 16;
/// A shorter secret is a mistake of configuration.
const MIN_SECRET_CHARS: usize = 32;

/// A sealed address, both parts in hexadecimal, as `contact` carries them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SealedEmail {
    /// The encrypted address.
    pub email: String,
    /// The initialisation vector that opens it.
    pub iv: String,
}

/// The secret does not seal, or the seal does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The secret has fewer than 32 characters.
    #[error("the contact secret is shorter than {MIN_SECRET_CHARS} characters")]
    WeakSecret,
    /// Not sealed by this key, or altered since.
    #[error("the sealed address does not open")]
    Broken,
}

/// Seals and opens addresses. `Debug` hides the key.
#[derive(Clone)]
pub struct ContactCipher {
    key: [u8; 32],
}

impl ContactCipher {
    /// A cipher whose key is the SHA-256 of `secret`, a text of at least 32 characters.
    pub fn new(secret: &str) -> Result<Self, SealError> {
        let secret = secret.trim();
        if secret.chars().count() < MIN_SECRET_CHARS {
            return Err(SealError::WeakSecret);
        }
        Ok(Self { key: Sha256::digest(secret.as_bytes()).into() })
    }

    /// Seals an address. The vector is derived from the address, so that an unchanged row of a feed stays byte
    /// for byte the same and costs no write; it then also proves, on opening, that nothing was altered.
    pub fn seal(&self, email: &Email) -> SealedEmail {
        let clear = email.as_str().as_bytes();
        let iv = self.iv(clear);
        let mut bytes = clear.to_vec();
        self.apply(iv, &mut bytes);
        SealedEmail { email: hex::encode(bytes), iv: hex::encode(iv) }
    }

    /// Opens a sealed address; refuses one that this key did not seal.
    pub fn open(&self, sealed: &SealedEmail) -> Result<Email, SealError> {
        let mut iv = [0; IV_BYTES];
        hex::decode_to_slice(&sealed.iv, &mut iv).map_err(|_| SealError::Broken)?;
        let mut bytes = hex::decode(&sealed.email).map_err(|_| SealError::Broken)?;
        self.apply(iv, &mut bytes);
        self.mac(&bytes).verify_truncated_left(&iv).map_err(|_| SealError::Broken)?;
        let clear = String::from_utf8(bytes).map_err(|_| SealError::Broken)?;
        clear.parse().map_err(|_| SealError::Broken)
    }

    fn apply(&self, iv: [u8; IV_BYTES], bytes: &mut [u8]) {
        Aes256Ctr::new(&self.key.into(), &iv.into()).apply_keystream(bytes);
    }

    fn mac(&self, clear: &[u8]) -> Hmac<Sha256> {
        let mut block = [0; 64];
        let (start, _) = block.split_at_mut(self.key.len());
        start.copy_from_slice(&self.key);
        Hmac::<Sha256>::new(&block.into()).chain_update(clear)
    }

    fn iv(&self, clear: &[u8]) -> [u8; IV_BYTES] {
        let tag: [u8; 32] = self.mac(clear).finalize().into_bytes().into();
        let mut iv = [0; IV_BYTES];
        iv.iter_mut().zip(tag).for_each(|(to, from)| *to = from);
        iv
    }
}

impl fmt::Debug for ContactCipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactCipher(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cipher() -> ContactCipher {
        ContactCipher::new(&"k3y0".repeat(16)).unwrap()
    }

    #[test]
    fn keeps_the_same_form_from_one_release_to_the_next() {
        // Computed apart, with Python's hmac and the openssl command: applications hold such pairs for weeks.
        let sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap());
        assert_eq!(sealed.iv, "f023540fa1b1bbec8f5eed271bc61a25");
        assert_eq!(sealed.email, "f9a8427ed6f6faa4cafb212302");
    }

    #[test]
    fn refuses_a_short_secret() {
        assert_eq!(ContactCipher::new("short").unwrap_err(), SealError::WeakSecret);
    }

    #[test]
    fn another_key_does_not_open_it() {
        let sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap());
        let other = ContactCipher::new(&"0".repeat(64)).unwrap();
        assert_eq!(other.open(&sealed), Err(SealError::Broken));
    }

    #[test]
    fn debug_shows_nothing_of_the_key() {
        assert_eq!(format!("{:?}", cipher()), "ContactCipher(hidden)");
    }

    proptest! {
        #[test]
        fn opens_what_it_sealed_and_seals_alike(text in "[a-z0-9]{1,20}@[a-z0-9]{1,20}\\.(fr|com)") {
            let email: Email = text.parse().unwrap();
            let sealed = cipher().seal(&email);
            prop_assert_eq!(&sealed, &cipher().seal(&email));
            prop_assert_ne!(&sealed.email, &hex::encode(email.as_str()));
            prop_assert_eq!(cipher().open(&sealed), Ok(email));
        }

        #[test]
        fn refuses_any_altered_bit(at in 0usize..13, bit in 0u8..8) {
            let mut sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap());
            let mut bytes = hex::decode(&sealed.email).unwrap();
            bytes[at] ^= 1 << bit;
            sealed.email = hex::encode(bytes);
            prop_assert_eq!(cipher().open(&sealed), Err(SealError::Broken));
        }

        #[test]
        fn never_panics_on_what_a_caller_sends(email in "\\PC*", iv in "\\PC*") {
            let forged = SealedEmail { email, iv };
            prop_assert_eq!(cipher().open(&forged), Err(SealError::Broken));
        }
    }
}
