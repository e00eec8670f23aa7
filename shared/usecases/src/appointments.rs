//! RDV Apprentissage (contract 1.12, 3.3).

mod calendar;
mod follow;

pub use calendar::{CalendarRun, RunRdvCalendar};
pub use follow::FollowConsent;

#[cfg(test)]
mod tests;
