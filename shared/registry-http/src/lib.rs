//! Services about companies that are asked over HTTP: the register of establishments, who funds whom, and whose an
//! address is.
//!
//! Each is a [`Desk`]: bounded in time and in bytes, asked once more at most, and left alone for a while when it fails
//! again and again. [`CachedRegister`] asks the register as seldom as it may, and does without it for a time.
//!
//! Invariants:
//! - No answer is believed that is not about what was asked.
//! - No address of a person is in a URL, an error or a log line.
//! - Whoever asks gets an answer or a failure within the limits, whatever the other side does.

mod breaker;
mod cached;
mod desk;
mod failure;
mod limits;
mod opco;
mod secret;
mod sirene;
mod validation;

pub use cached::CachedRegister;
pub use desk::{Desk, DeskError};
pub use limits::Limits;
pub use opco::OpcoDesk;
pub use sirene::SireneRegister;
pub use validation::AddressValidation;
