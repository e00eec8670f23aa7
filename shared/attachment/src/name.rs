//! The name of a file, as a candidate typed it and as a mail says it.

use domain::hidden::is_hidden;
use unicode_normalization::UnicodeNormalization;

use crate::{Kind, Refusal};

/// Of a name in a mail, the extension included.
const MAX_CHARS: usize = 100;
/// The same in bytes: systems take 255.
const MAX_BYTES: usize = 240;
/// What is read of a name: one of more is cut, from its beginning, so that the extension stays.
const MAX_READ: usize = 1000;
/// Names that Windows gives to devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name that says one of the two kinds, and what a mail calls the file. What was typed is nowhere kept: it may hold
/// paths, line ends, or marks that turn `fdp.exe` around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentName {
    kind: Kind,
    file_name: String,
}

impl AttachmentName {
    /// Reads what was typed.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let cut = typed.char_indices().rev().nth(MAX_READ).map_or(0, |(at, _)| at);
        let seen: String =
            typed.get(cut..).unwrap_or_default().chars().filter(|c| is_seen(*c)).nfc().collect();
        let last = seen.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, extension) = last.trim().rsplit_once('.').ok_or(Refusal::UnsupportedType)?;
        let kind = Kind::of_extension(extension).ok_or(Refusal::UnsupportedType)?;
        Ok(Self { kind, file_name: format!("{}.{}", harmless(stem), kind.extension()) })
    }

    /// What the name says that the file is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What a mail calls the file: letters, digits, spaces and `-_.()'`, a hundred characters at most.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }
}

fn is_seen(c: char) -> bool {
    !c.is_control() && !is_hidden(c) && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// The stem of a name that no system and no header takes for something else.
fn harmless(stem: &str) -> String {
    let kept = stem.chars().map(|c| match c {
        c if c.is_alphanumeric() => c,
        '-' | '_' | '.' | '(' | ')' | '\'' => c,
        c if c.is_whitespace() => ' ',
        '\u{2019}' => '\'',
        _ => '_',
    });
    let mut bytes = ".docx".len();
    let kept = kept.skip_while(|c| matches!(c, '.' | ' ')).take(MAX_CHARS - bytes);
    let kept = kept.take_while(|c| {
        bytes += c.len_utf8();
        bytes <= MAX_BYTES
    });
    let kept: String = kept.collect();
    let kept = kept.trim_end_matches(['.', ' ']);
    let says_something = kept.chars().any(char::is_alphanumeric);
    if says_something && !is_device(kept) { kept.to_owned() } else { "cv".to_owned() }
}

fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |prefix| first.strip_prefix(prefix).is_some_and(|rest: &str| rest.chars().count() == 1);
    DEVICES.contains(&first.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(typed: &str) -> String {
        AttachmentName::parse(typed).unwrap().file_name().to_owned()
    }

    #[test]
    fn an_honest_name_stays_readable() {
        assert_eq!(named("CV Élodie Nguyễn (2026).PDF"), "CV Élodie Nguyễn (2026).pdf");
        assert_eq!(named("cv_e\u{301}te\u{301}.Docx"), "cv_été.docx");
        assert_eq!(AttachmentName::parse("cv.docx").unwrap().kind(), Kind::Docx);
    }

    #[test]
    fn paths_line_ends_and_marks_of_direction_are_left_out() {
        assert_eq!(named("../../etc/cv.pdf"), "cv.pdf");
        assert_eq!(named("C:\\Users\\moi\\cv.pdf"), "cv.pdf");
        assert_eq!(named("cv\r\nBcc: x@exemple.invalid.pdf"), "cvBcc_ x_exemple.invalid.pdf");
        assert_eq!(named("cv\u{202e}\u{2066}.pdf"), "cv.pdf");
        assert_eq!(named("....cv.pdf"), "cv.pdf");
        assert_eq!(named("a\"; filename=b.pdf"), "a__ filename_b.pdf");
    }

    #[test]
    fn a_name_that_says_nothing_or_names_a_device_is_replaced() {
        for typed in
            [".pdf", "   .pdf", "\u{200b}.pdf", "--.pdf", "CON.pdf", "nul.old.pdf", "Com1.pdf", "dir/.pdf"]
        {
            assert_eq!(named(typed), "cv.pdf", "{typed}");
        }
    }

    #[test]
    fn another_extension_is_refused_whatever_it_looks_like() {
        for typed in [
            "",
            "pdf",
            "cv",
            "cv.doc",
            "cv.docm",
            "cv.pdf.exe",
            "cv\u{202e}fdp.exe",
            "cv.pdf/",
            "cv.pdf\0.sh",
        ] {
            assert_eq!(AttachmentName::parse(typed), Err(Refusal::UnsupportedType), "{typed}");
        }
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_extension() {
        for letter in ["é", "明"] {
            let name = named(&format!("{}.pdf", letter.repeat(4000)));
            let stem = name.strip_suffix(".pdf").unwrap();
            assert!(name.chars().count() <= MAX_CHARS && name.len() <= MAX_BYTES);
            assert!(stem.chars().count() > 50 && stem.replace(letter, "").is_empty());
        }
    }
}
