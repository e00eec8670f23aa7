//! Deposited offers for other job boards: a file every morning, and a feed of the same lines ([`follow`]).
//!
//! The file holds the active offers that were changed in the last thirty days, counted from the beginning of a day in
//! Paris: a run at another hour of that day finds the same. The feed tells every active offer, changed or not, so
//! whoever follows it also holds those that the file has dropped for their age.

pub mod follow;
mod table;

use std::collections::BTreeMap;
use std::iter;

use domain::card::Card;
use domain::date;
use domain::matcha::MatchaOffer;
use domain::published::{CONTRACTS, PublishedLine};
use domain::recruiter::JobType;
use domain::source::Source;
use futures::{StreamExt, stream};
use jiff::{Timestamp, ToSpan};
use search::codec::unpack;
use search::keys::{STOCK_SHARDS, date_asc};
use search::port::Postings;

use crate::changes::is_live;
use crate::export::stock::read_rows;
use crate::ports::{
    Clock, MakeCurrent, PortError, PublicationManifest, PutPublication, PutPublicationManifest,
};
use table::{Made, Table};

/// An offer that was not changed for longer is in the file no more, in days.
const DAYS: i64 = 30;
/// Lines that are written at once: a quarter of a megabyte or so.
const PIECE_LINES: usize = 100;

/// What it takes to publish the offers.
#[derive(Clone, Copy)]
pub struct PublishOffers<'a> {
    /// The stock.
    pub postings: &'a dyn Postings,
    /// Address of the site that shows offers, without a slash at its end.
    pub site: &'a str,
    /// Keeps the file of the day.
    pub put: &'a dyn PutPublication,
    /// Makes it the present one.
    pub make_current: &'a dyn MakeCurrent,
    /// Keeps the manifest, once both are there.
    pub put_manifest: &'a dyn PutPublicationManifest,
    /// The time, against which offers expire and grow old.
    pub clock: &'a dyn Clock,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What there is to know of the file.
    pub manifest: PublicationManifest,
    /// Offers left out because they could not be read: a version of this service that we do not know wrote them.
    pub unreadable: u64,
}

/// Offers to publish, by their own id. They are held packed, half a kilobyte each, until their lines are written: the
/// lines are sorted, and a shard holds ids of all kinds. A hundred thousand are some 60 MB. Whole rows are held of one
/// shard at a time, and lines of one piece.
#[derive(Default)]
struct Held {
    cards: BTreeMap<String, Vec<u8>>,
    unreadable: u64,
}

/// What is still to be written.
struct Rest<'a, C> {
    cards: C,
    site: &'a str,
    table: Table,
}

impl PublishOffers<'_> {
    /// Writes the file of the day, makes it the present one, then writes the manifest. A run that breaks leaves each of
    /// them whole, the new one or the former.
    pub async fn run(&self) -> Result<Published, PortError> {
        let start = self.clock.now();
        let day = date::paris_day(start);
        let Held { cards, unreadable } = self.hold(start).await?;
        let of = |contract: JobType| cards.values().map(move |card| (contract, card.as_slice()));
        let mut rest =
            Rest { cards: CONTRACTS.into_iter().flat_map(of), site: self.site, table: Table::default() };
        let pieces = stream::iter(iter::from_fn(|| rest.piece())).boxed();
        self.put.put_publication(day, pieces).await?;
        let Made { rows, bytes, sha256 } = rest.table.finish();
        self.make_current.make_current(day).await?;
        let manifest = PublicationManifest { day, generated_at: start, rows, bytes, sha256 };
        self.put_manifest.put_publication_manifest(&manifest).await?;
        Ok(Published { manifest, unreadable })
    }

    /// Reads the offers, one shard after the other.
    async fn hold(&self, start: Timestamp) -> Result<Held, PortError> {
        let now = date::seconds(start).unwrap_or(u32::MAX);
        let from = date_asc(oldest(start));
        let mut held = Held::default();
        for shard in 0..STOCK_SHARDS {
            let rows = read_rows(self.postings, Source::Matcha, shard, &from, now).await;
            for (id, row) in rows.map_err(|error| PortError::new("read the stock", error))? {
                match unpack(Source::Matcha, &row.card) {
                    Ok(card) if is_live(&card, now) => {
                        held.cards.insert(id, row.card);
                    }
                    Ok(_) => {}
                    Err(_) => held.unreadable += 1,
                }
            }
        }
        Ok(held)
    }
}

impl<'a, C: Iterator<Item = (JobType, &'a [u8])>> Rest<'_, C> {
    /// The next piece of the file, the first with the names of the columns; none after the last line.
    fn piece(&mut self) -> Option<Result<Vec<u8>, PortError>> {
        let site = self.site;
        let lines = self.cards.by_ref().filter_map(|(contract, card)| {
            let offer = offer(unpack(Source::Matcha, card).ok()?)?;
            PublishedLine::of(&offer, contract, site)
        });
        let lines: Vec<PublishedLine> = lines.take(PIECE_LINES).collect();
        self.table.write(&lines).transpose()
    }
}

/// The offer of a card; none where it is something else.
fn offer(card: Card) -> Option<MatchaOffer> {
    match card {
        Card::Matcha(offer) => Some(*offer),
        _ => None,
    }
}

/// The first second of the thirty days, since 1970.
fn oldest(start: Timestamp) -> u32 {
    let day = date::paris_day(start).saturating_sub(DAYS.days());
    date::seconds(date::paris_midnight(day)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thirty_days_begin_at_midnight_in_paris_whatever_the_hour_of_the_run() {
        let since = |start: &str| {
            Timestamp::from_second(i64::from(oldest(start.parse().unwrap()))).unwrap().to_string()
        };
        assert_eq!(since("2026-09-01T00:00:00+02:00"), "2026-08-01T22:00:00Z");
        assert_eq!(since("2026-09-01T23:59:59+02:00"), "2026-08-01T22:00:00Z");
        // Over the end of summer time.
        assert_eq!(since("2026-11-10T05:30:00+01:00"), "2026-10-10T22:00:00Z");
        assert_eq!(since("1970-01-10T00:00:00Z"), "1970-01-01T00:00:00Z");
    }
}
