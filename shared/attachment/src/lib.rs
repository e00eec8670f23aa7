//! The gate that every CV passes before an antivirus or a mail sees it: what its name says, what its sender declares
//! and what its bytes are must agree, and its structure must be that of a document that only shows.
//!
//! It is an allow-list. A file that readers may understand in two ways is refused, since the reader that we imitate is
//! not the one the recruiter has: no byte of a .docx lies outside its entries, no byte of a .pdf outside its objects.
//! It is no antivirus: fonts and pictures are not looked into, beyond what they are and how large they get.
//!
//! It is pure: no I/O, no clock, no async runtime.
//!
//! Invariants:
//! - Whatever the bytes, the answer is `Ok` or a [`Refusal`]: nothing panics, and no nesting is followed by recursion.
//! - What is inflated is counted while it is, never believed; time is linear in the file and in what is counted.
//! - No refusal holds anything of the file or of a person.

mod data_url;
mod docx;
mod inflate;
mod kind;
mod link;
mod magic;
mod name;
mod pdf;
mod refusal;

pub use data_url::{DataUrl, DataUrlError, MAX_CHARS};
pub use kind::Kind;
pub use magic::check_type;
pub use name::AttachmentName;
pub use refusal::Refusal;

/// The largest file, in bytes: what the longest data URL of the public contract can hold.
pub const MAX_BYTES: usize = MAX_CHARS / 4 * 3;

/// Whether the file is a whole document of that kind which does nothing but show itself.
pub fn inspect(kind: Kind, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    magic::check_single(kind, bytes)?;
    match kind {
        Kind::Pdf => pdf::inspect(bytes),
        Kind::Docx => docx::inspect(bytes),
    }
}
