//! A Word document, part by part.

use crate::archive::{Entry, entry, write};

pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(crate) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

pub(crate) fn content_types(more: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{more}<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>"#
    )
}

/// One relation: kind, target, and mode if it is said.
pub(crate) fn relation(kind: &str, target: &str, mode: Option<&str>) -> String {
    let mode = mode.map_or(String::new(), |mode| format!(r#" TargetMode="{mode}""#));
    format!(r#"<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>"#)
}

pub(crate) fn relations(inner: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
    )
}

pub(crate) fn body(inner: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{inner}</w:body></w:document>"#
    )
}

pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The parts of a document of so many paragraphs: what hostile ones are made from.
pub(crate) fn parts(paragraphs: usize) -> Vec<Entry> {
    let text: String = (0..paragraphs)
        .map(|n| paragraph(&format!("Expérience n° {n} : boulangère à l'Haÿ-les-Roses &amp; Sète")))
        .collect();
    vec![
        entry("[Content_Types].xml", content_types("")),
        entry("_rels/.rels", relations(&relation("officeDocument", "word/document.xml", None))),
        entry("word/document.xml", body(&text)),
        entry("word/_rels/document.xml.rels", relations("")),
    ]
}

/// The same with parts replaced, by name, or added.
pub(crate) fn with(changed: Vec<Entry>) -> Vec<Entry> {
    let mut parts = parts(20);
    for entry in changed {
        match parts.iter_mut().find(|part| part.name == entry.name) {
            Some(part) => *part = entry,
            None => parts.push(entry),
        }
    }
    parts
}

pub(crate) fn docx(changed: Vec<Entry>) -> Vec<u8> {
    write(&with(changed), b"")
}
