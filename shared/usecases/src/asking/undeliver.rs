//! The mail that asks a centre for an appointment does not arrive: who asked is told.

use domain::application::Applicant;
use domain::appointment::{AppointmentId, Facts, Stage};
use domain::event::{AppointmentMoved, Event};
use domain::mail::{AppointmentUndelivered, DueMail, Mail};

use super::opened;
use crate::once::message;
use crate::ports::{ChangeAppointment, Clock, Consequences, FindAppointment, FindPerson, PortError};

/// Notes that a request did not arrive.
#[derive(Clone, Copy)]
pub struct UndeliverAppointment<'a> {
    /// Finds appointments.
    pub find: &'a dyn FindAppointment,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Changes appointments.
    pub change: &'a dyn ChangeAppointment,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl UndeliverAppointment<'_> {
    /// Of one that the centre has not answered: once, however often it is told.
    pub async fn run(&self, id: &AppointmentId) -> Result<(), PortError> {
        let now = self.clock.seconds();
        loop {
            let Some(found) = self.find.find_appointment(id, now).await? else { return Ok(()) };
            if found.facts.stage != Stage::Requested {
                return Ok(());
            }
            let mut mails = Vec::new();
            if let Some((letter, person)) = opened(self.people, &found).await? {
                let Applicant { first_name, last_name, email, .. } = letter.applicant;
                let mail = AppointmentUndelivered {
                    first_name,
                    last_name,
                    centre: letter.centre,
                    training: letter.training,
                };
                let due = DueMail::new(id.as_str(), email, Mail::AppointmentUndelivered(mail));
                mails.push(due.about(&person));
            }
            let facts =
                Facts { stage: Stage::Undelivered, updated_at: self.clock.now(), ..found.facts.clone() };
            let event = Event::AppointmentUndelivered(AppointmentMoved { appointment_id: id.to_string() });
            let events = vec![message(id.as_str(), event, facts.partner.as_deref(), self.clock)];
            let follows = Consequences { mails, events, ..Consequences::none(now) };
            if self.change.change_appointment(&found, &facts, None, &follows).await? {
                return Ok(());
            }
        }
    }
}
