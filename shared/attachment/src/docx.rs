//! What is inspected of a .docx: the archive, byte by byte; each part, by its name and content; and in the parts that
//! are XML, what they refer to.
//!
//! The archive is read here and not by a library, because libraries read it as they think best: some from the list at
//! its end, some from the entries, some whatever stands between. All of these must be the same document.

mod content_types;
mod fields;
mod part;
mod relations;
mod structure;
mod unpack;
mod xml;

use crate::Refusal;

use content_types::ContentTypes;
use part::Part;
use unpack::{Rooms, Unpacked};

/// Bytes that all parts together may inflate to.
const MAX_INFLATED: usize = 50_000_000;

/// Whether it is a whole Word document that does nothing but show itself.
pub(crate) fn inspect(bytes: &[u8]) -> Result<(), Refusal> {
    let entries = structure::entries(bytes)?;
    part::check_names(&entries)?;
    let declared = entries.iter().try_fold(0_usize, |sum, entry| sum.checked_add(entry.inflated));
    if declared.is_none_or(|sum| sum > MAX_INFLATED) {
        return Err(Refusal::TooLargeInflated);
    }
    let mut rooms = Rooms::of(MAX_INFLATED);
    let (mut types, mut main) = (None, None);
    for entry in &entries {
        let part = Part::of(&entry.name)?;
        match unpack::unpack(entry, part, &mut rooms)? {
            Unpacked::Other => {}
            Unpacked::Xml(content) => {
                let text = xml::text(&content)?;
                match entry.name.as_str() {
                    content_types::NAME => types = Some(ContentTypes::read(&text)?),
                    relations::OF_PACKAGE => main = relations::check(&text)?,
                    name if relations::is_named(name) => {
                        relations::check(&text)?;
                    }
                    _ => fields::check(&text)?,
                }
            }
        }
    }
    let (types, main) = (types.ok_or(Refusal::MissingPart)?, main.ok_or(Refusal::MissingPart)?);
    if !entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(&main)) {
        return Err(Refusal::MissingPart);
    }
    types.check_main(&main)
}
