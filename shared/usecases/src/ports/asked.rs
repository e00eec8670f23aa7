//! Appointments that somebody asked for.

use async_trait::async_trait;
use domain::appointment::{AppointmentId, Facts, Referrer};
use domain::person::Person;

use super::{Consequences, PortError, Standing};

/// An appointment to store.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAppointment {
    /// Its id.
    pub id: AppointmentId,
    /// What names nobody.
    pub facts: Facts,
    /// Who asks.
    pub person: Person,
    /// Whether nothing was known of the person: the key is new.
    pub is_first: bool,
    /// What was written, sealed under the key of the person.
    pub letter: Vec<u8>,
    /// Hash of the address it goes to.
    pub address: String,
}

/// An appointment was not stored, nor anything that would have followed from it.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The same person asked about the same training a short while ago.
    #[error("the person asked about the training a short while ago")]
    Recent {
        /// When, in seconds since 1970.
        since: u32,
    },
    /// The centre's address is written to no more.
    #[error("the address of the centre is written to no more")]
    Closed,
    /// Somebody else has just made the person known, or it was forgotten.
    #[error("the person was changed by another request")]
    Overtaken,
    /// The request was answered, or taken over, by another.
    #[error("another request with this key was first")]
    NotFirst,
    /// The store failed. Whether it was stored is not known.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Stores an appointment.
#[async_trait]
pub trait RequestAppointment: Send + Sync {
    /// With its places in lists, the key of its person, the mark that keeps the person from asking again at once, and
    /// consequences, in one transaction.
    async fn request_appointment(
        &self,
        new: &NewAppointment,
        consequences: &Consequences,
    ) -> Result<(), RequestError>;
}

/// An appointment as it is stored.
pub type StoredAppointment = Standing<AppointmentId, Facts>;

/// Finds an appointment.
#[async_trait]
pub trait FindAppointment: Send + Sync {
    /// Strongly consistent. One whose time is over is none.
    async fn find_appointment(
        &self,
        id: &AppointmentId,
        now: u32,
    ) -> Result<Option<StoredAppointment>, PortError>;
}

/// Changes where an appointment stands.
#[async_trait]
pub trait ChangeAppointment: Send + Sync {
    /// To these facts, and to what was written where that changes too, sealed; with consequences, in one transaction. False
    /// where it was changed meanwhile.
    async fn change_appointment(
        &self,
        seen: &StoredAppointment,
        facts: &Facts,
        letter: Option<Vec<u8>>,
        consequences: &Consequences,
    ) -> Result<bool, PortError>;
}

/// Lists appointments.
#[async_trait]
pub trait ListAppointments: Send + Sync {
    /// Those of a site that last changed at or after `since`, in seconds since 1970, and after the mark given, with their
    /// marks, the longest ago first.
    async fn list_appointments(
        &self,
        referrer: Referrer,
        since: u32,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, AppointmentId)>, PortError>;
}
