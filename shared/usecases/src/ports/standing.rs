//! What somebody wrote to somebody else, as it is stored: an application, or a request for an appointment.

use crate::ingest::ContentHash;

/// One of them, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<Id, Facts> {
    /// Its id.
    pub id: Id,
    /// What names nobody.
    pub facts: Facts,
    /// What the store must still hold when it is changed.
    pub hash: ContentHash,
    /// Who wrote it: the hash of the address, and what was written as it is sealed; none once the person is forgotten.
    pub personal: Option<(String, Vec<u8>)>,
}
