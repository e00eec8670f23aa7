//! What is inspected of a PDF: every object that any reader may come to, and nothing that only shows.
//!
//! The file is read twice, as two readers would. By its table (`xref`), which says where the objects of the newest
//! revision are; and from its first byte to its last (`sweep`), which sees also what no table names. Each place of the
//! table must be one that the sweep has come to: so nothing hides within a stream, between two objects, or after the
//! end. Both are linear, and no tree is built: values are walked as they are read.
//!
//! A library would read what its own idea of the table says, and most inflate what they find as far as it goes.

mod dict;
mod document;
mod filters;
mod hidden;
mod lexer;
mod packed;
mod pages;
mod predictor;
mod rules;
mod sweep;
mod table;
mod text;
mod walk;
mod xref;
mod xref_stream;

use crate::Refusal;
use crate::inflate::Room;

/// Bytes that all streams together may inflate to. Pages as pictures of 300 dpi are 26 MB each.
const MAX_INFLATED: usize = 100_000_000;
/// Bytes of tables and packed objects, which are kept while the file is inspected.
const MAX_KEPT: usize = 12_000_000;
/// Objects of a file: a CV of fifty pages with tagged text has some thousands.
const MAX_OBJECTS: usize = 100_000;

/// Whether it is a whole PDF that does nothing but show itself.
pub(crate) fn inspect(bytes: &[u8]) -> Result<(), Refusal> {
    let mut kept = Room::of(MAX_KEPT);
    let document = document::Document::open(bytes, &mut kept)?;
    let mut rules = rules::Rules::default();
    sweep::sweep(&document, &mut rules, &mut kept)?;
    rules.judge(&document)?;
    pages::count(&document)
}
