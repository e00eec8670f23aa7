//! Makes statistics of the applications and appointments whose time is over, every night (contract 3.6, 3.7: 00:10).
//!
//! Each is on a shelf of its last day, and leaves it with the transaction that makes the statistic: so a run may be killed and
//! run again, and a night that fell out is made good by the next, for as long as the store keeps the shelf.

use domain::date;
use futures::{StreamExt, stream};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::kept::{Kept, SWEPT_WITHIN_DAYS, ends_at};
use crate::ports::{
    AnonymiseEnded, Clock, ENDING_SHELVES, Entropy, FindEnded, ListEnding, PortError, ReleaseCount,
    ReleasePerson,
};

#[cfg(test)]
mod tests;

/// Those that are written at once.
const AT_ONCE: usize = 8;

/// What a run did.
#[derive(Debug, Default)]
pub struct Anonymised {
    /// Those that are statistics now.
    pub done: usize,
    /// Those that could not be made so, or shelves that could not be read: the next run does it.
    pub failed: usize,
    /// Why, of the first of them.
    pub why: Option<PortError>,
}

/// Makes statistics of one kind of what ends.
#[derive(Clone, Copy)]
pub struct Anonymise<'a, Id, Facts: Kept> {
    /// Lists what ends.
    pub list: &'a dyn ListEnding<Id>,
    /// Finds it.
    pub find: &'a dyn FindEnded<Id, Facts>,
    /// Lets people go.
    pub people: &'a dyn ReleasePerson,
    /// Lets their counts go.
    pub counts: &'a dyn ReleaseCount,
    /// Puts statistics in its place.
    pub anonymise: &'a dyn AnonymiseEnded<Id, Facts>,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes the ids of statistics.
    pub entropy: &'a dyn Entropy,
}

impl<Id, Facts: Kept> Anonymise<'_, Id, Facts> {
    /// Everything that ended before today. What fails holds up nothing else.
    pub async fn run(&self) -> Anonymised {
        let mut all = Anonymised::default();
        for day in days(date::paris_day(self.clock.now())) {
            for shelf in 0..ENDING_SHELVES {
                let ids = match self.list.list_ending(day, shelf).await {
                    Ok(ids) => ids,
                    Err(error) => {
                        all.note(Err(error));
                        continue;
                    }
                };
                let runs = ids.iter().map(async |id| self.one(id).await);
                let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
                while let Some(ran) = runs.next().await {
                    all.note(ran);
                }
            }
        }
        all
    }

    /// False where somebody else has done it, or it is not over.
    async fn one(&self, id: &Id) -> Result<bool, PortError> {
        loop {
            let now = self.clock.seconds();
            let found = self.find.find_ended(id).await?;
            let Some(found) = found.filter(|found| ends_at(found.facts.created_at()) <= now) else {
                return Ok(false);
            };
            // First: the shelf leads here until all of it is gone, and nothing leads to these afterwards.
            if let Some((person, _)) = &found.personal {
                self.people.release_person(person, now).await?;
                if let Some(counted) = found.facts.counted() {
                    self.counts.release_count(person, &counted, now).await?;
                }
            }
            let left = found.facts.statistic();
            if self.anonymise.anonymise_ended(&found, &left, self.entropy.bytes()).await? {
                return Ok(true);
            }
        }
    }
}

impl Anonymised {
    fn note(&mut self, ran: Result<bool, PortError>) {
        match ran {
            Ok(done) => self.done += usize::from(done),
            Err(error) => {
                self.failed += 1;
                self.why.get_or_insert(error);
            }
        }
    }
}

/// The days whose shelves may hold something, the longest ago first.
fn days(today: Date) -> impl Iterator<Item = Date> {
    // The rows of a day's last second outlast those of its first by a day.
    let back = i64::from(SWEPT_WITHIN_DAYS) + 1;
    (1..=back).rev().filter_map(move |ago| today.checked_sub(ago.days()).ok())
}
