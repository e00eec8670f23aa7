//! The keys of trainings that one may ask about, of the establishments that answer for them, and of what was decided.

use domain::appointment::Referrer;
use domain::siret::Siret;
use sha2::{Digest, Sha256};
use usecases::ports::ESTABLISHMENT_SHARDS;

use super::Key;

/// One part of the list of establishments.
pub(crate) fn rdv_establishments(shard: u8) -> String {
    format!("rdv-establishments#{shard}")
}

/// What one feed says of an establishment, in its part of the list.
pub(crate) fn rdv_establishment(siret: &Siret, feed: &str) -> Key {
    let shard = Sha256::digest(siret.as_str()).first().copied().unwrap_or_default() % ESTABLISHMENT_SHARDS;
    Key::new(rdv_establishments(shard), format!("{siret}#{feed}"))
}

/// The partner that a site is.
pub(crate) fn site(referrer: Referrer) -> Key {
    Key::new(format!("site#{referrer}"), "site")
}

/// What an establishment decided.
pub(crate) fn rdv_consent(siret: &Siret) -> Key {
    Key::new(format!("rdv-consent#{siret}"), "consent")
}

/// What was decided of one training, by its clé ministère éducatif.
pub(crate) fn rdv_decision(training: &str) -> Key {
    Key::new(format!("rdv-decision#{training}"), "decision")
}
