//! An offer as its recruiter's collection holds it.

use usecases::ports::SeenOffer;

use super::INDEX_ID;
use crate::attributes::{BadItem, Item, SK, get_filed, get_hash, get_text};
use crate::keys::OFFER_PREFIX;

/// Reads what must be known of an offer to replace it, with its id; none when the item is no offer.
pub(super) fn seen_offer(item: &Item) -> Result<Option<(String, SeenOffer)>, BadItem> {
    let Some(id) = get_text(item, SK)?.strip_prefix(OFFER_PREFIX) else { return Ok(None) };
    let index_id = get_text(item, INDEX_ID)?.to_owned();
    let filed = get_filed(item)?.map(|filed| (index_id, filed));
    Ok(Some((id.to_owned(), SeenOffer { hash: get_hash(item)?, filed })))
}

/// Where the postings of an offer are; none where it has none, because it is closed.
pub(super) fn old(seen: &SeenOffer) -> Option<crate::filing::Old<'_>> {
    seen.filed.as_ref().map(|(id, filed)| (id.as_str(), filed))
}
