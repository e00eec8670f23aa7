//! A file inside a JSON text, as the public contract carries it.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::Kind;

/// The longest data URL, in characters, its beginning included: `maxLength` of the public contract.
pub const MAX_CHARS: usize = 4_215_276;

/// Some browsers and libraries leave the padding out. Bits after the last byte must be zero, so that a content has one
/// spelling.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A data URL is not as it must be. The text is the caller's mistake, whatever the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DataUrlError {
    /// It does not begin as one, or has no content.
    #[error("not a data URL")]
    NotADataUrl,
    /// Of a type that is neither of the two.
    #[error("the type of the data URL is not supported")]
    UnsupportedType,
    /// What it holds is not written in base64.
    #[error("the content of the data URL is not base64")]
    NotBase64,
    /// It holds nothing.
    #[error("the data URL holds nothing")]
    Empty,
    /// Longer than [`MAX_CHARS`].
    #[error("the data URL is too large")]
    TooLarge,
}

impl DataUrlError {
    /// The stable code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotADataUrl => "not_a_data_url",
            Self::UnsupportedType => "unsupported_type",
            Self::NotBase64 => "not_base64",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
        }
    }
}

/// A file with the type that its sender declares. Nothing has looked at the bytes yet.
#[derive(Clone, PartialEq, Eq)]
pub struct DataUrl {
    kind: Kind,
    bytes: Vec<u8>,
}

/// A CV is in no log.
impl std::fmt::Debug for DataUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataUrl").field("kind", &self.kind).field("bytes", &self.bytes.len()).finish()
    }
}

impl DataUrl {
    /// Reads `data:<type>[;parameter…];base64,<content>` (RFC 2397), in any case.
    pub fn parse(text: &str) -> Result<Self, DataUrlError> {
        if text.len() > MAX_CHARS {
            return Err(DataUrlError::TooLarge);
        }
        let rest = match text.split_at_checked("data:".len()) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("data:") => rest,
            _ => return Err(DataUrlError::NotADataUrl),
        };
        let (header, content) = rest.split_once(',').ok_or(DataUrlError::NotADataUrl)?;
        let mut parameters = header.split(';').map(str::trim);
        let media_type = parameters.next().unwrap_or_default();
        let kind = Kind::of_media_type(media_type).ok_or(DataUrlError::UnsupportedType)?;
        if !parameters.next_back().is_some_and(|last| last.eq_ignore_ascii_case("base64")) {
            return Err(DataUrlError::NotBase64);
        }
        let bytes = BASE64.decode(content.trim_ascii()).map_err(|_| DataUrlError::NotBase64)?;
        if bytes.is_empty() { Err(DataUrlError::Empty) } else { Ok(Self { kind, bytes }) }
    }

    /// What the sender says that the file is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, without a copy of it.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for text in [
            "data:application/pdf;base64,JVBERi0x",
            "DATA:Application/PDF;BASE64,JVBERi0x",
            "data:application/pdf;name=CV%20de%20moi.pdf;base64,JVBERi0x",
            "data:application/pdf;charset=utf-8; base64,JVBERi0x\n",
        ] {
            let url = DataUrl::parse(text).unwrap();
            assert_eq!((url.kind(), url.bytes()), (Kind::Pdf, &b"%PDF-1"[..]), "{text}");
        }
        let docx = format!("data:{};base64,UEsDBA", Kind::Docx.media_type());
        let url = DataUrl::parse(&docx).unwrap();
        assert_eq!((url.kind(), url.into_bytes()), (Kind::Docx, b"PK\x03\x04".to_vec()));
    }

    #[test]
    fn each_fault_has_its_error() {
        for (text, error) in [
            ("", DataUrlError::NotADataUrl),
            ("dàta:application/pdf;base64,JVBERi0x", DataUrlError::NotADataUrl),
            ("JVBERi0x", DataUrlError::NotADataUrl),
            ("data:application/pdf;base64", DataUrlError::NotADataUrl),
            ("data:;base64,JVBERi0x", DataUrlError::UnsupportedType),
            ("data:application/msword;base64,JVBERi0x", DataUrlError::UnsupportedType),
            ("data:application/pdf,JVBERi0x", DataUrlError::NotBase64),
            ("data:application/pdf;base64,JVB ERi0x", DataUrlError::NotBase64),
            ("data:application/pdf;base64,JVBERi0_", DataUrlError::NotBase64),
            ("data:application/pdf;base64,JVBERi0x=AAA", DataUrlError::NotBase64),
            ("data:application/pdf;base64,", DataUrlError::Empty),
        ] {
            assert_eq!(DataUrl::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn the_longest_text_of_the_contract_is_read_and_one_more_character_is_not() {
        let begin = "data:application/pdf;base64,";
        let longest = format!("{begin}{}", "A".repeat(MAX_CHARS - begin.len()));
        assert!(DataUrl::parse(&longest).unwrap().bytes().len() <= crate::MAX_BYTES);
        assert_eq!(DataUrl::parse(&format!("{longest}A")), Err(DataUrlError::TooLarge));
    }

    #[test]
    fn what_is_printed_of_it_holds_nothing_of_the_file() {
        let url = DataUrl::parse("data:application/pdf;base64,JVBERi0x").unwrap();
        assert_eq!(format!("{url:?}"), "DataUrl { kind: Pdf, bytes: 6 }");
    }
}
