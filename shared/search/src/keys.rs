//! The keys of postings: the only place that spells them.
//!
//! | rows | partition key | sort key |
//! |---|---|---|
//! | near a place | `{source}#{ROME}` | `{geohash12}#{id}@{feed}` |
//! | newest first | `{source}#{ROME}#d` | `{date desc}#{id}@{feed}` |
//!
//! The feed closes the sort key, so that two feeds that bring the same id never touch each other's rows: a
//! search makes the id unique again, and the card stays as long as one feed holds it. Offers deposited here
//! have the feed `deposit`.

use domain::card::Entry;
use domain::geo::Point;
use domain::rome::RomeCode;
use domain::source::Source;

/// The feed name of what is deposited through the API.
pub const DEPOSIT: &str = "deposit";

/// Below or equal to every sort key.
pub const FIRST: &str = "0";

/// Above every sort key.
pub const LAST: &str = "~";

/// Characters of a full geohash: 60 bits, a cell of 37 by 19 mm at the equator.
pub const GEOHASH_LENGTH: usize = 12;

/// One row's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingKey {
    /// `{source}#{ROME}` or `{source}#{ROME}#d`.
    pub partition: String,
    /// `{geohash12 or date desc}#{id}@{feed}`.
    pub sort: String,
}

/// Partition of the rows near a place.
pub fn near_partition(source: Source, rome: RomeCode) -> String {
    format!("{source}#{rome}")
}

/// Partition of the rows newest first.
pub fn newest_partition(source: Source, rome: RomeCode) -> String {
    format!("{source}#{rome}#d")
}

/// The geohash of a point, 12 characters.
pub fn geohash(point: Point) -> String {
    geohash::encode(geohash::Coord { x: point.lon(), y: point.lat() }, GEOHASH_LENGTH).unwrap_or_default()
}

/// Ten digits that sort newest first.
pub fn date_desc(created_at: u32) -> String {
    format!("{:010}", u32::MAX - created_at)
}

/// Every row of a card of `source` brought by `feed`: two per ROME, one where it has no point.
pub fn postings(source: Source, feed: &str, entry: &Entry) -> Vec<PostingKey> {
    let suffix = format!("#{}@{feed}", entry.id);
    let newest = format!("{}{suffix}", date_desc(entry.created_at));
    let near = entry.point.map(|point| format!("{}{suffix}", geohash(point)));
    let mut keys = Vec::with_capacity(entry.romes.len() * 2);
    for rome in entry.romes.iter() {
        if let Some(sort) = &near {
            keys.push(PostingKey { partition: near_partition(source, rome), sort: sort.clone() });
        }
        keys.push(PostingKey { partition: newest_partition(source, rome), sort: newest.clone() });
    }
    keys
}

/// The id inside a sort key; none when it is no posting's.
pub fn id_of(sort: &str) -> Option<&str> {
    let (_, rest) = sort.split_once('#')?;
    rest.rsplit_once('@').map(|(id, _)| id)
}
