//! The secret by which a webhook knows our calls, and the signature that it checks (Standard Webhooks 1.0.0, symmetric).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::WebhookId;
use crate::person::{open, seal};
use crate::rotation::RotatedKeys;
use crate::seal::SealError;

const PREFIX: &str = "whsec_";
/// Bytes of a secret, as Standard Webhooks bounds them; ours have 32.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The secret of one webhook. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

/// Too short or too long for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret of a webhook has 24 to 64 bytes")]
pub struct SecretError;

impl WebhookSecret {
    /// Of random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }

    /// Of these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        if BYTES.contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(SecretError) }
    }

    /// The text that its partner is shown, once.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The header `webhook-signature` of a message with this id, sent at this second since 1970.
    pub fn sign(&self, id: &str, timestamp: u32, body: &str) -> String {
        let mac = mac(&self.0)
            .chain_update(id)
            .chain_update(".")
            .chain_update(timestamp.to_string())
            .chain_update(".")
            .chain_update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// A key of at most 64 bytes, which is one block, is used as it is (RFC 2104): the rest of the block is zeros.
fn mac(key: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::<Sha256>::new(&block.into())
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(hidden)")
    }
}

/// Seals secrets of webhooks, so that no store holds one that works. `Debug` hides it.
#[derive(Clone)]
pub struct WebhookCipher(RotatedKeys);

impl WebhookCipher {
    /// A cipher whose key is a text of at least 32 characters. Of several lines the first seals and all open: so it is
    /// rotated by writing a new line before it.
    pub fn new(secret: &str) -> Result<Self, SealError> {
        RotatedKeys::new(secret).map(Self)
    }

    /// Seals the secret of this webhook; it opens for no other.
    pub fn seal(&self, id: &WebhookId, secret: &WebhookSecret) -> Result<Vec<u8>, SealError> {
        seal(&self.0.first, &purpose(id), &secret.0)
    }

    /// Opens the secret of this webhook.
    pub fn open(&self, id: &WebhookId, sealed: &[u8]) -> Result<WebhookSecret, SealError> {
        let opened = self.0.find(|key| open(key, &purpose(id), sealed).ok()).ok_or(SealError::Broken)?;
        WebhookSecret::from_bytes(opened).map_err(|_| SealError::Broken)
    }
}

fn purpose(id: &WebhookId) -> String {
    format!("webhook#{id}")
}

impl fmt::Debug for WebhookCipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookCipher(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> WebhookSecret {
        let bytes = STANDARD.decode(text.strip_prefix(PREFIX).unwrap()).unwrap();
        WebhookSecret::from_bytes(bytes).unwrap()
    }

    #[test]
    fn signs_as_the_reference_implementations_of_the_specification_do() {
        // Their own test vectors.
        assert_eq!(
            secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#
            ),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(
            secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").sign(
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                1_649_367_553,
                r#"{"email":"test@example.com","username":"test_user"}"#
            ),
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
        );
    }

    #[test]
    fn a_secret_of_a_whole_block_signs_as_any_other() {
        // Computed apart, with Python's hmac.
        let secret = WebhookSecret::from_bytes((0..64).collect()).unwrap();
        assert_eq!(secret.sign("msg_1", 1, "{}"), "v1,YQsN1x13TcSDEQSZ2xDhntieK3dVVnendwbuPFKLWLo=");
    }

    #[test]
    fn a_secret_is_shown_in_the_form_of_the_specification_and_has_24_to_64_bytes() {
        assert_eq!(
            WebhookSecret::from_random([0; 32]).reveal(),
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        );
        for (bytes, is_good) in [(23, false), (24, true), (64, true), (65, false)] {
            assert_eq!(WebhookSecret::from_bytes(vec![1; bytes]).is_ok(), is_good, "{bytes}");
        }
        assert_eq!(format!("{:?}", WebhookSecret::from_random([0; 32])), "WebhookSecret(hidden)");
    }

    #[test]
    fn a_sealed_secret_is_of_one_webhook_and_opens_after_a_rotation() {
        let cipher = |text: &str| WebhookCipher::new(text).unwrap();
        let (one, other) = (WebhookId::from_random([1; 16]), WebhookId::from_random([2; 16]));
        let secret = WebhookSecret::from_random([7; 32]);
        let old = "k3y0".repeat(16);
        let sealed = cipher(&old).seal(&one, &secret).unwrap();
        assert!(!sealed.windows(8).any(|window| window == [7; 8]));
        assert_eq!(cipher(&old).open(&one, &sealed), Ok(secret.clone()));
        assert_eq!(cipher(&old).open(&other, &sealed), Err(SealError::Broken));
        assert_eq!(cipher(&"n3w0".repeat(16)).open(&one, &sealed), Err(SealError::Broken));
        assert_eq!(cipher(&format!("{}\n{old}", "n3w0".repeat(16))).open(&one, &sealed), Ok(secret));
        assert_eq!(format!("{:?}", cipher(&old)), "WebhookCipher(hidden)");
    }
}
