//! Which events a webhook is told.

use crate::event::Event;

/// The types that a partner may follow: those that happen through one.
pub const FOLLOWED: [&str; 13] = [
    "offer.published",
    "offer.closed",
    "application.submitted",
    "application.delivered",
    "application.bounced",
    "application.refused",
    "application.answered",
    "appointment.requested",
    "appointment.answered",
    "appointment.picked",
    "appointment.withdrawn",
    "appointment.undelivered",
    "webhook.disabled",
];

/// The types that a webhook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Every one, and those to come.
    All,
    /// These, in the order of [`FOLLOWED`], each once.
    Only(Vec<&'static str>),
}

/// A type that nobody may follow, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of types of events")]
pub struct UnknownKind;

impl Wanted {
    /// These types, in any order.
    pub fn only<T: AsRef<str>>(kinds: impl IntoIterator<Item = T>) -> Result<Self, UnknownKind> {
        let mut named = [false; FOLLOWED.len()];
        for kind in kinds {
            let at = FOLLOWED.iter().position(|known| *known == kind.as_ref()).ok_or(UnknownKind)?;
            *named.get_mut(at).ok_or(UnknownKind)? = true;
        }
        let kinds: Vec<_> =
            FOLLOWED.into_iter().zip(named).filter_map(|(kind, is)| is.then_some(kind)).collect();
        if kinds.is_empty() { Err(UnknownKind) } else { Ok(Self::Only(kinds)) }
    }

    /// Whether events of this type are among them.
    pub fn includes(&self, kind: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(kinds) => kinds.contains(&kind),
        }
    }
}

/// Every type is followed that a partner is told of: this breaks the build where one is forgotten.
const _: () = assert!(FOLLOWED.len() + 1 == Event::KINDS.len());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_is_wanted_and_each_type_is_named_once() {
        let wanted = Wanted::only(["offer.closed", "offer.published", "offer.closed"]).unwrap();
        assert_eq!(wanted, Wanted::Only(vec!["offer.published", "offer.closed"]));
        assert!(wanted.includes("offer.closed") && !wanted.includes("application.answered"));
        assert!(Wanted::All.includes("a.type.to.come"));
    }

    #[test]
    fn no_type_and_an_unknown_one_are_refused() {
        assert_eq!(Wanted::only::<&str>([]), Err(UnknownKind));
        assert_eq!(Wanted::only(["mail.bounced"]), Err(UnknownKind));
        assert_eq!(Wanted::only(["offer.closed", ""]), Err(UnknownKind));
    }

    #[test]
    fn every_type_but_that_of_mails_which_no_partner_sends_can_be_followed() {
        let followed: Vec<_> = Event::KINDS.into_iter().filter(|kind| FOLLOWED.contains(kind)).collect();
        assert_eq!(followed, FOLLOWED);
        assert!(!FOLLOWED.contains(&"mail.bounced"));
    }
}
