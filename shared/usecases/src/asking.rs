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
pub use follow::FollowAppointments;
pub use own::{OwnAppointment, OwnError};
pub use page::{AppointmentActs, AppointmentPage, Mistake, ShowAppointment, Tried};
pub use recall::{RecallAppointment, Recalled};
pub use undeliver::UndeliverAppointment;

use domain::appointment::{AppointmentId, Facts, Letter};
use domain::person::Person;
use sha2::{Digest, Sha256};

use crate::kept;
use crate::ports::{FindPerson, PortError, StoredAppointment};

/// What was written, sealed under the key of who asked.
fn sealed(id: &AppointmentId, letter: &Letter, person: &Person) -> Result<Vec<u8>, PortError> {
    kept::sealed(&Letter::purpose(id), letter, person)
}

/// What was written about an appointment and who asked for it; none once the person was forgotten.
pub(crate) async fn opened(
    people: &dyn FindPerson,
    appointment: &StoredAppointment,
) -> Result<Option<(Letter, Person)>, PortError> {
    kept::opened(people, &Letter::purpose(&appointment.id), appointment.personal.as_ref()).await
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
