//! Word documents that hold what none may.

use attachment::{Kind, Refusal};

use crate::archive::{Entry, entry, write};
use crate::document::{body, content_types, docx, paragraph, parts, relation, relations};
use crate::hostile::{Hostile, hostile};

pub(crate) fn all() -> Vec<Hostile> {
    let mut files = Vec::new();
    let mut add =
        |label: String, refusal: Refusal, bytes| files.push(hostile(label, Kind::Docx, refusal, bytes));
    for (name, refusal) in names() {
        add(format!("holds {name}"), refusal, docx(vec![entry(name, "<a/>")]));
    }
    for (kind, target, mode, refusal) in references() {
        let rels = entry("word/_rels/document.xml.rels", relations(&relation(kind, target, mode)));
        add(format!("{kind} to {target}, {mode:?}"), refusal, docx(vec![rels]));
        let rels = entry("word/_rels/settings.xml.rels", relations(&relation(kind, target, mode)));
        add(format!("{kind} of settings to {target}"), refusal, docx(vec![rels]));
    }
    for (inner, refusal) in elements() {
        add(inner.to_owned(), refusal, docx(vec![entry("word/document.xml", body(inner))]));
        add(format!("footer: {inner}"), refusal, docx(vec![entry("word/footer1.xml", body(inner))]));
    }
    for (label, refusal, content) in texts() {
        add(label.to_owned(), refusal, docx(vec![entry("word/theme/theme1.xml", content)]));
    }
    for (more, refusal) in types() {
        add(more.to_owned(), refusal, docx(vec![entry("[Content_Types].xml", content_types(more))]));
    }
    for (content, refusal) in contents() {
        for is_stored in [true, false] {
            let part = Entry { is_stored, ..entry("word/media/image1.png", content) };
            add(format!("a picture that begins as {content:?}"), refusal, docx(vec![part]));
        }
    }
    for missing in 0..3 {
        let mut parts = parts(2);
        let name = String::from_utf8(parts.remove(missing).name).unwrap();
        // An archive of another order begins as well with its mark.
        add(format!("without {name}"), Refusal::MissingPart, write(&parts, b""));
    }
    let types = content_types("").replace("wordprocessingml.document.main", "wordprocessingml.template.main");
    add("a template".into(), Refusal::TypeMismatch, docx(vec![entry("[Content_Types].xml", types)]));
    let types = content_types("").replace("wordprocessingml.document.main", "spreadsheetml.sheet.main");
    add("a sheet".into(), Refusal::TypeMismatch, docx(vec![entry("[Content_Types].xml", types)]));
    files
}

fn names() -> [(&'static str, Refusal); 16] {
    [
        ("word/vbaProject.bin", Refusal::Macros),
        ("word/VBAPROJECT.BIN", Refusal::Macros),
        ("word/vbaData.xml", Refusal::Macros),
        ("word/template.dotm", Refusal::Macros),
        ("cv.docm", Refusal::Macros),
        ("word/embeddings/oleObject1.bin", Refusal::EmbeddedFile),
        ("word/Embeddings/feuille.xlsx", Refusal::EmbeddedFile),
        ("word/activeX/activeX1.xml", Refusal::EmbeddedFile),
        ("word/activeX/activeX1.bin", Refusal::EmbeddedFile),
        ("word/afchunk.htm", Refusal::EmbeddedFile),
        ("word/media/film.mp4", Refusal::EmbeddedFile),
        ("setup.exe", Refusal::EmbeddedFile),
        ("word/macro.js", Refusal::EmbeddedFile),
        ("word/media/cv.zip", Refusal::NestedArchive),
        ("word/media/cv.docx", Refusal::NestedArchive),
        ("word/media/cv.7z", Refusal::NestedArchive),
    ]
}

fn references() -> [(&'static str, &'static str, Option<&'static str>, Refusal); 20] {
    const OUT: Option<&str> = Some("External");
    [
        ("attachedTemplate", "https://exemple.invalid/m.dotm", OUT, Refusal::ExternalReference),
        ("attachedTemplate", "modele.xml", None, Refusal::ExternalReference),
        ("oleObject", "https://exemple.invalid/o", OUT, Refusal::EmbeddedFile),
        ("oleObject", "media/image1.png", None, Refusal::EmbeddedFile),
        ("package", "media/image1.png", None, Refusal::EmbeddedFile),
        ("control", "media/image1.png", None, Refusal::EmbeddedFile),
        ("aFChunk", "media/image1.png", None, Refusal::EmbeddedFile),
        ("vbaProject", "media/image1.png", None, Refusal::Macros),
        ("image", "https://exemple.invalid/pixel.png", OUT, Refusal::ExternalReference),
        ("image", "file://serveur/partage/pixel.png", OUT, Refusal::ExternalReference),
        ("frame", "https://exemple.invalid/", OUT, Refusal::ExternalReference),
        ("subDocument", "https://exemple.invalid/", OUT, Refusal::EmbeddedFile),
        ("externalLink", "https://exemple.invalid/", OUT, Refusal::ExternalReference),
        ("hyperlink", "file:///c:/windows/calc.exe", OUT, Refusal::ExternalReference),
        ("hyperlink", "javascript:alert(1)", OUT, Refusal::ExternalReference),
        ("hyperlink", "\\\\serveur\\partage", OUT, Refusal::ExternalReference),
        ("hyperlink", "ms-msdt:/id", OUT, Refusal::ExternalReference),
        ("hyperlink", "cv.exe", Some("external"), Refusal::ExternalReference),
        ("image", "https://exemple.invalid/pixel.png", None, Refusal::ExternalReference),
        ("image", "//serveur/partage/pixel.png", Some("Internal"), Refusal::ExternalReference),
    ]
}

fn elements() -> [(&'static str, Refusal); 16] {
    [
        ("<w:object><o:OLEObject/></w:object>", Refusal::EmbeddedFile),
        ("<x:OLEObject xmlns:x='urn:x'/>", Refusal::EmbeddedFile),
        ("<w:control r:id='r1'/>", Refusal::EmbeddedFile),
        ("<w:altChunk r:id='r1'/>", Refusal::EmbeddedFile),
        ("<w:subDoc r:id='r1'/>", Refusal::EmbeddedFile),
        ("<w:attachedTemplate r:id='r1'/>", Refusal::ExternalReference),
        ("<w:fldSimple w:instr='DDEAUTO c:\\\\windows\\\\cmd.exe'/>", Refusal::Script),
        ("<w:fldSimple w:instr=' dde excel x'/>", Refusal::Script),
        ("<w:fldSimple w:instr='INCLUDEPICTURE \"https://exemple.invalid/\"'/>", Refusal::ExternalReference),
        ("<w:fldSimple w:instr='MACROBUTTON x y'/>", Refusal::Macros),
        ("<w:fldSimple w:instr='&#x44;DE x'/>", Refusal::Script),
        ("<w:fldSimple w:instr='PAGE' x:instr='DDE x'/>", Refusal::Damaged),
        ("<w:instrText>D</w:instrText><w:instrText>DE x</w:instrText>", Refusal::Script),
        ("<w:instrText><![CDATA[DDEAUTO x]]></w:instrText>", Refusal::Script),
        ("<w:instrText>HYPERLINK \"file:///c:/x.exe\"</w:instrText>", Refusal::ExternalReference),
        ("<v:imagedata src='https://exemple.invalid/pixel.png'/>", Refusal::ExternalReference),
    ]
}

fn texts() -> Vec<(&'static str, Refusal, Vec<u8>)> {
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;</l>";
    let outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(outside.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    vec![
        ("laughs", Refusal::Doctype, laughs.into()),
        ("an entity of a file", Refusal::Doctype, outside.into()),
        ("the same in UTF-16", Refusal::Doctype, utf16.clone()),
        ("the same without a mark", Refusal::Damaged, utf16[2..].to_vec()),
        ("the same after a mark", Refusal::Doctype, [b"\xef\xbb\xbf", outside.as_bytes()].concat()),
        (
            "a type from the Web",
            Refusal::Doctype,
            "<!DOCTYPE x SYSTEM \"https://exemple.invalid/x.dtd\"><x/>".into(),
        ),
        ("an entity that is nowhere", Refusal::Doctype, "<x>&e;</x>".into()),
        ("UTF-7", Refusal::Damaged, "<?xml version=\"1.0\" encoding=\"UTF-7\"?><x>+ADw-</x>".into()),
        ("deep", Refusal::TooDeep, ["<a>".repeat(400), "</a>".repeat(400)].concat().into()),
        ("very deep", Refusal::TooDeep, "<a>".repeat(300_000).into()),
        ("open", Refusal::Damaged, "<x>".into()),
        ("crossed", Refusal::Damaged, "<a><b></a></b>".into()),
        ("empty", Refusal::Damaged, Vec::new()),
        ("no text", Refusal::Damaged, b"\xff\xff\xff".to_vec()),
        ("two ends", Refusal::Damaged, "<a></a></a>".into()),
    ]
}

fn types() -> [(&'static str, Refusal); 6] {
    [
        ("<Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/>", Refusal::Macros),
        (
            "<Override PartName='/a.xml' ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>",
            Refusal::Macros,
        ),
        ("<Default Extension='bin' ContentType='application/vnd.ms-office.activeX'/>", Refusal::EmbeddedFile),
        (
            "<Default Extension='b' ContentType='application/vnd.openxmlformats-officedocument.oleObject'/>",
            Refusal::EmbeddedFile,
        ),
        (
            "<Override PartName='/word/media/image1.png' ContentType='application/xml'/>",
            Refusal::TypeMismatch,
        ),
        ("<Default Extension='png' ContentType='image/svg+xml'/>", Refusal::TypeMismatch),
    ]
}

fn contents() -> [(&'static [u8], Refusal); 10] {
    [
        (b"PK\x03\x04....", Refusal::NestedArchive),
        (b"PK\x05\x06....", Refusal::NestedArchive),
        (b"7z\xbc\xaf\x27\x1c", Refusal::NestedArchive),
        (b"Rar!\x1a\x07", Refusal::NestedArchive),
        (b"\x1f\x8b\x08", Refusal::NestedArchive),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal::EmbeddedFile),
        (b"MZ\x90\0", Refusal::EmbeddedFile),
        (b"\x7fELF", Refusal::EmbeddedFile),
        (b"{\\rtf1", Refusal::EmbeddedFile),
        (b"<html><script>", Refusal::EmbeddedFile),
    ]
}

#[test]
fn a_document_that_these_are_made_from_is_taken() {
    assert_eq!(attachment::inspect(Kind::Docx, &docx(vec![])), Ok(()));
    let text = entry("word/document.xml", body(&paragraph("&lt;html&gt; &#233; &amp;")));
    assert_eq!(attachment::inspect(Kind::Docx, &docx(vec![text])), Ok(()));
}
