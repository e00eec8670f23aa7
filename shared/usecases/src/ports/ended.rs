//! What is over: applications, and requests for appointments.

use async_trait::async_trait;
use jiff::civil::Date;

use super::{PortError, Standing};
use crate::kept::Kept;

/// Shelves of what ends on one day.
pub const ENDING_SHELVES: u8 = 4;

/// Lists what ends on a day.
#[async_trait]
pub trait ListEnding<Id>: Send + Sync {
    /// That of one shelf of that day in Paris, whether it is over or not.
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<Id>, PortError>;
}

/// Finds what may be over.
#[async_trait]
pub trait FindEnded<Id, Facts>: Send + Sync {
    /// Strongly consistent, and whatever its time; none where it is there no more.
    async fn find_ended(&self, id: &Id) -> Result<Option<Standing<Id, Facts>>, PortError>;
}

/// Lets a person go.
#[async_trait]
pub trait ReleasePerson: Send + Sync {
    /// Its key, on the condition that the time of everything that was sealed under it is over: who wrote again since, be it
    /// at this moment, keeps it.
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError>;
}

/// Lets a count of a person go.
#[async_trait]
pub trait ReleaseCount: Send + Sync {
    /// How often the person applied for this ([`domain::application::Target::name`]), on the condition that its time is over.
    async fn release_count(&self, person: &str, target: &str, now: u32) -> Result<(), PortError>;
}

/// Puts a statistic in the place of what is over.
#[async_trait]
pub trait AnonymiseEnded<Id, Facts: Kept>: Send + Sync {
    /// It and all that leads to it go, and the statistic comes, under an id of these random bytes, in one transaction. False
    /// where it was changed meanwhile, or is gone.
    async fn anonymise_ended(
        &self,
        seen: &Standing<Id, Facts>,
        statistic: &Facts::Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError>;
}
