//! The keys of applications and of the people who made them.

use super::Key;

/// Where the sort keys of a person's applications begin.
pub(crate) const APPLICATION_PREFIX: &str = "application#";
/// Where the keys of CVs that are to be looked at begin.
pub(crate) const SCAN_PREFIX: &str = "scan#";
/// Whatever is known of a person.
pub(crate) fn person_collection(hash: &str) -> String {
    format!("person#{hash}")
}

/// The key of a person.
pub(crate) fn person(hash: &str) -> Key {
    Key::new(person_collection(hash), "key")
}

/// That an application is a person's.
pub(crate) fn application_of(hash: &str, id: &str) -> Key {
    Key::new(person_collection(hash), format!("{APPLICATION_PREFIX}{id}"))
}

/// An application.
pub(crate) fn application(id: &str) -> Key {
    Key::new(format!("application#{id}"), "application")
}

/// The applications of a partner, by their last change.
pub(crate) fn applications_of(partner: &str) -> String {
    format!("applications-of#{partner}")
}

/// One of those.
pub(crate) fn listed_application(partner: &str, updated: &str, id: &str) -> Key {
    Key::new(applications_of(partner), format!("{updated}#{id}"))
}

/// That a CV is to be looked at.
pub(crate) fn scan(id: &str) -> Key {
    Key::new(format!("{SCAN_PREFIX}{id}"), "scan")
}

/// A count of applications.
pub(crate) fn count(of: &str) -> Key {
    Key::new(format!("count#{of}"), "count")
}
