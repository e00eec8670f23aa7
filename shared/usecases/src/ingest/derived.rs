//! The trades of each RNCP sheet, kept beside the trainings they are derived from by the same means.

use std::collections::{BTreeMap, BTreeSet};

use domain::rncp::RncpCode;
use domain::rome::RomeCode;

use super::hash::ContentHash;
use crate::ports::{Content, FeedRef, Held, RowWrite};

/// What the trades of a feed's sheets need: rows to write, rows to withdraw.
#[derive(Debug, Default)]
pub(crate) struct TradesPlan {
    pub(crate) writes: Vec<RowWrite>,
    pub(crate) withdrawals: Vec<Held>,
}

/// The trades of each sheet.
pub(crate) type Trades = BTreeMap<RncpCode, BTreeSet<RomeCode>>;

/// Compares the trades of the file with those the index holds.
pub(crate) fn plan(feed: &FeedRef, trades: Trades, held: Vec<Held>) -> TradesPlan {
    let mut held: BTreeMap<String, Held> = held.into_iter().map(|held| (held.id.clone(), held)).collect();
    let mut writes = Vec::new();
    for (rncp, romes) in trades {
        let romes: Vec<RomeCode> = romes.into_iter().collect();
        let hash = ContentHash::of_trades(&romes);
        let seen = held.remove(rncp.as_str());
        if seen.as_ref().is_none_or(|seen| seen.hash != hash) {
            let id = rncp.as_str().to_owned();
            let content = Content::Trades { rncp, romes };
            writes.push(RowWrite { feed: feed.clone(), id, hash, content, seen });
        }
    }
    TradesPlan { writes, withdrawals: held.into_values().collect() }
}
