//! RDV Apprentissage: which trainings one may ask for an appointment about, and to whom requests go; what is due to their
//! establishments, and what these say (contract 1.12, 2.5, 3.3).

mod calendar;
mod contact;
mod follow;
mod listed;
mod open;

pub use calendar::{CalendarRun, RunRdvCalendar};
pub use contact::{Contact, ContactError, SetContact};
pub use follow::FollowConsent;
pub use listed::{OpenIds, OpenToParcoursup};
pub use open::{FindOpen, Named, NotOpen, Opening};

#[cfg(test)]
mod tests;
