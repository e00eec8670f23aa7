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

    /// Looks up nobody, so that what a first look-up costs beside (credentials, a connection, its handshake) is paid
    /// while the function starts, with a whole processor, and not by the first caller. A failure is left to that
    /// caller to be told.
    pub async fn warm_up(&self) {
        drop(self.port.find_partner("nobody").await);
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;
    use jiff::Timestamp;

    use super::*;

    /// Finds one partner under any hash, or breaks; counts look-ups.
    struct Store {
        looked_up: Arc<AtomicUsize>,
        breaks: bool,
    }

    #[async_trait]
    impl FindPartner for Store {
        async fn find_partner(&self, _: &str) -> Result<Option<Partner>, PortError> {
            self.looked_up.fetch_add(1, Ordering::SeqCst);
            if self.breaks {
                return Err(PortError::new("find a partner", "no connection"));
            }
            Ok(None)
        }
    }

    struct Standing;

    impl Clock for Standing {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
    }

    fn partners(breaks: bool) -> (Partners, Arc<AtomicUsize>) {
        let looked_up = Arc::new(AtomicUsize::new(0));
        (Partners::new(Box::new(Store { looked_up: Arc::clone(&looked_up), breaks })), looked_up)
    }

    #[tokio::test]
    async fn warming_up_calls_the_store_once_and_remembers_nobody() {
        let (partners, looked_up) = partners(false);
        partners.warm_up().await;
        assert_eq!(looked_up.load(Ordering::SeqCst), 1);
        assert!(matches!(partners.identify(Some("a key"), &Standing).await, Err(IdentifyError::Unknown)));
        assert_eq!(looked_up.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_store_that_breaks_while_a_function_starts_is_told_to_the_first_caller() {
        let (partners, _) = partners(true);
        partners.warm_up().await;
        assert!(matches!(partners.identify(Some("a key"), &Standing).await, Err(IdentifyError::Failed(_))));
    }
}
