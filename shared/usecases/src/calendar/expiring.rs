//! The offers that end in a stretch of time, by their recruiters.

use std::collections::BTreeMap;

use domain::source::Source;
use futures::{StreamExt, TryStreamExt, stream};
use search::keys::{FIRST, LAST, STOCK_SHARDS, date_asc, expiry_partition, id_of};
use search::port::{KeyRange, Postings};

use crate::ports::{LocateOffer, PortError};

/// Rows that are read at once.
const PAGE: u32 = 1_000;
/// Offers that are located at once.
const AT_ONCE: usize = 16;
const READ: &str = "read which offers end";

/// A recruiter: its partner, and its establishment.
pub(super) type Whose = (String, String);

/// The recruiters whose offers end before `until`, and not before `since` where that is given: in seconds since 1970. The
/// lists may lag behind by a second; who acts on them looks again.
pub(super) async fn recruiters(
    postings: &dyn Postings,
    locate: &dyn LocateOffer,
    since: Option<u32>,
    until: u32,
) -> Result<BTreeMap<Whose, Vec<String>>, PortError> {
    let mut whose: BTreeMap<Whose, Vec<String>> = BTreeMap::new();
    for shard in 0..STOCK_SHARDS {
        let mut from = since.map_or_else(|| FIRST.to_owned(), date_asc);
        loop {
            let range = KeyRange {
                partition: expiry_partition(Source::Matcha, shard),
                from,
                to: date_asc(until),
                limit: PAGE,
            };
            let page = postings.read(&range).await.map_err(|error| PortError::new(READ, error))?;
            let ids = page.rows.iter().filter_map(|row| id_of(&row.sort_key));
            let located = ids.map(|id| locate.locate_offer(id));
            let located: Vec<_> = stream::iter(located).buffered(AT_ONCE).try_collect().await?;
            for offer in located.into_iter().flatten() {
                whose.entry((offer.partner, offer.establishment_id)).or_default().push(offer.offer_id);
            }
            match page.rows.last() {
                // `~` sorts above the rest of any key that begins like this one.
                Some(last) if page.cut => from = format!("{}{LAST}", last.sort_key),
                _ => break,
            }
        }
    }
    Ok(whose)
}
