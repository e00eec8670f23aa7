//! An offer as its recruiter's collection holds it.

use usecases::ingest::ContentHash;
use usecases::ports::Filed;

use super::INDEX_ID;
use crate::attributes::{BadItem, Item, SK, get_filed, get_hash, get_text};
use crate::keys::OFFER_PREFIX;

/// What must be known of an offer to replace it.
pub(super) struct StoredOffer {
    pub(super) hash: ContentHash,
    index_id: String,
    /// None when it has no postings, because it is closed.
    filed: Option<Filed>,
}

impl StoredOffer {
    /// Reads an item, with the id of the offer; none when it is no offer.
    pub(super) fn of(item: &Item) -> Result<Option<(String, Self)>, BadItem> {
        let Some(id) = get_text(item, SK)?.strip_prefix(OFFER_PREFIX) else { return Ok(None) };
        let index_id = get_text(item, INDEX_ID)?.to_owned();
        Ok(Some((id.to_owned(), Self { hash: get_hash(item)?, index_id, filed: get_filed(item)? })))
    }

    /// The id and the place of its postings.
    pub(super) fn filed(&self) -> Option<(&str, &Filed)> {
        self.filed.as_ref().map(|filed| (self.index_id.as_str(), filed))
    }
}
