//! From rows to cards.

use std::collections::BTreeSet;

use domain::source::Source;
use search::codec::unpack;
use search::merge::{Found, Hit};
use search::nearest::Answer;

use super::{Asked, Item, Mark, Place, Search, SearchFound};

/// The answer when nothing can match.
pub(super) fn nothing(sources: &BTreeSet<Source>) -> SearchFound {
    SearchFound {
        by_source: sources.iter().map(|&source| (source, Ok(Vec::new()))).collect(),
        ..SearchFound::default()
    }
}

/// Unpacks what is returned, and says where each source goes on. A source that was read to its end by an earlier
/// page has no results; one that failed goes on where it was.
pub(super) fn collect(search: &Search, asked: &[Asked], answer: Answer) -> SearchFound {
    let mut found = SearchFound { cost: answer.cost, ..nothing(&search.sources) };
    for (asked, hits) in asked.iter().zip(answer.found) {
        if search.page.is_some()
            && let Some(mark) = next(search, asked, hits.as_ref().ok())
        {
            found.next.insert(asked.source, mark);
        }
        let cards = hits.map(|Found { hits, .. }| {
            let cards: Vec<Item> = hits.iter().filter_map(|hit| read_card(asked.source, hit)).collect();
            found.unreadable += (hits.len() - cards.len()) as u32;
            cards
        });
        found.by_source.insert(asked.source, cards);
    }
    found
}

fn next(search: &Search, asked: &Asked, found: Option<&Found>) -> Option<Mark> {
    let Some(found) = found else { return Some(asked.mark.clone()) };
    let last = found.hits.last().filter(|_| found.more)?;
    match search.place {
        Place::Around(..) if search.by_date && asked.source != Source::Formations => {
            Some(Mark::Listed(last.newest_position()))
        }
        Place::Around(..) => last.near_mark().map(Mark::Near),
        Place::Anywhere | Place::Country | Place::Area(_) => Some(Mark::Listed(last.position().to_owned())),
    }
}

fn read_card(source: Source, hit: &Hit) -> Option<Item> {
    let card = unpack(source, &hit.row.card).ok()?;
    Some(Item { card, distance_km: hit.distance_km })
}
