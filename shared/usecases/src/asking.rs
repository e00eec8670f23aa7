//! Appointments, from when somebody asks a training centre for one until it is fixed (contract 1.12, 3.3, 3.4).
//!
//! Each step is one write: where it stands, what was written, mails, links and the event, or nothing of it.

mod answer;
mod ask;
mod follow;
mod own;
mod page;
mod recall;
mod undeliver;

pub use answer::{AnswerAppointment, Reply, ReplyError};
pub use ask::{AskError, AskForAppointment, Requested, Wish};
pub use follow::{FollowAppointments, FollowedAppointment};
pub use own::{OwnAppointment, OwnError};
pub use page::{AppointmentActs, AppointmentPage, Mistake, ShowAppointment, Tried};
pub use recall::{RecallAppointment, Recalled};
pub use undeliver::UndeliverAppointment;

use domain::appointment::{AppointmentId, Facts, Letter};
use domain::person::Person;
use sha2::{Digest, Sha256};

use crate::ports::{FindPerson, PortError, StoredAppointment};

/// How long an appointment is kept, in seconds: a year (contract 3.6).
pub const KEPT_SECONDS: u32 = 366 * 86_400;

/// What was written, sealed under the key of who asked.
fn sealed(id: &AppointmentId, letter: &Letter, person: &Person) -> Result<Vec<u8>, PortError> {
    let failed = |error| PortError::new("seal an appointment", error);
    let json = serde_json::to_vec(letter).map_err(|error| PortError::new("write an appointment", error))?;
    person.key.seal(&Letter::purpose(id), &json).map_err(failed)
}

/// What was written about an appointment and who asked for it; none once the person was forgotten.
pub(crate) async fn opened(
    people: &dyn FindPerson,
    appointment: &StoredAppointment,
) -> Result<Option<(Letter, Person)>, PortError> {
    let Some((hash, sealed)) = &appointment.personal else { return Ok(None) };
    let Some(person) = people.find_person(hash).await? else { return Ok(None) };
    // Sealed under a key that was lost: the person was forgotten, and has asked again since.
    let Ok(json) = person.key.open(&Letter::purpose(&appointment.id), sealed) else { return Ok(None) };
    let letter =
        serde_json::from_slice(&json).map_err(|error| PortError::new("read an appointment", error))?;
    Ok(Some((letter, person)))
}

/// What a person is called where it asked: 24 hexadecimal digits, as the original has them, of which nobody learns the
/// address.
pub fn user_id(person: &str) -> String {
    let digest = Sha256::new().chain_update("applicant#").chain_update(person).finalize();
    hex::encode(digest.get(..12).unwrap_or_default())
}

/// An appointment and what was written about it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownAppointment {
    /// Its id.
    pub id: AppointmentId,
    /// What names nobody.
    pub facts: Facts,
    /// What was written.
    pub letter: Letter,
}
