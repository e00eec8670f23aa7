//! Applications, from when somebody applies until the recruiter answers (contract 1.10, 2.4, 3.1).
//!
//! An application is stored before anything follows from it: its CV lies sealed in the bucket, and the scan of it is owed
//! like a mail. Only a CV that is harmless goes on to the recruiter, and only what the recruiter answers goes back.

mod anonymise;
mod answer;
mod apply;
mod close_full;
mod cv;
mod deliver;
mod follow;
mod privacy;
mod recipient;
mod scan;
mod sent;
mod taken;
mod upload;

pub use anonymise::{AnonymiseApplications, Anonymised};
pub use answer::{Answer, AnswerApplication, AnswerError};
pub use apply::{Apply, ApplyError};
pub use cv::{Cv, CvFile, UploadedCvs};
pub use deliver::{Deliver, HandOn};
pub use follow::{FollowApplications, Followed};
pub use privacy::{AskForData, Export, Known, Privacy};
pub use recipient::Wanted;
pub use scan::{ScanCv, ScanOutcome};
pub use sent::Application;
pub use upload::{PrepareCv, UPLOAD_SECONDS, Upload};

use domain::application::{ApplicationId, Facts, Letter};
use domain::date;
use domain::person::{Person, PersonKey};

use crate::ports::{Entropy, FindPerson, PortError, StoredApplication};

/// How long an application is kept, in seconds: a year (contract 3.6).
pub const KEPT_SECONDS: u32 = 366 * 86_400;
/// How many days the nightly run has to make a statistic of an application that is over. Only then does the store's own
/// expiry take what is left, and the statistic is lost: as long as a message of a dead-letter queue is kept.
pub const SWEPT_WITHIN_DAYS: u8 = 14;

/// When the time of an application is over, in seconds since 1970. From then on nobody reads it any more.
pub fn ends_at(facts: &Facts) -> u32 {
    date::seconds(facts.created_at).unwrap_or_default().saturating_add(KEPT_SECONDS)
}

/// When the store may delete what is left of it, in seconds since 1970.
pub fn expires_at(facts: &Facts) -> u32 {
    ends_at(facts).saturating_add(u32::from(SWEPT_WITHIN_DAYS) * 86_400)
}

/// Where the CV of an application lies.
fn cv_key(id: &ApplicationId) -> String {
    format!("cv/{id}")
}

/// What a CV is sealed for.
fn cv_purpose(key: &str) -> String {
    format!("cv#{key}")
}

/// A letter, sealed under the key of who wrote it.
fn sealed(id: &ApplicationId, letter: &Letter, person: &Person) -> Result<Vec<u8>, PortError> {
    let failed = |error| PortError::new("seal an application", error);
    let json = serde_json::to_vec(letter).map_err(|error| PortError::new("write an application", error))?;
    person.key.seal(&Letter::purpose(id), &json).map_err(failed)
}

/// The letter of an application and who wrote it; none once the person was forgotten.
async fn opened(
    people: &dyn FindPerson,
    application: &StoredApplication,
) -> Result<Option<(Letter, Person)>, PortError> {
    let Some((hash, sealed)) = &application.personal else { return Ok(None) };
    let Some(person) = people.find_person(hash).await? else { return Ok(None) };
    let json = person.key.open(&Letter::purpose(&application.id), sealed);
    // Sealed under a key that was lost: the person was forgotten, and has applied again since.
    let Ok(json) = json else { return Ok(None) };
    let letter =
        serde_json::from_slice(&json).map_err(|error| PortError::new("read an application", error))?;
    Ok(Some((letter, person)))
}

/// A person of whom nothing is known yet, with a key of its own.
pub(crate) fn new_person(hash: &str, entropy: &dyn Entropy) -> Person {
    let mut key = [0; 32];
    let random = [entropy.bytes(), entropy.bytes()].concat();
    key.iter_mut().zip(random).for_each(|(to, from)| *to = from);
    Person { hash: hash.to_owned(), key: PersonKey::from_random(key) }
}

/// What follows from a change that no request waits for.
pub(crate) const fn consequences(
    mails: Vec<domain::mail::DueMail>,
    events: Vec<domain::event::EventMessage>,
    links: Vec<domain::link::StoredLink>,
    now: u32,
) -> crate::ports::Consequences {
    crate::ports::Consequences { completion: None, follows: None, mails, events, links, now }
}
