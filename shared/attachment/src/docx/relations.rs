//! What parts refer to (ECMA-376 part 2, 6.5).

use crate::{Refusal, link};

use super::xml::{self, Met};

/// The relations of the archive as a whole, which say what its document is.
pub(crate) const OF_PACKAGE: &str = "_rels/.rels";

/// The last word of types that are refused even if what they lead to is within the archive.
fn refused_type(name: &str) -> Option<Refusal> {
    Some(match name.to_ascii_lowercase().as_str() {
        "vbaproject" | "wordvbadata" => Refusal::Macros,
        "oleobject" | "package" | "control" | "activexcontrolbinary" | "afchunk" | "subdocument" => {
            Refusal::EmbeddedFile
        }
        "attachedtemplate"
        | "frame"
        | "externallink"
        | "externallinkpath"
        | "mailmergesource"
        | "mailmergeheadersource" => Refusal::ExternalReference,
        _ => return None,
    })
}

/// Whether a part holds relations.
pub(crate) fn is_named(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".rels")
}

/// Whether all that is referred to is within the archive or a plain link; and which part is the document, if this says.
pub(crate) fn check(text: &str) -> Result<Option<String>, Refusal> {
    let mut main = None;
    xml::read(text, |met| {
        let Met::Element(element) = met else { return Ok(()) };
        if element.name() != "Relationship" {
            return Ok(());
        }
        let kind = element.attribute("Type")?.ok_or(Refusal::Damaged)?;
        let kind = kind.rsplit('/').next().unwrap_or_default();
        let target = element.attribute("Target")?.ok_or(Refusal::Damaged)?;
        if let Some(refusal) = refused_type(kind) {
            return Err(refusal);
        }
        // Whatever is not said to be inside is outside: readers do not agree on other spellings.
        let is_inside = element.attribute("TargetMode")?.is_none_or(|mode| mode == "Internal");
        let is_allowed = if is_inside {
            !target.contains([':', '\\']) && !target.starts_with("//")
        } else {
            kind == "hyperlink" && link::is_plain(&target)
        };
        if !is_allowed {
            return Err(Refusal::ExternalReference);
        }
        if is_inside && kind == "officeDocument" {
            let before = main.replace(target.trim_start_matches('/').to_owned());
            if before.is_some() {
                return Err(Refusal::Damaged);
            }
        }
        Ok(())
    })?;
    Ok(main)
}
