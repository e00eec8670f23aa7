//! What each part is, as the archive says it (ECMA-376 part 2, 6.2.3).

use std::borrow::Cow;

use crate::Refusal;

use super::part::Part;
use super::xml::{self, Met};

/// Where it is said.
pub(crate) const NAME: &str = "[Content_Types].xml";
/// Kinds that are said. A document says some tens.
const MAX_TYPES: usize = 2_000;
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// By extension, and by part.
#[derive(Debug, Default)]
pub(crate) struct ContentTypes {
    defaults: Vec<(String, String)>,
    overrides: Vec<(String, String)>,
}

impl ContentTypes {
    /// Reads them. None may be of a program, and XML may only be where it is read as such.
    pub(crate) fn read(text: &str) -> Result<Self, Refusal> {
        let mut types = Self::default();
        xml::read(text, |met| {
            let Met::Element(element) = met else { return Ok(()) };
            let named = |name| element.attribute(name)?.map(Cow::into_owned).ok_or(Refusal::Damaged);
            match element.name() {
                "Default" => {
                    let (extension, kind) = (named("Extension")?, named("ContentType")?);
                    check(&kind, &extension)?;
                    types.defaults.push((extension, kind));
                }
                "Override" => {
                    let (part, kind) = (named("PartName")?, named("ContentType")?);
                    check(&kind, part.rsplit_once('.').map_or("", |(_, extension)| extension))?;
                    types.overrides.push((part.trim_start_matches('/').to_owned(), kind));
                }
                _ => {}
            }
            let count = types.defaults.len() + types.overrides.len();
            if count > MAX_TYPES { Err(Refusal::TooManyObjects) } else { Ok(()) }
        })?;
        Ok(types)
    }

    /// Whether a part is the text of a document without macros, and not of a template.
    pub(crate) fn check_main(&self, part: &str) -> Result<(), Refusal> {
        let extension = part.rsplit_once('.').map_or("", |(_, extension)| extension);
        let of = |list: &[(String, String)], key: &str| {
            list.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, kind)| kind.clone())
        };
        match of(&self.overrides, part).or_else(|| of(&self.defaults, extension)) {
            Some(kind) if kind.eq_ignore_ascii_case(MAIN) => Ok(()),
            Some(_) => Err(Refusal::TypeMismatch),
            None => Err(Refusal::MissingPart),
        }
    }
}

fn check(kind: &str, extension: &str) -> Result<(), Refusal> {
    let kind = kind.to_ascii_lowercase();
    if kind.contains("macroenabled") || kind.contains("vbaproject") || kind.contains("vbadata") {
        return Err(Refusal::Macros);
    }
    if kind.contains("activex") || kind.contains("oleobject") {
        return Err(Refusal::EmbeddedFile);
    }
    let is_xml = kind.ends_with("xml");
    if is_xml && !Part::is_xml_extension(extension) { Err(Refusal::TypeMismatch) } else { Ok(()) }
}
