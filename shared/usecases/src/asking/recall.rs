//! What was said about an appointment, for those who hold a link of it.

use domain::appointment::AppointmentId;

use super::{KnownAppointment, opened, user_id};
use crate::ports::{Clock, FindAppointment, FindPerson, PortError};

/// An appointment, and what who asked is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// The appointment, and what was written about it.
    pub known: KnownAppointment,
    /// What who asked is called.
    pub user: String,
}

/// Recalls appointments.
#[derive(Clone, Copy)]
pub struct RecallAppointment<'a> {
    /// Finds appointments.
    pub find: &'a dyn FindAppointment,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl RecallAppointment<'_> {
    /// One of them; none where it is over, or who asked was forgotten.
    pub async fn run(&self, id: &AppointmentId) -> Result<Option<Recalled>, PortError> {
        let Some(found) = self.find.find_appointment(id, self.clock.seconds()).await? else {
            return Ok(None);
        };
        let Some((letter, person)) = opened(self.people, &found).await? else { return Ok(None) };
        let known = KnownAppointment { id: found.id, facts: found.facts, letter };
        Ok(Some(Recalled { known, user: user_id(&person.hash) }))
    }
}
