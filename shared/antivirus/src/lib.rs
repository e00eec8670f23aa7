//! Asks `ClamAV` about a file, as a process of its own: it reads hostile bytes, in C, and may be killed. And keeps its
//! signatures fresh, by its own program for that.
//!
//! Invariants:
//! - [`Verdict::Clean`] is said only if the scanner ended well, read the whole file and says itself that it is clean.
//!   Whatever else happens is a [`ScanError`], and the file waits: a scanner that is down lets nothing through.
//! - The file is on no disk, but for what the scanner writes into a folder that only we may read, which is removed
//!   whatever happens; the scanner sees none of our environment.
//! - A scan ends within its limits of time; nothing of the file or of its name is in an error.

mod clamav;
mod error;
mod limits;
mod message;
mod process;
mod scratch;
mod signatures;

pub use clamav::{ClamAv, Verdict};
pub use error::ScanError;
pub use limits::Limits;
pub use message::FileToScan;
pub use signatures::{RefreshError, Signatures};
