//! Makes statistics of the applications whose time is over, every night (contract 3.6, 3.7: 00:10).
//!
//! Each is on a shelf of its last day, and leaves it with the transaction that makes the statistic: so a run may be killed and
//! run again, and a night that fell out is made good by the next, for as long as the store keeps the shelf.

use domain::application::{ApplicationId, Statistic};
use domain::date;
use futures::{StreamExt, stream};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::kept::{SWEPT_WITHIN_DAYS, ends_at};
use crate::ports::{
    AnonymiseApplication, Clock, ENDING_SHELVES, Entropy, FindEnded, ListEnding, PortError, ReleaseCount,
    ReleasePerson,
};

#[cfg(test)]
mod tests;

/// Applications that are written at once.
const AT_ONCE: usize = 8;

/// What a run did.
#[derive(Debug, Default)]
pub struct Anonymised {
    /// Applications that are statistics now.
    pub applications: usize,
    /// Applications that could not be made so: the next run does it.
    pub failed: usize,
    /// Why, of the first of them.
    pub why: Option<PortError>,
}

/// Makes statistics.
#[derive(Clone, Copy)]
pub struct AnonymiseApplications<'a> {
    /// Lists what ends.
    pub list: &'a dyn ListEnding,
    /// Finds it.
    pub find: &'a dyn FindEnded,
    /// Lets people go.
    pub people: &'a dyn ReleasePerson,
    /// Lets their counts go.
    pub counts: &'a dyn ReleaseCount,
    /// Puts statistics in the place of applications.
    pub anonymise: &'a dyn AnonymiseApplication,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes the ids of statistics.
    pub entropy: &'a dyn Entropy,
}

impl AnonymiseApplications<'_> {
    /// Every application that ended before today.
    pub async fn run(&self) -> Result<Anonymised, PortError> {
        let mut all = Anonymised::default();
        for day in days(date::paris_day(self.clock.now())) {
            for shelf in 0..ENDING_SHELVES {
                let ids = self.list.list_ending(day, shelf).await?;
                let runs = ids.iter().map(async |id| self.one(id).await);
                let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
                while let Some(ran) = runs.next().await {
                    match ran {
                        Ok(done) => all.applications += usize::from(done),
                        // The others are none the worse for it.
                        Err(error) => {
                            all.failed += 1;
                            all.why.get_or_insert(error);
                        }
                    }
                }
            }
        }
        Ok(all)
    }

    /// False where somebody else has done it, or it is not over.
    async fn one(&self, id: &ApplicationId) -> Result<bool, PortError> {
        loop {
            let now = self.clock.seconds();
            let found =
                self.find.find_ended(id).await?.filter(|found| ends_at(found.facts.created_at) <= now);
            let Some(found) = found else { return Ok(false) };
            // First: the shelf leads here until the application is gone, and nothing leads to these afterwards.
            if let Some((person, _)) = &found.personal {
                self.people.release_person(person, now).await?;
                self.counts.release_count(person, &found.facts.target.name(), now).await?;
            }
            let left = Statistic::of(&found.facts);
            if self.anonymise.anonymise_application(&found, &left, self.entropy.bytes()).await? {
                return Ok(true);
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
