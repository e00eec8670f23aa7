//! Who asked for an appointment picks one of the slots that the centre proposes, or takes the request back.

use domain::application::Applicant;
use domain::appointment::{AppointmentId, Facts, Letter, Slot, Stage};
use domain::event::{AppointmentMoved, AppointmentPicked, Event};
use domain::link::{LinkAction, LinkId, LinkKey};
use domain::mail::{AppointmentFixed, AppointmentWithdrawn, DueMail, Mail, Side};
use domain::person::Person;
use jiff::Timestamp;

use super::opened;
use crate::once::message;
use crate::ports::{
    ChangeAppointment, Clock, Consequences, Entropy, FindAppointment, FindPerson, PortError,
    StoredAppointment,
};

/// Why nothing was picked or taken back.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// There is no such request any more, or whoever made it was forgotten.
    #[error("there is no such appointment")]
    Gone,
    /// Nothing is proposed: not yet, or not any more.
    #[error("no slot is proposed")]
    NothingProposed,
    /// It is none of the slots that are proposed.
    #[error("the slot is not proposed")]
    OtherSlot,
    /// The slot is over, or has begun.
    #[error("the slot is over")]
    Past,
    /// One was picked before.
    #[error("a slot was picked already")]
    Picked,
    /// It was taken back before, or never arrived.
    #[error("the request is over")]
    Over,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// What who asked may do with an appointment.
#[derive(Clone, Copy)]
pub struct OwnAppointment<'a> {
    /// Finds appointments.
    pub find: &'a dyn FindAppointment,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Changes appointments.
    pub change: &'a dyn ChangeAppointment,
    /// Makes the links of mails.
    pub links: &'a LinkKey,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

impl OwnAppointment<'_> {
    /// Picks the slot that begins then: once, whatever the number of clicks. Both sides are told.
    pub async fn pick(&self, id: &AppointmentId, starts_at: Timestamp) -> Result<Slot, OwnError> {
        let (now, seconds) = (self.clock.now(), self.clock.seconds());
        loop {
            let (found, letter, person) = self.found(id, seconds).await?;
            match found.facts.stage {
                Stage::Picked => return Err(OwnError::Picked),
                Stage::Withdrawn | Stage::Undelivered => return Err(OwnError::Over),
                Stage::Requested | Stage::Answered => return Err(OwnError::NothingProposed),
                Stage::Proposed => {}
            }
            let slot = found.facts.slots.iter().find(|slot| slot.starts_at == starts_at);
            let slot = *slot.ok_or(OwnError::OtherSlot)?;
            if slot.starts_at <= now {
                return Err(OwnError::Past);
            }
            let facts =
                Facts { stage: Stage::Picked, updated_at: now, picked: Some(slot), ..found.facts.clone() };
            let own = LinkId::from_random(self.entropy.bytes());
            let action = LinkAction::OwnAppointment { appointment_id: id.clone() };
            let links = vec![self.links.stored(&own, action, seconds)];
            let mails = [Side::Applicant, Side::Centre].map(|side| {
                let own = Some(own.clone()).filter(|_| side == Side::Applicant);
                fixed(id, side, &letter, slot, own).about(&person)
            });
            let event = Event::AppointmentPicked(AppointmentPicked::of(id.as_str(), &slot));
            let events = vec![message(id.as_str(), event, facts.partner.as_deref(), self.clock)];
            let follows = Consequences { mails: mails.into(), events, links, ..Consequences::none(seconds) };
            if self.change.change_appointment(&found, &facts, None, &follows).await? {
                return Ok(slot);
            }
        }
    }

    /// Takes the request back, or gives up what was picked. The centre is told; both sides, where their calendars are to be.
    pub async fn withdraw(&self, id: &AppointmentId) -> Result<(), OwnError> {
        let (now, seconds) = (self.clock.now(), self.clock.seconds());
        loop {
            let (found, letter, person) = self.found(id, seconds).await?;
            if !found.facts.may_be_withdrawn() {
                return Err(OwnError::Over);
            }
            if found.facts.picked.is_some_and(|slot| slot.starts_at <= now) {
                return Err(OwnError::Past);
            }
            let slot = found.facts.picked;
            let mut mails = vec![withdrawn(id, Side::Centre, &letter, slot).about(&person)];
            if slot.is_some() {
                mails.push(withdrawn(id, Side::Applicant, &letter, slot).about(&person));
            }
            if self.take_back(&found, mails, now, seconds).await? {
                return Ok(());
            }
        }
    }

    /// Gives back the time of the centre that was picked, as [`withdraw`](Self::withdraw) does, of whoever is about to be
    /// forgotten: told so that it still is when nothing of theirs can be read any more, and without their name.
    pub(crate) async fn release(&self, id: &AppointmentId) -> Result<(), PortError> {
        let (now, seconds) = (self.clock.now(), self.clock.seconds());
        loop {
            let Some(found) = self.find.find_appointment(id, seconds).await? else { return Ok(()) };
            let slot = found.facts.picked.filter(|slot| slot.starts_at > now);
            if found.facts.stage != Stage::Picked || slot.is_none() {
                return Ok(());
            }
            let Some((letter, _)) = opened(self.people, &found).await? else { return Ok(()) };
            let applicant =
                Applicant { first_name: String::new(), last_name: String::new(), ..letter.applicant };
            let letter = Letter { applicant, ..letter };
            let mails = vec![withdrawn(id, Side::Centre, &letter, slot)];
            if self.take_back(&found, mails, now, seconds).await? {
                return Ok(());
            }
        }
    }

    async fn take_back(
        &self,
        found: &StoredAppointment,
        mails: Vec<DueMail>,
        now: Timestamp,
        seconds: u32,
    ) -> Result<bool, PortError> {
        let id = &found.id;
        let facts = Facts { stage: Stage::Withdrawn, updated_at: now, ..found.facts.clone() };
        let event = Event::AppointmentWithdrawn(AppointmentMoved { appointment_id: id.to_string() });
        let events = vec![message(id.as_str(), event, facts.partner.as_deref(), self.clock)];
        let follows = Consequences { mails, events, ..Consequences::none(seconds) };
        self.change.change_appointment(found, &facts, None, &follows).await
    }

    async fn found(
        &self,
        id: &AppointmentId,
        now: u32,
    ) -> Result<(StoredAppointment, Letter, Person), OwnError> {
        let found = self.find.find_appointment(id, now).await?.ok_or(OwnError::Gone)?;
        let (letter, person) = opened(self.people, &found).await?.ok_or(OwnError::Gone)?;
        Ok((found, letter, person))
    }
}

fn fixed(id: &AppointmentId, side: Side, letter: &Letter, slot: Slot, own: Option<LinkId>) -> DueMail {
    let Applicant { first_name, last_name, email, phone } = letter.applicant.clone();
    let (to, other) = match side {
        Side::Applicant => (email, letter.address.clone()),
        Side::Centre => (letter.address.clone(), email),
    };
    let mail = AppointmentFixed {
        appointment_id: id.clone(),
        side,
        first_name,
        last_name,
        email: Some(other.as_str().to_owned()),
        phone: Some(phone).filter(|_| side == Side::Centre),
        centre: letter.centre.clone(),
        training: letter.training.clone(),
        place: letter.place(),
        slot,
        own,
    };
    DueMail::new(&side.cause(id), to, Mail::AppointmentFixed(mail))
}

fn withdrawn(id: &AppointmentId, side: Side, letter: &Letter, slot: Option<Slot>) -> DueMail {
    let Applicant { first_name, last_name, email, .. } = letter.applicant.clone();
    let to = match side {
        Side::Applicant => email,
        Side::Centre => letter.address.clone(),
    };
    let mail = AppointmentWithdrawn {
        appointment_id: id.clone(),
        side,
        first_name,
        last_name,
        centre: letter.centre.clone(),
        training: letter.training.clone(),
        place: letter.place(),
        slot,
    };
    DueMail::new(&side.cause(id), to, Mail::AppointmentWithdrawn(mail))
}
