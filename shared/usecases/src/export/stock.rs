//! One shard of a source's stock, as it is to be shown: each card once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::source::Source;
use search::keys::{FIRST, LAST, stock_partition};
use search::port::{KeyRange, Postings, ReadError, Row};
use search::read::after;

/// Rows of one read: half a megabyte or so, which is one call.
const PAGE_ROWS: u32 = 1_000;

/// The packed cards of a shard, in the order of their ids.
pub(super) struct Shard {
    pub(super) source: Source,
    pub(super) cards: std::vec::IntoIter<Vec<u8>>,
}

/// Reads a shard to its end, each card once: see [`read_rows`].
pub(super) async fn read_shard(
    postings: &dyn Postings,
    source: Source,
    shard: u8,
    now: u32,
) -> Result<Shard, ReadError> {
    let shown = read_rows(postings, source, shard, FIRST, now).await?;
    let cards: Vec<Vec<u8>> = shown.into_values().map(|row| row.card).collect();
    Ok(Shard { source, cards: cards.into_iter() })
}

/// The rows of a shard from a sort key on, to its end, by record id. A row that changes meanwhile moves there, so
/// nothing is missed; of what is read twice the later word counts, and a row without a card is word of a withdrawal by
/// its feed. All feeds of a card lie in one shard: of those that hold it, the newest version is kept, at a tie that of
/// the first feed by name, as for its detail.
pub(crate) async fn read_rows(
    postings: &dyn Postings,
    source: Source,
    shard: u8,
    from: &str,
    now: u32,
) -> Result<BTreeMap<String, Row>, ReadError> {
    let mut held: BTreeMap<String, Row> = BTreeMap::new();
    let mut from = from.to_owned();
    loop {
        let range = KeyRange {
            partition: stock_partition(source, shard),
            from,
            to: LAST.to_owned(),
            limit: PAGE_ROWS,
        };
        let page = postings.read(&range).await?;
        let next = page.rows.last().filter(|_| page.cut).map(|row| after(&row.sort_key));
        for row in page.rows {
            let Some((_, id_and_feed)) = row.sort_key.split_once('#') else { continue };
            if row.card.is_empty() {
                held.remove(id_and_feed);
            } else {
                held.insert(id_and_feed.to_owned(), row);
            }
        }
        match next {
            Some(next) => from = next,
            None => break,
        }
    }
    let mut shown: BTreeMap<String, Row> = BTreeMap::new();
    for row in held.into_values().filter(|row| row.rank.is_live(now)) {
        match shown.entry(row.id.clone()) {
            Entry::Vacant(place) => {
                place.insert(row);
            }
            // Feeds come in the order of their names: at a tie the first stays.
            Entry::Occupied(mut place) if row.rank.created_at > place.get().rank.created_at => {
                place.insert(row);
            }
            Entry::Occupied(_) => {}
        }
    }
    Ok(shown)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use async_trait::async_trait;
    use search::keys::{id_of, stock};
    use search::port::Page;
    use search::rank::Rank;

    use super::*;

    /// Gives two rows at a time; rows are added once the first page was read.
    struct Log {
        rows: Mutex<Vec<Row>>,
        later: Mutex<Vec<Row>>,
    }

    #[async_trait]
    impl Postings for Log {
        async fn read(&self, range: &KeyRange) -> Result<Page, ReadError> {
            let mut rows = self.rows.lock().unwrap();
            let found: Vec<Row> =
                rows.iter().filter(|row| row.sort_key >= range.from).take(2).cloned().collect();
            let cut = found.len() == 2;
            rows.append(&mut self.later.lock().unwrap());
            Ok(Page { rows: found, cut, calls: 1, rru: 0.5 })
        }
    }

    fn row(id: &str, feed: &str, changed_at: u32, card: &str) -> Row {
        let sort_key = stock(Source::Offres, feed, id, changed_at).sort;
        let rank = Rank {
            point: None,
            created_at: 10,
            expires_at: None,
            filed_at: 0,
            diploma: None,
            opco: None,
            training: None,
        };
        Row { id: id_of(&sort_key).unwrap().to_owned(), sort_key, rank, romes: None, card: card.into() }
    }

    async fn read(rows: Vec<Row>, later: Vec<Row>) -> Vec<String> {
        let log = Log { rows: rows.into(), later: later.into() };
        let shard = read_shard(&log, Source::Offres, 0, 100).await.unwrap();
        shard.cards.map(|card| String::from_utf8(card).unwrap()).collect()
    }

    #[tokio::test]
    async fn of_a_card_that_changes_meanwhile_the_later_word_counts() {
        let rows = vec![row("1", "a", 1, "one"), row("2", "a", 2, "two"), row("3", "a", 3, "three")];
        let later = vec![row("1", "a", 7, ""), row("2", "a", 8, "two, mended")];
        assert_eq!(read(rows, later).await, ["two, mended", "three"]);
    }

    #[tokio::test]
    async fn what_one_feed_withdraws_another_may_still_hold() {
        let rows = vec![row("1", "a", 1, "of a"), row("1", "b", 2, "of b"), row("1", "a", 3, "")];
        assert_eq!(read(rows, Vec::new()).await, ["of b"]);
    }

    #[tokio::test]
    async fn of_several_feeds_the_newest_version_counts_and_at_a_tie_the_first_feed() {
        let mut newer = row("1", "c", 3, "of c");
        newer.rank.created_at = 11;
        let rows = vec![row("1", "b", 1, "of b"), row("1", "a", 2, "of a")];
        assert_eq!(read(rows.clone(), Vec::new()).await, ["of a"]);
        assert_eq!(read(rows, vec![newer]).await, ["of c"]);
    }

    #[tokio::test]
    async fn a_version_that_expired_hides_no_other() {
        let mut expired = row("1", "a", 1, "expired");
        (expired.rank.created_at, expired.rank.expires_at) = (20, Some(100));
        assert_eq!(read(vec![expired, row("1", "b", 2, "live")], Vec::new()).await, ["live"]);
    }
}
