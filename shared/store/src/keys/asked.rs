//! The keys of appointments.

use domain::appointment::Referrer;
use sha2::{Digest, Sha256};

use super::{Key, person_collection};

/// Where the sort keys of a person's appointments begin.
pub(crate) const APPOINTMENT_PREFIX: &str = "appointment#";

/// An appointment.
pub(crate) fn appointment(id: &str) -> Key {
    Key::new(format!("appointment#{id}"), "appointment")
}

/// That an appointment is a person's.
pub(crate) fn appointment_of(hash: &str, id: &str) -> Key {
    Key::new(person_collection(hash), format!("{APPOINTMENT_PREFIX}{id}"))
}

/// The appointments that were asked for through a site, by their last change.
pub(crate) fn appointments_of(referrer: Referrer) -> String {
    format!("appointments-of#{referrer}")
}

/// One of those.
pub(crate) fn listed_appointment(referrer: Referrer, updated: &str, id: &str) -> Key {
    Key::new(appointments_of(referrer), format!("{updated}#{id}"))
}

/// That a person asked about a training a short while ago.
pub(crate) fn asked(hash: &str, training: &str) -> Key {
    let training = hex::encode(Sha256::digest(training));
    Key::new(format!("asked#{hash}#{training}"), "asked")
}
