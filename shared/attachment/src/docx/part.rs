//! What a part is, by its name and by how it begins.

use std::collections::HashSet;

use crate::Refusal;

use super::unpack::Entry;

/// The kinds of parts that a document may have. What is of none of them is an embedded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Xml,
    Picture,
    Font,
    /// How a printer was set, which no reader reads but Word.
    Printer,
    Folder,
}

const XML: [&str; 4] = ["xml", "rels", "vml", "svg"];
const PICTURES: [&str; 14] =
    ["png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "webp", "wdp"];
const FONTS: [&str; 3] = ["odttf", "ttf", "otf"];
/// Documents, templates and sheets that may hold macros.
const WITH_MACROS: [&str; 5] = ["docm", "dotm", "xlsm", "pptm", "xlam"];
const ARCHIVES: [&str; 11] = ["zip", "docx", "dotx", "xlsx", "pptx", "jar", "7z", "rar", "gz", "tar", "cab"];

/// How archives begin.
const ARCHIVE_MARKS: [&[u8]; 9] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
    b"\xfd7zXZ",
    b"BZh",
    b"MSCF",
];
/// How files begin that readers open with another program: OLE, PDF, programs, RTF.
const FILE_MARKS: [&[u8]; 5] = [b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ", b"\x7fELF", b"{\\rtf"];
/// How pictures begin.
const PICTURE_MARKS: [&[u8]; 14] = [
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"II\xbc",
    b"RIFF",
    b"\x01\0\0\0",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\x09\0",
    b"\x02\0\x09\0",
    b"\0\0\0\x0cJXL",
    b"\0\0\x01\0",
];

impl Part {
    /// By its name.
    pub(crate) fn of(name: &str) -> Result<Self, Refusal> {
        let name = name.to_ascii_lowercase();
        if name.ends_with('/') {
            return Ok(Self::Folder);
        }
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        if file.starts_with("vbaproject") || file.starts_with("vbadata") || WITH_MACROS.contains(&extension) {
            return Err(Refusal::Macros);
        }
        if folder.split('/').any(|step| matches!(step, "embeddings" | "activex")) {
            return Err(Refusal::EmbeddedFile);
        }
        match extension {
            _ if ARCHIVES.contains(&extension) => Err(Refusal::NestedArchive),
            _ if XML.contains(&extension) => Ok(Self::Xml),
            _ if PICTURES.contains(&extension) => Ok(Self::Picture),
            _ if FONTS.contains(&extension) => Ok(Self::Font),
            "bin" if file.starts_with("printersettings") => Ok(Self::Printer),
            _ => Err(Refusal::EmbeddedFile),
        }
    }

    /// Whether a name is that of XML.
    pub(crate) fn is_xml_extension(extension: &str) -> bool {
        XML.iter().any(|known| extension.eq_ignore_ascii_case(known))
    }
}

/// Whether what a part holds is of its kind.
pub(crate) fn check_content(part: Part, content: &[u8]) -> Result<(), Refusal> {
    let begins_as = |marks: &[&[u8]]| marks.iter().any(|mark| content.starts_with(mark));
    if begins_as(&ARCHIVE_MARKS) {
        return Err(Refusal::NestedArchive);
    }
    let is_other = match part {
        Part::Xml => false,
        Part::Picture => !content.is_empty() && !begins_as(&PICTURE_MARKS),
        Part::Font | Part::Printer => content.trim_ascii_start().starts_with(b"<"),
        Part::Folder => !content.is_empty(),
    };
    if is_other || begins_as(&FILE_MARKS) { Err(Refusal::EmbeddedFile) } else { Ok(()) }
}

/// Whether no name leads out of the archive, and none is there twice. Part names differ by more than their case
/// (ECMA-376 part 2, 6.3).
pub(crate) fn check_names(entries: &[Entry<'_>]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for entry in entries {
        let name = entry.name.trim_end_matches('/');
        let is_unsafe = name.is_empty()
            || name.contains(['\\', ':'])
            || name.chars().any(char::is_control)
            || name.split('/').any(|step| step.is_empty() || step.trim_matches('.').is_empty());
        if is_unsafe {
            return Err(Refusal::UnsafePath);
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(Refusal::DuplicateEntry);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_honest_documents_are_known() {
        for (name, part) in [
            ("[Content_Types].xml", Part::Xml),
            ("_rels/.rels", Part::Xml),
            ("word/media/image1.JPEG", Part::Picture),
            ("word/fonts/Roboto-regular.ttf", Part::Font),
            ("word/printerSettings/printerSettings1.bin", Part::Printer),
            ("word/media/", Part::Folder),
        ] {
            assert_eq!(Part::of(name), Ok(part), "{name}");
        }
    }

    #[test]
    fn parts_of_other_programs_are_refused() {
        for (name, refusal) in [
            ("word/vbaProject.bin", Refusal::Macros),
            ("word/modele.dotm", Refusal::Macros),
            ("word/embeddings/image1.png", Refusal::EmbeddedFile),
            ("word/activeX/activeX1.xml", Refusal::EmbeddedFile),
            ("word/oleObject1.bin", Refusal::EmbeddedFile),
            ("word/afchunk.html", Refusal::EmbeddedFile),
            ("word/sans-extension", Refusal::EmbeddedFile),
            ("word/media/cv.zip", Refusal::NestedArchive),
        ] {
            assert_eq!(Part::of(name), Err(refusal), "{name}");
        }
    }
}
