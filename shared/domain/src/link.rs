//! Links in mails: each is a capability to do one thing to one subject, for some time.
//!
//! The token of a link is computed from its id and a secret, so that no store ever holds it: stores hold its
//! SHA-256, mails that wait hold the link's id.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::application::ApplicationId;
use crate::appointment::AppointmentId;
use crate::appointment::Premium;
use crate::event::ApplicationAnswer;
use crate::siret::Siret;

/// A shorter secret is a mistake of configuration.
const MIN_SECRET_CHARS: usize = 32;
/// Bytes of a token.
const TOKEN_BYTES: usize = 32;

/// The id of a link: random, and of no use without the secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkId(String);

impl LinkId {
    /// An id of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(hex::encode(bytes))
    }

    /// Its hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a link does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum LinkAction {
    /// Confirms that mails to a recruiter's address arrive.
    ConfirmAddress {
        /// The partner it came through.
        partner: String,
        /// The recruiter.
        establishment_id: String,
    },
    /// Stops the mails of these kinds to an address.
    Unsubscribe {
        /// The hash of the address.
        address_hash: String,
    },
    /// Closes an offer, since somebody was hired.
    FillOffer(OfferRef),
    /// Extends an offer.
    ExtendOffer(OfferRef),
    /// Answers an application.
    AnswerApplication {
        /// Which.
        application_id: ApplicationId,
        /// What.
        answer: ApplicationAnswer,
    },
    /// Answers a request for an appointment, in words or by proposing slots: the centre's.
    AnswerAppointment {
        /// Which.
        appointment_id: AppointmentId,
    },
    /// Picks a slot of an appointment, or takes the request back: that of who asked.
    OwnAppointment {
        /// Which.
        appointment_id: AppointmentId,
    },
    /// Gives whoever holds an address what is known of them.
    ExportPerson {
        /// The hash of the address.
        person: String,
    },
    /// Forgets whoever holds an address.
    ErasePerson {
        /// The hash of the address.
        person: String,
    },
    /// Shows a CFA the offer that was delegated to it.
    ReadDelegation {
        /// The offer.
        #[serde(flatten)]
        offer: OfferRef,
        /// The CFA.
        siret: Siret,
    },
    /// Refuses requests for appointments, but for those from premiums.
    RefuseRdv {
        /// The establishment.
        siret: Siret,
    },
    /// Accepts those from a premium.
    AcceptPremium {
        /// The establishment.
        siret: Siret,
        /// The platform.
        premium: Premium,
    },
    /// Refuses those from a premium.
    RefusePremium {
        /// The establishment.
        siret: Siret,
        /// The platform.
        premium: Premium,
    },
}

/// Names an offer, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OfferRef {
    /// The partner it came through.
    pub partner: String,
    /// The recruiter.
    pub establishment_id: String,
    /// The offer.
    pub offer_id: String,
}

impl LinkAction {
    /// Seconds for which the link works: 30 days, 45 where it stops mails (contract 3.1), unless something else is said here.
    pub const fn lives_seconds(&self) -> u32 {
        const DAY: u32 = 86_400;
        match self {
            Self::ConfirmAddress { .. }
            | Self::FillOffer(_)
            | Self::ExtendOffer(_)
            | Self::AnswerApplication { .. }
            | Self::AcceptPremium { .. }
            | Self::AnswerAppointment { .. } => 30 * DAY,
            // Whoever asked for it reads its mail now.
            Self::ExportPerson { .. } | Self::ErasePerson { .. } => 2 * DAY,
            // As long as the offer may live, or a slot may be ahead.
            Self::ReadDelegation { .. } | Self::OwnAppointment { .. } => 62 * DAY,
            Self::Unsubscribe { .. } => 45 * DAY,
            // As long as it can mean something: an establishment may refuse whenever it likes (contract 3.3), and has no
            // other way to say so. It can do nothing but refuse, and its token lies nowhere.
            Self::RefuseRdv { .. } | Self::RefusePremium { .. } => 3_650 * DAY,
        }
    }
}

/// A link as it is stored: by the hash of its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLink {
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// What it does.
    pub action: LinkAction,
    /// When it stops working, in seconds since 1970.
    pub expires_at: u32,
}

/// The token of a link, as its holder shows it. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

/// The text is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no token of a link")]
pub struct LinkTokenError;

impl std::str::FromStr for LinkToken {
    type Err = LinkTokenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkTokenError)?;
        (bytes.len() == TOKEN_BYTES).then(|| Self(text.to_owned())).ok_or(LinkTokenError)
    }
}

impl LinkToken {
    /// The text that goes in the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(&self.0))
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(hidden)")
    }
}

/// The secret is too short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret of links is shorter than {MIN_SECRET_CHARS} characters")]
pub struct WeakSecret;

/// Makes tokens of ids. `Debug` hides the key.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    /// A key of a secret of at least 32 characters.
    pub fn new(secret: &str) -> Result<Self, WeakSecret> {
        let secret = secret.trim();
        if secret.chars().count() < MIN_SECRET_CHARS {
            return Err(WeakSecret);
        }
        Ok(Self(Sha256::digest(secret).into()))
    }

    /// The token of a link.
    pub fn token(&self, id: &LinkId) -> LinkToken {
        let mut block = [0; 64];
        let (start, _) = block.split_at_mut(self.0.len());
        start.copy_from_slice(&self.0);
        let tag = Hmac::<Sha256>::new(&block.into()).chain_update(id.as_str()).finalize().into_bytes();
        LinkToken(URL_SAFE_NO_PAD.encode(tag))
    }

    /// What is stored of a link that does `action`, from `now` on, in seconds since 1970.
    pub fn stored(&self, id: &LinkId, action: LinkAction, now: u32) -> StoredLink {
        let expires_at = now.saturating_add(action.lives_seconds());
        StoredLink { token_hash: self.token(id).hash(), action, expires_at }
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> LinkKey {
        LinkKey::new(&"k3y0".repeat(16)).unwrap()
    }

    #[test]
    fn the_token_of_an_id_is_always_the_same_and_is_read_back() {
        let id = LinkId::from_random([7; 16]);
        let token = key().token(&id);
        assert_eq!(token, key().token(&id));
        assert_eq!(token.as_str().parse::<LinkToken>().unwrap(), token);
        assert_eq!(
            key().stored(&id, LinkAction::Unsubscribe { address_hash: String::new() }, 5).token_hash,
            token.hash()
        );
    }

    #[test]
    fn another_id_or_another_key_makes_another_token() {
        let id = LinkId::from_random([7; 16]);
        assert_ne!(key().token(&id), key().token(&LinkId::from_random([8; 16])));
        assert_ne!(key().token(&id), LinkKey::new(&"x".repeat(64)).unwrap().token(&id));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in ["", "a", "not base64!", "c2hvcnQ", &"a".repeat(44)] {
            assert_eq!(text.parse::<LinkToken>(), Err(LinkTokenError), "{text}");
        }
    }

    #[test]
    fn a_short_secret_is_refused_and_debug_shows_no_secret() {
        assert_eq!(LinkKey::new("short").unwrap_err(), WeakSecret);
        let shown = format!("{:?} {:?}", key(), key().token(&LinkId::from_random([7; 16])));
        assert_eq!(shown, "LinkKey(hidden) LinkToken(hidden)");
    }
}
