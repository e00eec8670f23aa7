//! Why there is no verdict.

use std::io;

/// The file was not scanned, or not surely. It says nothing of the file: whoever asks waits and asks again.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The file is larger than the scanner is given. It must have been refused before.
    #[error("the file is larger than what is scanned")]
    TooLarge,
    /// There is no place for what the scanner writes.
    #[error("could not make a private folder")]
    Scratch(#[source] io::Error),
    /// The scanner is not there, or could not be started.
    #[error("could not start the scanner")]
    Start(#[source] io::Error),
    /// Its answer could not be read, or its end not seen.
    #[error("could not follow the scanner")]
    Follow(#[source] io::Error),
    /// It took longer than its limit, and was killed.
    #[error("the scanner took too long")]
    TimedOut,
    /// It said more than an answer is, and was killed.
    #[error("the scanner said too much")]
    TooMuchOutput,
    /// It ended with another code than those of a verdict, or by a signal (none).
    #[error("the scanner failed with code {0:?}")]
    Failed(Option<i32>),
    /// It ended with the code of a verdict, and does not say so, or has not read the whole file.
    #[error("the scanner gave no verdict")]
    NoVerdict,
}
