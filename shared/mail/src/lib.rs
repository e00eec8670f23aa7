//! Mails as messages: what each says (`templates/`), how it goes over the wire, and who takes it: a folder, an SMTP
//! server or SES.
//!
//! What people typed is made harmless before it meets a template. No more of it meets a header than the contract puts
//! in subjects and the name of the file that goes with an application, and those are made for it (`words/header.rs`).

mod address;
mod attachment;
mod compose;
mod file;
mod invitation;
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
