//! Mails as they are written and handed over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod applications;
mod appointments;
mod attached;
mod establishments;
mod files;
mod golden;
mod hostile;
mod invented;
mod invitations;
mod ses;
mod smtp;
