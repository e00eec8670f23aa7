//! Who calls, found by the hash of its key and remembered for a minute.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::partner::{Partner, PartnerState};
use sha2::{Digest, Sha256};

use crate::ports::{Clock, FindPartner, PortError};

/// How long a partner is remembered, in seconds: a suspension takes effect within it.
const REMEMBER_SECONDS: i64 = 60;
/// How many are remembered; past it all are forgotten, so that no flood of keys fills the memory.
const REMEMBER_MANY: usize = 1_000;

/// Why a caller is turned away.
#[derive(Debug, thiserror::Error)]
pub enum IdentifyError {
    /// No key, or one that belongs to nobody.
    #[error("no partner holds this key")]
    Unknown,
    /// Its partner may not call any more.
    #[error("the partner is suspended")]
    Suspended,
    /// It could not be looked up.
    #[error("could not identify the partner")]
    Failed(#[source] PortError),
}

/// Knows partners by their keys.
pub struct Partners {
    port: Box<dyn FindPartner>,
    known: Mutex<HashMap<String, Remembered>>,
}

/// What a key's hash led to, and when it was looked up, in seconds since 1970.
#[derive(Clone)]
struct Remembered {
    at: i64,
    /// None for a key that belongs to nobody.
    partner: Option<Arc<Partner>>,
}

impl Partners {
    /// Knows none yet.
    pub fn new(port: Box<dyn FindPartner>) -> Self {
        Self { port, known: Mutex::default() }
    }

    /// The partner that holds `key`, the value of `x-api-key`. The key itself is neither kept nor logged.
    pub async fn identify(
        &self,
        key: Option<&str>,
        clock: &dyn Clock,
    ) -> Result<Arc<Partner>, IdentifyError> {
        let hash = key_hash(key.ok_or(IdentifyError::Unknown)?);
        let now = clock.now().as_second();
        let known = if let Some(known) = self.remembered(&hash, now) {
            known
        } else {
            let found = self.port.find_partner(&hash).await.map_err(IdentifyError::Failed)?;
            let found = Remembered { at: now, partner: found.map(Arc::new) };
            self.remember(hash, found.clone());
            found
        };
        let partner = known.partner.ok_or(IdentifyError::Unknown)?;
        match partner.state {
            PartnerState::Active => Ok(partner),
            PartnerState::Suspended => Err(IdentifyError::Suspended),
        }
    }

    fn remembered(&self, hash: &str, now: i64) -> Option<Remembered> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).filter(|known| now - known.at < REMEMBER_SECONDS).cloned()
    }

    fn remember(&self, hash: String, found: Remembered) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBER_MANY {
            known.clear();
        }
        known.insert(hash, found);
    }
}

/// The SHA-256 of a key, in lower-case hexadecimal: the only form in which a key is stored.
pub fn key_hash(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}
