//! What a cursor is bound to.

use sha2::{Digest, Sha256};

use super::{Part, SearchQuery};

/// A hash of all that decides which results come in which order: a cursor of one search opens no other.
pub(super) fn of(query: &SearchQuery) -> [u8; 16] {
    let SearchQuery { route, trades, place, sources, diploma, opco, by_date, part, .. } = query;
    let since = match part {
        Part::Changes(since, _) => Some(since),
        _ => None,
    };
    let text =
        format!("{route:?} {trades:?} {place:?} {sources:?} {diploma:?} {opco:?} {by_date:?} {since:?}");
    Sha256::digest(text).first_chunk().copied().unwrap_or_default()
}
