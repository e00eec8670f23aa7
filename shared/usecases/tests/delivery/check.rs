//! What must hold. I6 (caps), I7 (what is erased stays so) and I8 (each caller sees its own) are not of delivery.

use std::fmt;

use domain::mail::MailId;
use usecases::ports::MailState;

use crate::world::{START, World};

/// How long after a write the same body is another request at the earliest, in seconds: ten minutes less what the write
/// may have taken, and clocks differ.
const SAME_BODY: u32 = 540;

/// The number of an invariant, and what broke it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) invariant: u8,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "I{}: {}", self.invariant, self.what)
    }
}

impl Violation {
    fn new(invariant: u8, what: String) -> Self {
        Self { invariant, what }
    }

    pub(crate) fn i1(what: String) -> Self {
        Self::new(1, what)
    }

    pub(crate) fn i2(what: String) -> Self {
        Self::new(2, what)
    }

    pub(crate) fn i3(id: &MailId) -> Self {
        Self::new(3, format!("mail {id} was accepted without a cause that was committed"))
    }

    pub(crate) fn i4(id: &MailId, what: &str) -> Self {
        Self::new(4, format!("mail {id} {what}"))
    }

    pub(crate) fn i5(id: &MailId) -> Self {
        Self::new(5, format!("mail {id} was taken after its address was suppressed"))
    }
}

/// The first thing that is wrong once all is quiet: I3 and I5, and most of I4, are looked at when they may be broken.
pub(crate) fn check(world: &World) -> Option<Violation> {
    acknowledged(world).or_else(|| once(world)).or_else(|| done(world)).or_else(|| sent(world))
}

/// I1: what was acknowledged is there, with all that follows from it, and of that request.
fn acknowledged(world: &World) -> Option<Violation> {
    let entities = &world.store.entities;
    world.clients.heard.iter().find_map(|heard| {
        let what = match entities.iter().find(|entity| entity.cause == heard.cause) {
            None => "is not there",
            Some(entity) if entity.request != heard.request => "was created by another request",
            Some(entity) if !world.store.mails.contains_key(&entity.mail) => "makes no mail due",
            Some(entity) if world.store.events().all(|event| event != entity.event) => "owes no event",
            Some(_) => return None,
        };
        Some(Violation::i1(format!("{} was acknowledged and {what}", heard.cause)))
    })
}

/// I1: a request has one effect at most, whatever its clients heard.
fn once(world: &World) -> Option<Violation> {
    let entities = &world.store.entities;
    entities.iter().enumerate().find_map(|(at, entity)| {
        let keyed = world.clients.requests[entity.request].key.is_some();
        let again = entities[at + 1..]
            .iter()
            .find(|other| other.key == entity.key && (keyed || other.at < entity.at + SAME_BODY))?;
        let (first, second) = (entity.at - START, again.at - START);
        Some(Violation::i1(format!("one request has an effect after {first} s and after {second} s")))
    })
}

/// I2: nothing is left to do.
fn done(world: &World) -> Option<Violation> {
    let waiting = world.store.mails.iter().find(|(_, mail)| !mail.entry.state.is_final());
    if let Some((id, mail)) = waiting {
        return Some(Violation::i2(format!("mail {id} ends as {:?}", mail.entry.state)));
    }
    let unpublished = world.store.events().find(|event| !world.topic.contains_key(*event))?;
    Some(Violation::i2(format!("event {unpublished} was never published")))
}

/// I4: what the ledger calls sent was accepted.
fn sent(world: &World) -> Option<Violation> {
    let mut sent = world.store.mails.iter().filter(|(_, mail)| mail.entry.state == MailState::Sent);
    let (id, _) = sent.find(|(id, _)| world.provider.accepted(id).next().is_none())?;
    Some(Violation::i4(id, "is sent, says the ledger alone"))
}
