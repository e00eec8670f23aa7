//! What no value of a document may hold (ISO 32000-1, 12.5 and 12.6).

use std::collections::HashSet;

use crate::{Refusal, link};

use super::dict::{Dict, Value};
use super::document::Document;
use super::lexer::Lexer;
use super::text;

/// Keys that are refused wherever they are. A key is always written out, never by reference.
fn refused_key(key: &[u8]) -> Option<Refusal> {
    Some(match key {
        b"JS" | b"JavaScript" | b"XFA" => Refusal::Script,
        b"AA" | b"Launch" | b"SubmitForm" | b"ImportData" => Refusal::Action,
        b"EmbeddedFile" | b"EmbeddedFiles" | b"EF" | b"RichMedia" | b"RichMediaContent"
        | b"RichMediaSettings" | b"Collection" => Refusal::EmbeddedFile,
        b"GoToR" | b"GoToE" | b"OPI" => Refusal::ExternalReference,
        b"Encrypt" => Refusal::Encrypted,
        _ => return None,
    })
}

/// Names that are refused where they say what an action, an annotation or an object is.
fn refused_name(name: &[u8]) -> Option<Refusal> {
    Some(match name {
        b"JavaScript" | b"JS" | b"PS" => Refusal::Script,
        b"Launch" | b"SubmitForm" | b"ImportData" | b"Rendition" | b"RichMediaExecute" => Refusal::Action,
        b"GoToR" | b"GoToE" => Refusal::ExternalReference,
        b"EmbeddedFile" | b"FileAttachment" | b"RichMedia" | b"Movie" | b"Sound" | b"Screen" | b"3D"
        | b"U3D" | b"PRC" => Refusal::EmbeddedFile,
        _ => return None,
    })
}

/// Links whose text stands elsewhere. Writers put it where the link is.
const MAX_ELSEWHERE: usize = 5_000;

/// What a value that stands elsewhere is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    /// Done when the document is opened.
    Opening,
    /// Followed by a reader who clicks.
    Link,
}

/// The rules, and what they must still look at once all objects are known.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    elsewhere: HashSet<(Role, u32)>,
}

impl Rules {
    pub(crate) fn key(key: &[u8]) -> Result<(), Refusal> {
        refused_key(key).map_or(Ok(()), Err)
    }

    pub(crate) fn name(key: &[u8], name: &[u8]) -> Result<(), Refusal> {
        let says_what_it_is = matches!(key, b"S" | b"Type" | b"Subtype" | b"");
        match refused_name(name) {
            Some(refusal) if says_what_it_is => Err(refusal),
            _ => Ok(()),
        }
    }

    pub(crate) fn text(key: &[u8], text: impl FnOnce() -> String) -> Result<(), Refusal> {
        let is_link = matches!(key, b"URI" | b"Base");
        if is_link && !link::is_plain(&text()) { Err(Refusal::ExternalReference) } else { Ok(()) }
    }

    /// A dictionary, from after its opening brackets.
    pub(crate) fn dict(key: Option<&[u8]>, inside: &Lexer<'_>) -> Result<(), Refusal> {
        if key == Some(b"OpenAction") { opening(&Dict::read(*inside)?) } else { Ok(()) }
    }

    pub(crate) fn reference(&mut self, key: &[u8], number: u32) -> Result<(), Refusal> {
        match key {
            b"OpenAction" => self.elsewhere.insert((Role::Opening, number)),
            b"URI" | b"Base" => self.elsewhere.insert((Role::Link, number)),
            // An object that is nothing but a reference to another: no writer makes one, and each would hide a name.
            b"" => return Err(Refusal::Damaged),
            _ => true,
        };
        if self.elsewhere.len() > MAX_ELSEWHERE { Err(Refusal::TooManyObjects) } else { Ok(()) }
    }

    /// Looks at what was referred to, each once.
    pub(crate) fn judge(&self, document: &Document<'_>) -> Result<(), Refusal> {
        for (role, number) in &self.elsewhere {
            match (role, document.value(*number)?) {
                // Of a link: what `/URI` of a catalogue refers to, whose `/Base` the walk has seen.
                (_, None)
                | (Role::Opening, Some(Value::Array(_) | Value::Name(_) | Value::Text(_)))
                | (Role::Link, Some(Value::Dict(_))) => {}
                (Role::Opening, Some(Value::Dict(inside))) => opening(&Dict::read(inside)?)?,
                (Role::Link, Some(Value::Text(written))) => Self::text(b"URI", || text::of_literal(written))?,
                (Role::Link, Some(Value::Hex(written))) => Self::text(b"URI", || text::of_hex(written))?,
                _ => return Err(Refusal::Damaged),
            }
        }
        Ok(())
    }
}

/// A document may open at one of its places, and do nothing else: no page of the Web is fetched by opening it.
fn opening(action: &Dict<'_>) -> Result<(), Refusal> {
    let goes_to = matches!(action.get(b"S")?, Some(Value::Name(name)) if name.as_ref() == b"GoTo");
    let goes_on = action.has(b"Next") || action.has(b"OpenAction");
    if goes_to && !goes_on { Ok(()) } else { Err(Refusal::Action) }
}
