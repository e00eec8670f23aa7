//! The keys of postings: the only place that spells them.
//!
//! | rows | sources | partition key | sort key |
//! |---|---|---|---|
//! | near a place | all | `{source}#{ROME}` | `{geohash12}#{id}!{feed}` |
//! | the same, of all trades of a grand domaine | all | `{source}#{letter}` | the same |
//! | the same, of cards of many grands domaines | all | `{source}#*` | the same |
//! | each of the three, of one diploma level (0: unknown) | all but `lba` | `{the same}#{level}` | the same |
//! | listed: newest first, trainings by title | all | `{source}#{ROME}#d` | `{order}#{id}!{feed}` |
//! | the same, of one level | `matcha`, `offres` | `{source}#{ROME}#d{level}` | the same |
//! | the same, of one département | `formations` | `formations#{ROME, or *}#a{département}` | the same |
//! | the stock, by last change | all | `{source}#stock#{shard}` | `{changed}#{record id}!{feed}` |
//! | the stock, by expiry | `matcha`, `offres` | `{source}#stock#{shard}x` | `{expires}#{record id}!{feed}` |
//!
//! The feed closes the sort key, so that two feeds that bring the same id never touch each other's rows: a
//! search makes the id unique again, and the card stays as long as one feed holds it. Offers deposited here
//! have the feed `deposit`.

use std::collections::BTreeSet;
use std::fmt;

use domain::card::Entry;
use domain::departement::Departement;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::rome::{GrandDomaine, RomeCode};
use domain::source::Source;

/// The feed name of what is deposited through the API.
pub const DEPOSIT: &str = "deposit";

/// Below or equal to every sort key.
pub const FIRST: &str = "0";

/// Above every sort key.
pub const LAST: &str = "~";

/// Characters of a full geohash: 60 bits, a cell of 37 by 19 mm at the equator.
pub const GEOHASH_LENGTH: usize = 12;

/// Partitions that the stock of a source is spread over: an import writes some 500 rows a second, which is half of
/// what one partition takes.
pub const STOCK_SHARDS: u8 = 8;

/// One row's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingKey {
    /// Partition key.
    pub partition: String,
    /// Sort key.
    pub sort: String,
}

/// The level of a row that does not say: it matches every diploma.
pub const UNKNOWN_LEVEL: u8 = 0;

/// A card of more grands domaines is filed once for all of them: with its trades it could need more rows than one
/// transaction writes. No company has so many: of the 692 NAF codes, none brings trades of more.
pub const MAX_DOMAINS: usize = 7;

/// What a partition of rows near a place is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One trade.
    Trade(RomeCode),
    /// All trades of a grand domaine: a card stands there once, whichever of them it has.
    Domain(GrandDomaine),
    /// The cards of more than [`MAX_DOMAINS`] grands domaines, which stand in none: who reads one reads them too.
    ManyDomains,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trade(rome) => rome.fmt(f),
            Self::Domain(domain) => domain.fmt(f),
            Self::ManyDomains => f.write_str("*"),
        }
    }
}

/// A row to write: where, and what it must tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its key.
    pub key: PostingKey,
    /// Whether it must name the trades of its card, because its partition does not.
    pub names_trades: bool,
}

/// Which rows of a subject: all of them, or those of one diploma level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// All.
    Whole,
    /// Those of this level, [`UNKNOWN_LEVEL`] included.
    Level(u8),
}

/// Whether rows near a place are filed by level as well. Companies have none.
pub const fn near_has_levels(source: Source) -> bool {
    !matches!(source, Source::Lba)
}

/// Whether listed rows are filed by level as well. The trainings of a trade are few enough to filter.
pub const fn listed_has_levels(source: Source) -> bool {
    matches!(source, Source::Matcha | Source::Offres)
}

/// Partition of the rows near a place.
pub fn near_partition(source: Source, subject: Subject, shelf: Shelf) -> String {
    match shelf {
        Shelf::Whole => format!("{source}#{subject}"),
        Shelf::Level(level) => format!("{source}#{subject}#{level}"),
    }
}

/// The grands domaines that a card is filed under beside its trades, or that it has too many.
pub fn domains(entry: &Entry) -> Vec<Subject> {
    let domains: BTreeSet<GrandDomaine> = entry.romes.iter().map(RomeCode::grand_domaine).collect();
    if domains.len() > MAX_DOMAINS {
        return vec![Subject::ManyDomains];
    }
    domains.into_iter().map(Subject::Domain).collect()
}

/// Partition of the rows as listed.
pub fn listed_partition(source: Source, rome: RomeCode, shelf: Shelf) -> String {
    match shelf {
        Shelf::Whole => format!("{source}#{rome}#d"),
        Shelf::Level(level) => format!("{source}#{rome}#d{level}"),
    }
}

/// Partition of the trainings of a département, of one trade or of any.
pub fn area_partition(rome: Option<RomeCode>, departement: Departement) -> String {
    match rome {
        Some(rome) => format!("{}#{rome}#a{departement}", Source::Formations),
        None => format!("{}#*#a{departement}", Source::Formations),
    }
}

/// Partition of a part of a source's stock, by last change.
pub fn stock_partition(source: Source, shard: u8) -> String {
    format!("{source}#stock#{shard}")
}

/// Partition of a part of a source's stock, by expiry.
pub fn expiry_partition(source: Source, shard: u8) -> String {
    format!("{source}#stock#{shard}x")
}

/// The geohash of a point, 12 characters.
pub fn geohash(point: Point) -> String {
    geohash::encode(geohash::Coord { x: point.lon(), y: point.lat() }, GEOHASH_LENGTH).unwrap_or_default()
}

/// Ten digits that sort newest first.
pub fn date_desc(created_at: u32) -> String {
    format!("{:010}", u32::MAX - created_at)
}

/// Ten digits that sort oldest first.
pub fn date_asc(at: u32) -> String {
    format!("{at:010}")
}

/// How a card is listed: trainings by title, all others newest first.
pub fn order(entry: &Entry) -> String {
    entry.training.as_ref().map_or_else(|| date_desc(entry.created_at), |training| training.order.clone())
}

/// Every row by which searches find a card of `source` brought by `feed`: at most four per trade, two per grand
/// domaine, and one.
pub fn postings(source: Source, feed: &str, entry: &Entry) -> Vec<Posting> {
    let suffix = format!("#{}!{feed}", entry.id);
    let listed = format!("{}{suffix}", order(entry));
    let level = Shelf::Level(entry.diploma.map_or(UNKNOWN_LEVEL, Diploma::level));
    let mut postings = Vec::with_capacity(entry.romes.len() * 5 + 1);
    let mut add = |partition, sort: &String, names_trades| {
        postings.push(Posting { key: PostingKey { partition, sort: sort.clone() }, names_trades });
    };
    if let Some(point) = entry.point {
        let near = format!("{}{suffix}", geohash(point));
        let shelves = [Some(Shelf::Whole), near_has_levels(source).then_some(level)];
        for subject in entry.romes.iter().map(Subject::Trade).chain(domains(entry)) {
            let names_trades = !matches!(subject, Subject::Trade(_));
            for shelf in shelves.into_iter().flatten() {
                add(near_partition(source, subject, shelf), &near, names_trades);
            }
        }
    }
    let area = entry.training.as_ref().and_then(|training| training.departement);
    for rome in entry.romes.iter() {
        add(listed_partition(source, rome, Shelf::Whole), &listed, false);
        if listed_has_levels(source) {
            add(listed_partition(source, rome, level), &listed, false);
        }
        if let Some(departement) = area {
            add(area_partition(Some(rome), departement), &listed, false);
        }
    }
    if let Some(departement) = area {
        add(area_partition(None, departement), &listed, false);
    }
    postings
}

/// The row by which the last change of a card is found.
pub fn stock(source: Source, feed: &str, record_id: &str, changed_at: u32) -> PostingKey {
    PostingKey {
        partition: stock_partition(source, shard(record_id)),
        sort: format!("{}#{record_id}!{feed}", date_asc(changed_at)),
    }
}

/// The row by which the expiry of a card is found.
pub fn expiry(source: Source, feed: &str, record_id: &str, expires_at: u32) -> PostingKey {
    PostingKey {
        partition: expiry_partition(source, shard(record_id)),
        sort: format!("{}#{record_id}!{feed}", date_asc(expires_at)),
    }
}

/// FNV-1a, folded: the same on every machine and in every version.
fn shard(record_id: &str) -> u8 {
    let hash = record_id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ hash >> 32) % u64::from(STOCK_SHARDS)) as u8
}

/// The id inside a sort key; none when it is no posting's.
pub fn id_of(sort: &str) -> Option<&str> {
    let (_, rest) = sort.split_once('#')?;
    rest.rsplit_once('!').map(|(id, _)| id)
}

/// The lowest sort key after every feed of a position: `"` is what follows `!`.
pub fn after_position(position: &str) -> String {
    format!("{position}\"")
}

/// A sort key without its feed: what orders rows of one list. The `!` before the feed sorts below all that an id
/// holds, so that positions sort as the keys do.
pub fn position_of(sort: &str) -> &str {
    sort.rsplit_once('!').map_or(sort, |(position, _)| position)
}
