//! XML as parts are written in it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::Refusal;

/// Elements within elements. Tables within text boxes within tables of Word are some tens.
const MAX_DEPTH: usize = 256;

/// What is told of XML.
pub(crate) enum Met<'e> {
    Element(&'e Element<'e>),
    Text(&'e str),
    End(&'e str),
}

/// An element, by its local name: prefixes are the writer's choice.
pub(crate) struct Element<'e> {
    start: &'e BytesStart<'e>,
}

impl<'e> Element<'e> {
    pub(crate) fn name(&self) -> &'e str {
        self.start.local_name().into_inner()
    }

    /// What an attribute says, by its local name; one that is there twice, under whatever prefixes, is refused. They are
    /// read only of elements that matter, and not compared with each other, which the library does each with each.
    pub(crate) fn attribute(&self, name: &str) -> Result<Option<Cow<'e, str>>, Refusal> {
        let mut found = None;
        for attribute in self.start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refusal::Damaged)?;
            if attribute.key.local_name().as_ref() == name {
                let value =
                    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refusal::Doctype)?;
                if found.replace(value).is_some() {
                    return Err(Refusal::Damaged);
                }
            }
        }
        Ok(found)
    }
}

/// The characters of a part. It is UTF-8, or UTF-16 as some of the parts that Word keeps for other programs: in any other
/// encoding we would see other text than the reader does.
pub(crate) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
        if rest.is_empty() {
            text.map(Cow::Owned).map_err(|_| Refusal::Damaged)
        } else {
            Err(Refusal::Damaged)
        }
    };
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| Refusal::Damaged)
        }
    }?;
    // UTF-16 without its mark is UTF-8 as well, with a zero at every other place; XML has none.
    if text.contains('\0') { Err(Refusal::Damaged) } else { Ok(text) }
}

/// Reads a part from end to end. Definitions of types and entities are refused; so is what is not well-formed.
pub(crate) fn read(text: &str, mut meet: impl FnMut(Met<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    let mut has_root = false;
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Refusal::TooDeep);
                }
                has_root = true;
                meet(Met::Element(&Element { start: &start }))?;
            }
            Event::Empty(start) => {
                has_root = true;
                let element = Element { start: &start };
                meet(Met::Element(&element))?;
                meet(Met::End(element.name()))?;
            }
            Event::End(end) => {
                depth = depth.checked_sub(1).ok_or(Refusal::Damaged)?;
                meet(Met::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => meet(Met::Text(&text.xml10_content()))?,
            Event::CData(text) => meet(Met::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    Ok(None) => predefined(&reference.xml10_content()).ok_or(Refusal::Doctype)?.to_owned(),
                    Err(_) => return Err(Refusal::Damaged),
                };
                meet(Met::Text(&character))?;
            }
            Event::DocType(_) => return Err(Refusal::Doctype),
            Event::Decl(declaration) => {
                if let Some(encoding) = declaration.encoding() {
                    check_encoding(&encoding.map_err(|_| Refusal::Damaged)?)?;
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if depth == 0 && has_root => return Ok(()),
            Event::Eof => return Err(Refusal::Damaged),
        }
    }
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

fn check_encoding(name: &str) -> Result<(), Refusal> {
    let known = ["utf-8", "utf8", "utf-16", "us-ascii", "ascii"];
    if known.iter().any(|known| name.eq_ignore_ascii_case(known)) { Ok(()) } else { Err(Refusal::Damaged) }
}
