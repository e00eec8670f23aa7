//! What the text of a document does: fields, objects and pictures that come from elsewhere (ECMA-376 part 1, 17.16).

use crate::{Refusal, link};

use super::xml::{self, Element, Met};

/// Instructions that start a program or read a file. Word runs some of them when the document is opened.
const REFUSED: [(&str, Refusal); 11] = [
    ("DDE", Refusal::Script),
    ("DDEAUTO", Refusal::Script),
    ("MACROBUTTON", Refusal::Macros),
    ("INCLUDETEXT", Refusal::ExternalReference),
    ("INCLUDEPICTURE", Refusal::ExternalReference),
    ("INCLUDE", Refusal::ExternalReference),
    ("IMPORT", Refusal::ExternalReference),
    ("LINK", Refusal::ExternalReference),
    ("RD", Refusal::ExternalReference),
    ("DATABASE", Refusal::ExternalReference),
    ("EMBED", Refusal::EmbeddedFile),
];

/// Whether a part of text shows and does no more.
pub(crate) fn check(text: &str) -> Result<(), Refusal> {
    let mut is_instruction = false;
    let mut instruction = String::new();
    xml::read(text, |met| {
        match met {
            Met::Element(element) => {
                check_element(element)?;
                match element.name() {
                    "instrText" | "delInstrText" => is_instruction = true,
                    "fldSimple" => check_instruction(&element.attribute("instr")?.unwrap_or_default())?,
                    // A field begins, has been told, or ends. Its instruction may be in many pieces until then.
                    "fldChar" => check_instruction(&std::mem::take(&mut instruction))?,
                    _ => {}
                }
            }
            Met::Text(text) if is_instruction => instruction.push_str(text),
            Met::End("instrText" | "delInstrText") => is_instruction = false,
            Met::Text(_) | Met::End(_) => {}
        }
        Ok(())
    })?;
    check_instruction(&instruction)
}

fn check_element(element: &Element<'_>) -> Result<(), Refusal> {
    match element.name() {
        "OLEObject" | "control" | "altChunk" | "subDoc" | "objectEmbed" | "objectLink" => {
            Err(Refusal::EmbeddedFile)
        }
        "attachedTemplate" => Err(Refusal::ExternalReference),
        // Of an SVG picture.
        "script" | "foreignObject" => Err(Refusal::Script),
        // VML names pictures by their place as well.
        "imagedata" | "fill" | "stroke"
            if element.attribute("src")?.is_some_and(|place| leads_out(&place)) =>
        {
            Err(Refusal::ExternalReference)
        }
        _ => Ok(()),
    }
}

fn leads_out(place: &str) -> bool {
    place.contains([':', '\\']) || place.starts_with("//")
}

/// By the first word of the instruction: the others are what the field is about.
fn check_instruction(instruction: &str) -> Result<(), Refusal> {
    let mut words = instruction.trim_start().splitn(2, |c: char| c.is_whitespace() || c == '"');
    let first = words.next().unwrap_or_default();
    if let Some((_, refusal)) = REFUSED.iter().find(|(name, _)| first.eq_ignore_ascii_case(name)) {
        return Err(*refusal);
    }
    if first.eq_ignore_ascii_case("HYPERLINK") {
        let rest = words.next().unwrap_or_default().trim_start_matches(['"', ' ']);
        let target = rest.split(['"']).next().unwrap_or_default();
        // A switch: the link leads to a place in this document.
        if !target.starts_with("\\l") && !link::is_plain(target) {
            return Err(Refusal::ExternalReference);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_honest_documents_are_let_pass() {
        for instruction in [
            " PAGE ",
            "TOC \\o \"1-3\" \\h",
            "HYPERLINK \"https://exemple.invalid/\"",
            " HYPERLINK \\l \"_Toc1\" ",
            "DATE \\@ \"d MMMM yyyy\"",
            "",
        ] {
            assert_eq!(check_instruction(instruction), Ok(()), "{instruction}");
        }
    }

    #[test]
    fn an_instruction_in_pieces_is_read_as_a_whole() {
        let piece = |text| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
        let mark = |kind| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let text = format!(
            "<w:p>{}{}{}{}</w:p>",
            mark("begin"),
            piece(" D"),
            piece("&#68;EAUTO c:\\x"),
            mark("separate")
        );
        assert_eq!(check(&text), Err(Refusal::Script));
    }

    #[test]
    fn a_link_in_a_field_must_be_plain() {
        assert_eq!(check_instruction("HYPERLINK \"file:///c:/x.exe\""), Err(Refusal::ExternalReference));
        assert_eq!(check_instruction("HYPERLINK \"\\\\serveur\\x\""), Err(Refusal::ExternalReference));
    }
}
