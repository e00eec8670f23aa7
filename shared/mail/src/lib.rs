//! Mails as messages: what each says (`templates/`), how it goes over the wire, and who takes it: a folder, an SMTP
//! server or SES.
//!
//! Names that people typed are made harmless before they meet a template, and none of them meets a header.

mod address;
mod compose;
mod file;
mod links;
mod render;
mod ses;
mod smtp;
mod words;

pub use address::Sender;
pub use compose::Composer;
pub use file::FileTransport;
pub use links::Links;
pub use render::{Rendered, render};
pub use ses::SesTransport;
pub use smtp::{SmtpTransport, SmtpUrlError};
