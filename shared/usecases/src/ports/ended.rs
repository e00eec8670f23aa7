//! Applications whose time is over.

use async_trait::async_trait;
use domain::application::{ApplicationId, Statistic};
use jiff::civil::Date;

use super::{PortError, StoredApplication};

/// Shelves of the applications that end on one day.
pub const ENDING_SHELVES: u8 = 4;

/// Lists the applications that end on a day.
#[async_trait]
pub trait ListEnding: Send + Sync {
    /// Those of one shelf of that day in Paris, whether they are over or not.
    async fn list_ending(&self, day: Date, number: u8) -> Result<Vec<ApplicationId>, PortError>;
}

/// Finds an application whose time may be over.
#[async_trait]
pub trait FindEnded: Send + Sync {
    /// Strongly consistent, and whatever its time; none where it is there no more.
    async fn find_ended(&self, id: &ApplicationId) -> Result<Option<StoredApplication>, PortError>;
}

/// Lets a person go.
#[async_trait]
pub trait ReleasePerson: Send + Sync {
    /// Its key, on the condition that the time of everything that was sealed under it is over: who applied again since, be it
    /// at this moment, keeps it.
    async fn release_person(&self, hash: &str, now: u32) -> Result<(), PortError>;
}

/// Lets a count of a person go.
#[async_trait]
pub trait ReleaseCount: Send + Sync {
    /// How often the person applied for this ([`domain::application::Target::name`]), on the condition that its time is over.
    async fn release_count(&self, person: &str, target: &str, now: u32) -> Result<(), PortError>;
}

/// Puts a statistic in the place of an application.
#[async_trait]
pub trait AnonymiseApplication: Send + Sync {
    /// The application and all that leads to it go, and the statistic comes, under an id of these random bytes, in one
    /// transaction. False where it was changed meanwhile, or is gone.
    async fn anonymise_application(
        &self,
        seen: &StoredApplication,
        statistic: &Statistic,
        random: [u8; 16],
    ) -> Result<bool, PortError>;
}
