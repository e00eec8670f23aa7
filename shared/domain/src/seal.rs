//! Seals recruiters' addresses: partners get them encrypted and send them back with an application. A sealed address opens
//! for what it was sealed for and for nothing else: an offer, a company, a CFA.

use std::fmt;

use aes::cipher::{KeyIvInit, StreamCipher};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::email::Email;
use crate::rotation::RotatedKeys;

/// AES-256 in counter mode, as the public contract says.
type Aes256Ctr = ctr::Ctr128BE<aes::Aes256>;

/// Bytes of an initialisation vector.
const IV_BYTES: usize = 16;

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
    #[error("a line of the secret is shorter than 32 characters")]
    WeakSecret,
    /// Not sealed by this key, or altered since.
    #[error("the sealed address does not open")]
    Broken,
}

/// Seals and opens addresses. `Debug` hides the keys.
#[derive(Clone)]
pub struct ContactCipher(RotatedKeys);

impl ContactCipher {
    /// A cipher whose key is the SHA-256 of `secret`, a text of at least 32 characters. Of several lines the first seals,
    /// and all open: so a key is rotated by writing a new line before it, and forgotten by taking its line away once the
    /// feeds have brought everything anew.
    pub fn new(secret: &str) -> Result<Self, SealError> {
        RotatedKeys::new(secret).map(Self)
    }

    /// Seals an address for `subject`: the id of an offer, the SIRET of a company. The vector is derived from both, so that
    /// an unchanged row of a feed stays byte for byte the same and costs no write; it then also proves, on opening, that
    /// nothing was altered.
    pub fn seal(&self, email: &Email, subject: &str) -> SealedEmail {
        let clear = email.as_str().as_bytes();
        let tag: [u8; 32] = mac(&self.0.first, subject, clear).finalize().into_bytes().into();
        let mut iv = [0; IV_BYTES];
        iv.iter_mut().zip(tag).for_each(|(to, from)| *to = from);
        let mut bytes = clear.to_vec();
        apply(&self.0.first, iv, &mut bytes);
        SealedEmail { email: hex::encode(bytes), iv: hex::encode(iv) }
    }

    /// Opens an address that was sealed for `subject`; refuses one that no key of ours sealed, or for something else.
    pub fn open(&self, sealed: &SealedEmail, subject: &str) -> Result<Email, SealError> {
        let mut iv = [0; IV_BYTES];
        hex::decode_to_slice(&sealed.iv, &mut iv).map_err(|_| SealError::Broken)?;
        let bytes = hex::decode(&sealed.email).map_err(|_| SealError::Broken)?;
        let opened = self.0.find(|key| {
            let mut clear = bytes.clone();
            apply(key, iv, &mut clear);
            mac(key, subject, &clear).verify_truncated_left(&iv).is_ok().then_some(clear)
        });
        let clear = String::from_utf8(opened.ok_or(SealError::Broken)?).map_err(|_| SealError::Broken)?;
        clear.parse().map_err(|_| SealError::Broken)
    }
}

fn apply(key: &[u8; 32], iv: [u8; IV_BYTES], bytes: &mut [u8]) {
    Aes256Ctr::new(&(*key).into(), &iv.into()).apply_keystream(bytes);
}

/// Of the subject, its length and the address, so that no two pairs are alike.
fn mac(key: &[u8; 32], subject: &str, clear: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    let (start, _) = block.split_at_mut(key.len());
    start.copy_from_slice(key);
    let mac = Hmac::<Sha256>::new(&block.into());
    mac.chain_update((subject.len() as u64).to_be_bytes()).chain_update(subject).chain_update(clear)
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

    const SIRET: &str = "13002526500013";

    fn cipher() -> ContactCipher {
        ContactCipher::new(&"k3y0".repeat(16)).unwrap()
    }

    #[test]
    fn keeps_the_same_form_from_one_release_to_the_next() {
        // Computed apart, with Python's hmac and the openssl command: applications hold such pairs for weeks.
        let sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap(), SIRET);
        assert_eq!(sealed.iv, "7fff55a21392a456b404391851ff5e7c");
        assert_eq!(sealed.email, "3e4d4a7f05a3bfa27463f60422");
    }

    #[test]
    fn refuses_a_short_secret() {
        assert_eq!(ContactCipher::new("short").unwrap_err(), SealError::WeakSecret);
    }

    #[test]
    fn neither_another_key_nor_another_subject_opens_it() {
        let sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap(), SIRET);
        let other = ContactCipher::new(&"0".repeat(64)).unwrap();
        assert_eq!(other.open(&sealed, SIRET), Err(SealError::Broken));
        assert_eq!(cipher().open(&sealed, "13002526500014"), Err(SealError::Broken));
        assert_ne!(sealed, cipher().seal(&"rh@exemple.fr".parse().unwrap(), "13002526500014"));
    }

    #[test]
    fn a_key_that_was_rotated_opens_what_it_sealed_and_seals_nothing_more() {
        let email: Email = "rh@exemple.fr".parse().unwrap();
        let rotated = ContactCipher::new(&format!("{}\n{}\n", "n3w0".repeat(16), "k3y0".repeat(16))).unwrap();
        assert_eq!(rotated.open(&cipher().seal(&email, SIRET), SIRET), Ok(email.clone()));
        let sealed = rotated.seal(&email, SIRET);
        assert_eq!(rotated.open(&sealed, SIRET), Ok(email));
        assert_eq!(cipher().open(&sealed, SIRET), Err(SealError::Broken));
        let short = format!("{}\nshort", "n3w0".repeat(16));
        assert_eq!(ContactCipher::new(&short).unwrap_err(), SealError::WeakSecret);
    }

    #[test]
    fn debug_shows_nothing_of_the_key() {
        assert_eq!(format!("{:?}", cipher()), "ContactCipher(hidden)");
    }

    proptest! {
        #[test]
        fn opens_what_it_sealed_and_seals_alike(text in "[a-z0-9]{1,20}@[a-z0-9]{1,20}\\.(fr|com)") {
            let email: Email = text.parse().unwrap();
            let sealed = cipher().seal(&email, SIRET);
            prop_assert_eq!(&sealed, &cipher().seal(&email, SIRET));
            prop_assert_ne!(&sealed.email, &hex::encode(email.as_str()));
            prop_assert_eq!(cipher().open(&sealed, SIRET), Ok(email));
        }

        #[test]
        fn refuses_any_altered_bit(at in 0usize..13, bit in 0u8..8) {
            let mut sealed = cipher().seal(&"rh@exemple.fr".parse().unwrap(), SIRET);
            let mut bytes = hex::decode(&sealed.email).unwrap();
            bytes[at] ^= 1 << bit;
            sealed.email = hex::encode(bytes);
            prop_assert_eq!(cipher().open(&sealed, SIRET), Err(SealError::Broken));
        }

        #[test]
        fn never_panics_on_what_a_caller_sends(email in "\\PC*", iv in "\\PC*") {
            let forged = SealedEmail { email, iv };
            prop_assert_eq!(cipher().open(&forged, SIRET), Err(SealError::Broken));
        }
    }
}
