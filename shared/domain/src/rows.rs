//! Rows of the feeds: one line of JSON becomes one card, or a reason why not (contract part 4).
//!
//! What identifies, files or filters a card is checked by its type, and a row where it is wrong is refused.
//! What only describes it (a web site, a contact's address, the SIRET of a training centre) is left out where it
//! is wrong, since a card without it still serves. Fields that nobody here knows pass.

mod appointment;
mod cfa;
pub mod company;
pub(crate) mod fields;
pub mod formation;
pub mod offer;
pub(crate) mod text;

pub use self::appointment::RdvRow;
use crate::card::Card;

/// The longest line that is read, in bytes; also the longest card, in its stored form before compression.
pub const MAX_LINE_BYTES: usize = 256 * 1024;
/// A card is at most about three times as long as its line, so that shorter lines need no check.
const SAFE_LINE_BYTES: usize = 64 * 1024;

/// Why a row was set aside. The messages tell the field and the rule, never the value: they are counted, logged
/// and shown to whoever loaded the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RowError {
    /// The line, or the card it makes, is longer than [`MAX_LINE_BYTES`].
    #[error("the row is longer than 256 KiB")]
    TooLong,
    /// The line is no JSON object in UTF-8.
    #[error("the row is not a JSON object")]
    NotJson,
    /// A field without which there is no card.
    #[error("{field}: missing")]
    Missing {
        /// Its name in the feed.
        field: String,
    },
    /// A field that breaks its rule.
    #[error("{field}: {rule}")]
    Invalid {
        /// Its name in the feed.
        field: String,
        /// What it should be.
        rule: &'static str,
    },
    /// Neither the row nor its activity says for which trades the company hires.
    #[error("rome_codes: missing, and naf_code leads to no trade")]
    NoTrade,
    /// The catalogue withholds it.
    #[error("{field}: not published")]
    NotPublished {
        /// The flag that says so.
        field: &'static str,
    },
    /// A school that poses as an employer (contract 1.8).
    #[error("entreprise.nom: on the list of companies that are not shown")]
    Unwanted,
}

impl RowError {
    fn missing(field: &str) -> Self {
        Self::Missing { field: field.to_owned() }
    }

    fn invalid(field: &str, rule: &'static str) -> Self {
        Self::Invalid { field: field.to_owned(), rule }
    }
}

/// Refuses a card that no store would take. Cards repeat parts of their line (an address whole and in parts).
fn bounded(card: Card, line: &[u8]) -> Result<Card, RowError> {
    if line.len() <= SAFE_LINE_BYTES || card.to_json().is_ok_and(|json| json.len() <= MAX_LINE_BYTES) {
        Ok(card)
    } else {
        Err(RowError::TooLong)
    }
}
