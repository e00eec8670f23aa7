//! What somebody wrote, an application or a request for an appointment: sealed under a key of theirs, and kept for a year.

use domain::person::{Person, PersonKey};
use domain::{application, appointment, date};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ports::{Entropy, FindPerson, PortError};

/// How long it is kept, in seconds: a year (contract 3.6).
pub const KEPT_SECONDS: u32 = 366 * 86_400;
/// How many days the nightly run has to make a statistic of what is over. Only then does the store's own expiry take what is
/// left, and the statistic is lost: as long as a message of a dead-letter queue is kept.
pub const SWEPT_WITHIN_DAYS: u8 = 14;

/// When the time of what was written then is over, in seconds since 1970. From then on nobody reads it any more.
pub fn ends_at(created_at: Timestamp) -> u32 {
    date::seconds(created_at).unwrap_or_default().saturating_add(KEPT_SECONDS)
}

/// When the store may delete what is left of it, in seconds since 1970.
pub fn expires_at(created_at: Timestamp) -> u32 {
    ends_at(created_at).saturating_add(u32::from(SWEPT_WITHIN_DAYS) * 86_400)
}

/// What names nobody of what somebody wrote, and is kept for a year.
pub trait Kept: Send + Sync {
    /// What stays of it afterwards.
    type Statistic: Send + Sync;

    /// When it was written.
    fn created_at(&self) -> Timestamp;

    /// What stays of this one.
    fn statistic(&self) -> Self::Statistic;

    /// What its person is counted for by it; none where nothing is counted that lasts as long.
    fn counted(&self) -> Option<String>;
}

impl Kept for application::Facts {
    type Statistic = application::Statistic;

    fn created_at(&self) -> Timestamp {
        self.created_at
    }

    fn statistic(&self) -> Self::Statistic {
        application::Statistic::of(self)
    }

    fn counted(&self) -> Option<String> {
        Some(self.target.name())
    }
}

impl Kept for appointment::Facts {
    type Statistic = appointment::Statistic;

    fn created_at(&self) -> Timestamp {
        self.created_at
    }

    fn statistic(&self) -> Self::Statistic {
        appointment::Statistic::of(self)
    }

    fn counted(&self) -> Option<String> {
        None
    }
}

/// What was written, sealed for this purpose under the key of who wrote it.
pub(crate) fn sealed(purpose: &str, letter: &impl Serialize, person: &Person) -> Result<Vec<u8>, PortError> {
    let json = serde_json::to_vec(letter).map_err(|error| PortError::new("write a letter", error))?;
    person.key.seal(purpose, &json).map_err(|error| PortError::new("seal a letter", error))
}

/// What was written and who wrote it; none once the person was forgotten.
pub(crate) async fn opened<Letter: DeserializeOwned>(
    people: &dyn FindPerson,
    purpose: &str,
    personal: Option<&(String, Vec<u8>)>,
) -> Result<Option<(Letter, Person)>, PortError> {
    let Some((hash, sealed)) = personal else { return Ok(None) };
    let Some(person) = people.find_person(hash).await? else { return Ok(None) };
    // Sealed under a key that was lost: the person was forgotten, and has written again since.
    let Ok(json) = person.key.open(purpose, sealed) else { return Ok(None) };
    let letter = serde_json::from_slice(&json).map_err(|error| PortError::new("read a letter", error))?;
    Ok(Some((letter, person)))
}

/// A person of whom nothing is known yet, with a key of its own.
pub(crate) fn new_person(hash: &str, entropy: &dyn Entropy) -> Person {
    let mut key = [0; 32];
    let random = [entropy.bytes(), entropy.bytes()].concat();
    key.iter_mut().zip(random).for_each(|(to, from)| *to = from);
    Person { hash: hash.to_owned(), key: PersonKey::from_random(key) }
}

/// The cause of the mail that tells somebody that what they sent did not arrive, or that nobody can know. They may be told the
/// one after the other.
pub(crate) fn end(id: &str, uncertain: bool) -> String {
    if uncertain { format!("{id} uncertain") } else { id.to_owned() }
}
