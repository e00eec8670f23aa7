//! Why an import stopped.

use crate::ports::{OpenError, PortError, WriteError};

/// An import broke. Whatever was written by then is consistent; the same file, imported again, ends the work.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is of another kind of feed than this import reads.
    #[error("the file is of another kind of feed")]
    WrongKind,
    /// The file is not there.
    #[error("the file is not there")]
    Missing,
    /// The file was replaced between the two readings; the import of the new one will follow.
    #[error("the file was replaced while it was read")]
    Replaced,
    /// Another import of the feed is running.
    #[error("another import of this feed is running: this one will be tried again")]
    Busy,
    /// This import stalled for so long that another one may have begun.
    #[error("the import stalled and lost its lease")]
    LeaseLost,
    /// A row is not what it was when this import began.
    #[error("another import of this feed changed a row")]
    Overtaken,
    /// A report or a list could not be written as JSON.
    #[error("could not write JSON")]
    Serialise(#[source] serde_json::Error),
    /// An adapter failed.
    #[error(transparent)]
    Failed(PortError),
}

/// An import does not go on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The file is refused as a whole, for this reason.
    Refused(String),
    /// Something broke.
    Error(ImportError),
}

impl From<ImportError> for Stop {
    fn from(error: ImportError) -> Self {
        Self::Error(error)
    }
}

impl From<OpenError> for ImportError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Missing => Self::Missing,
            OpenError::Replaced => Self::Replaced,
            OpenError::Failed(error) => Self::Failed(error),
        }
    }
}

impl From<WriteError> for ImportError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Overtaken => Self::Overtaken,
            WriteError::Failed(error) => Self::Failed(error),
        }
    }
}
