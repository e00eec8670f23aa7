//! What the pages behind the links of an appointment show and do. Nothing of who asked is on them: the mail said it.

use domain::appointment::{AppointmentId, Facts, Intention, SlotError};
use domain::mail::Side;
use jiff::Timestamp;

use super::answer::{AnswerAppointment, Reply, ReplyError};
use super::own::{OwnAppointment, OwnError};
use crate::links::Said;
use crate::ports::{Clock, FindAppointment, PortError};

/// An appointment as whoever holds a link of it sees it.
#[derive(Debug, Clone)]
pub struct AppointmentPage {
    /// Whose link it is.
    pub side: Side,
    /// Where it stands; none where there is no such appointment any more, or whoever asked was forgotten.
    pub facts: Option<Facts>,
    /// The present: what is over cannot be picked.
    pub now: Timestamp,
    /// What was tried.
    pub tried: Tried,
}

/// What became of what was tried on a page.
#[derive(Debug, Clone)]
pub enum Tried {
    /// Nothing was: it is only shown.
    Nothing,
    /// It was done.
    Done,
    /// Something is wrong with what was typed, which is shown again.
    Mistaken(Box<Said>, Mistake),
    /// It could not be done any more.
    Refused,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// An answer that says nothing and proposes nothing.
    Empty,
    /// Slots that cannot be proposed, by their place.
    Slots(Vec<(usize, SlotError)>),
    /// No slot is chosen, or none of those that are proposed.
    NoSlot,
    /// The chosen slot is over.
    PastSlot,
}

/// Shows appointments.
#[derive(Clone, Copy)]
pub struct ShowAppointment<'a> {
    /// Finds appointments.
    pub find: &'a dyn FindAppointment,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl ShowAppointment<'_> {
    /// One of them, after what was tried.
    pub async fn run(
        &self,
        side: Side,
        id: &AppointmentId,
        tried: Tried,
    ) -> Result<AppointmentPage, PortError> {
        let found = self.find.find_appointment(id, self.clock.seconds()).await?;
        let facts = found.filter(|found| found.personal.is_some()).map(|found| found.facts);
        Ok(AppointmentPage { side, facts, now: self.clock.now(), tried })
    }
}

/// What the links of an appointment do.
#[derive(Clone, Copy)]
pub struct AppointmentActs<'a> {
    /// The centre's.
    pub answer: AnswerAppointment<'a>,
    /// That of who asked.
    pub own: OwnAppointment<'a>,
}

impl AppointmentActs<'_> {
    /// Does what was typed, and tells what became of it.
    pub async fn run(
        &self,
        side: Side,
        id: &AppointmentId,
        said: Said,
    ) -> Result<AppointmentPage, PortError> {
        let tried = match side {
            Side::Centre => self.answer(id, said).await?,
            Side::Applicant => self.own(id, said).await?,
        };
        let show = ShowAppointment { find: self.own.find, clock: self.own.clock };
        show.run(side, id, tried).await
    }

    async fn answer(&self, id: &AppointmentId, said: Said) -> Result<Tried, PortError> {
        let reply = Reply {
            intention: Intention::PersonalisedAnswer,
            message: said.comment.clone(),
            slots: said.slots.clone(),
            answered_at: None,
        };
        match self.answer.run(id, &reply).await {
            Ok(_) => Ok(Tried::Done),
            Err(ReplyError::Gone | ReplyError::Answered | ReplyError::Over) => Ok(Tried::Refused),
            Err(ReplyError::Empty) => Ok(Tried::Mistaken(Box::new(said), Mistake::Empty)),
            Err(ReplyError::Slots(wrong)) => Ok(Tried::Mistaken(Box::new(said), Mistake::Slots(wrong))),
            Err(ReplyError::Failed(error)) => Err(error),
        }
    }

    async fn own(&self, id: &AppointmentId, said: Said) -> Result<Tried, PortError> {
        let done = if said.withdraw {
            self.own.withdraw(id).await
        } else {
            let picked = said.picked.as_deref().and_then(|seconds| seconds.parse().ok());
            match picked.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
                Some(starts_at) => self.own.pick(id, starts_at).await.map(drop),
                None => Err(OwnError::OtherSlot),
            }
        };
        match done {
            Ok(()) => Ok(Tried::Done),
            Err(OwnError::OtherSlot) => Ok(Tried::Mistaken(Box::new(said), Mistake::NoSlot)),
            Err(OwnError::Past) => Ok(Tried::Mistaken(Box::new(said), Mistake::PastSlot)),
            Err(OwnError::Gone | OwnError::NothingProposed | OwnError::Picked | OwnError::Over) => {
                Ok(Tried::Refused)
            }
            Err(OwnError::Failed(error)) => Err(error),
        }
    }
}
