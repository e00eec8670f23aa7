//! The mail that asks a centre for an appointment does not arrive: who asked is told.

use domain::application::Applicant;
use domain::appointment::{AppointmentId, Facts, Letter, Slot, Stage};
use domain::event::{AppointmentMoved, Event};
use domain::mail::{AppointmentUndelivered, DueMail, Mail, Template};

use super::opened;
use crate::kept;
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
    /// Of one that still stands where this mail to the centre left it: once, however often it is told. What the centre has
    /// answered arrived, and what was given up since needs not.
    pub async fn run(&self, id: &AppointmentId, mail: Template) -> Result<(), PortError> {
        let now = self.clock.seconds();
        let stage = stage_of(mail);
        loop {
            let Some(found) = self.find.find_appointment(id, now).await? else { return Ok(()) };
            if found.facts.stage != stage {
                return Ok(());
            }
            let mut mails = Vec::new();
            if let Some((letter, person)) = opened(self.people, &found).await? {
                let due = undelivered(id, letter, found.facts.picked, false);
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

    /// Nobody will ever know whether this mail to the centre left: who asked is told so, once, as applicants are.
    pub(crate) async fn doubted(&self, id: &AppointmentId, mail: Template) -> Result<(), PortError> {
        let now = self.clock.seconds();
        let found = self.find.find_appointment(id, now).await?;
        let Some(found) = found.filter(|found| found.facts.stage == stage_of(mail)) else { return Ok(()) };
        let Some((letter, person)) = opened(self.people, &found).await? else { return Ok(()) };
        let mails = vec![undelivered(id, letter, found.facts.picked, true).about(&person)];
        let follows = Consequences { mails, ..Consequences::none(now) };
        self.change.change_appointment(&found, &found.facts, None, &follows).await.map(drop)
    }

    /// Whether this mail tells that a slot was picked which was given up since: after the mail that says so, it would put the
    /// appointment back into a calendar.
    pub(crate) async fn is_outdated(&self, mail: &Mail) -> Result<bool, PortError> {
        let Mail::AppointmentFixed(mail) = mail else { return Ok(false) };
        let found = self.find.find_appointment(&mail.appointment_id, self.clock.seconds()).await?;
        Ok(found.is_none_or(|found| found.facts.stage != Stage::Picked))
    }
}

/// Where an appointment stands while nothing came of this mail to the centre.
fn stage_of(mail: Template) -> Stage {
    if mail == Template::AppointmentFixed { Stage::Picked } else { Stage::Requested }
}

fn undelivered(id: &AppointmentId, letter: Letter, slot: Option<Slot>, uncertain: bool) -> DueMail {
    let Applicant { first_name, last_name, email, .. } = letter.applicant;
    let (centre, training) = (letter.centre, letter.training);
    let mail = AppointmentUndelivered { first_name, last_name, centre, training, slot, uncertain };
    DueMail::new(&kept::end(id.as_str(), uncertain), email, Mail::AppointmentUndelivered(mail))
}
