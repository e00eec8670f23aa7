//! A training centre answers a request: in words, or by slots of which one is to be picked.

use std::fmt;

use domain::application::Applicant;
use domain::appointment::slot::{SlotError, TypedSlot, read_slots};
use domain::appointment::{AppointmentId, Facts, Intention, Letter, Slot, Stage};
use domain::event::{AppointmentAnswered, Event};
use domain::link::{LinkAction, LinkId, LinkKey};
use domain::mail::{AppointmentReplied, DueMail, Mail};
use jiff::Timestamp;

use super::recall::Recalled;
use super::{KnownAppointment, opened, sealed, user_id};
use crate::once::message;
use crate::ports::{ChangeAppointment, Clock, Consequences, Entropy, FindAppointment, FindPerson, PortError};

/// What a centre says.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it makes of the request.
    pub intention: Intention,
    /// What it writes.
    pub message: Option<String>,
    /// What it proposes, as it was typed.
    pub slots: Vec<TypedSlot>,
    /// When it says that it answers; none where it says nothing of that.
    pub answered_at: Option<Timestamp>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("intention", &self.intention).finish_non_exhaustive()
    }
}

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// There is no such request any more, or whoever made it was forgotten.
    #[error("there is no such appointment")]
    Gone,
    /// It was answered before: the first answer stands.
    #[error("the request was answered already")]
    Answered,
    /// Who asked took it back, or its mail came back.
    #[error("the request is over")]
    Over,
    /// The answer says nothing.
    #[error("the answer says nothing")]
    Empty,
    /// Slots that cannot be proposed, by their place in the form.
    #[error("slots cannot be proposed")]
    Slots(Vec<(usize, SlotError)>),
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Answers requests.
#[derive(Clone, Copy)]
pub struct AnswerAppointment<'a> {
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

impl AnswerAppointment<'_> {
    /// Answers one, and makes the mail to who asked due where the answer is for them. The same answer again is none more.
    pub async fn run(&self, id: &AppointmentId, reply: &Reply) -> Result<Recalled, ReplyError> {
        let (now, seconds) = (self.clock.now(), self.clock.seconds());
        loop {
            let found = self.find.find_appointment(id, seconds).await?.ok_or(ReplyError::Gone)?;
            let (letter, person) = opened(self.people, &found).await?.ok_or(ReplyError::Gone)?;
            let known =
                KnownAppointment { id: id.clone(), facts: found.facts.clone(), letter: letter.clone() };
            if is_the_same(&known, reply) {
                return Ok(Recalled { known, user: user_id(&person.hash) });
            }
            if !found.facts.may_be_answered(now) {
                let is_over = matches!(found.facts.stage, Stage::Withdrawn | Stage::Undelivered);
                return Err(if is_over { ReplyError::Over } else { ReplyError::Answered });
            }
            let slots = read_slots(&reply.slots, now).map_err(ReplyError::Slots)?;
            let is_for_them = reply.intention == Intention::PersonalisedAnswer;
            if is_for_them && slots.is_empty() && reply.message.is_none() {
                return Err(ReplyError::Empty);
            }
            let is_again = found.facts.stage == Stage::Proposed;
            let facts = Facts {
                again: found.facts.again + u8::from(is_again),
                stage: if slots.is_empty() { Stage::Answered } else { Stage::Proposed },
                updated_at: now,
                intention: Some(reply.intention),
                answered_at: Some(reply.answered_at.unwrap_or(now)),
                slots: slots.clone(),
                ..found.facts.clone()
            };
            let letter = Letter { reply: reply.message.clone(), ..letter };
            // What was only noted may be followed by an answer, and slots that are over by others: other causes.
            let cause = match facts.again {
                0 => format!("{id} {}", reply.intention.as_str()),
                again => format!("{id} {} {again}", reply.intention.as_str()),
            };
            let event = Event::AppointmentAnswered(AppointmentAnswered {
                appointment_id: id.to_string(),
                intention: reply.intention,
                slots: u8::try_from(slots.len()).unwrap_or(u8::MAX),
            });
            // A note may be changed, and changed back.
            let told = format!("{cause} {}", now.as_millisecond());
            let events = vec![message(&told, event, facts.partner.as_deref(), self.clock)];
            let (mut mails, mut links) = (Vec::new(), Vec::new());
            if is_for_them {
                let own = LinkId::from_random(self.entropy.bytes());
                let action = LinkAction::OwnAppointment { appointment_id: id.clone() };
                links.push(self.links.stored(&own, action, seconds));
                mails.push(replied(&cause, &letter, slots, own).about(&person));
            }
            let letter_now = sealed(id, &letter, &person)?;
            let follows = Consequences { mails, events, links, ..Consequences::none(seconds) };
            if self.change.change_appointment(&found, &facts, Some(letter_now), &follows).await? {
                let known = KnownAppointment { id: id.clone(), facts, letter };
                return Ok(Recalled { known, user: user_id(&person.hash) });
            }
        }
    }
}

/// Whether this answer was given already: a client that lost ours sends it again. A form says no instant, and proposes slots:
/// whoever sends it twice is told that it was answered.
fn is_the_same(known: &KnownAppointment, reply: &Reply) -> bool {
    reply.answered_at.is_some()
        && known.facts.intention == Some(reply.intention)
        && known.facts.answered_at == reply.answered_at
        && known.letter.reply == reply.message
}

fn replied(cause: &str, letter: &Letter, slots: Vec<Slot>, own: LinkId) -> DueMail {
    let Applicant { first_name, last_name, email, .. } = letter.applicant.clone();
    let mail = AppointmentReplied {
        first_name,
        last_name,
        centre: letter.centre.clone(),
        training: letter.training.clone(),
        message: letter.reply.clone(),
        slots,
        email: Some(letter.address.as_str().to_owned()),
        own,
    };
    DueMail::new(cause, email, Mail::AppointmentReplied(mail))
}
