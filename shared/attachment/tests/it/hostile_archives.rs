//! Archives that are not what they seem.

use attachment::{Kind, Refusal};

use crate::archive::{Entry, deflated, entry, size, write};
use crate::bombs::zeros;
use crate::document::{body, docx, paragraph, parts, with};
use crate::hostile::{Hostile, hostile};
use crate::pdf::Pdf;

pub(crate) fn all() -> Vec<Hostile> {
    let mut files = Vec::new();
    let mut add =
        |label: &str, refusal: Option<Refusal>, bytes| files.push(hostile(label, Kind::Docx, refusal, bytes));
    for (label, refusal, changed) in changed() {
        add(label, Some(refusal), docx(changed));
    }
    for (megabytes, first_missed) in [(60, Refusal::TooCompressed), (700, Refusal::TooLargeInflated)] {
        add(
            "a flat bomb",
            Some(Refusal::TooLargeInflated),
            docx(vec![bomb("word/media/a.png", megabytes, megabytes)]),
        );
        add("one that lies", Some(first_missed), docx(vec![bomb("word/media/a.png", megabytes, 0)]));
        add("one of XML", Some(first_missed), docx(vec![bomb("word/theme.xml", megabytes, 1)]));
    }
    let many = (0..6).map(|n| noisy(&format!("word/media/{n}.bmp"))).collect();
    add("many parts of a bomb", Some(Refusal::TooLargeInflated), docx(many));
    add("much XML", Some(Refusal::TooLargeInflated), docx(vec![entry("word/document.xml", much_xml())]));
    let names = |count: usize| {
        (0..count).map(|n| entry(&format!("word/media/{n}.png"), b"\x89PNG".to_vec())).collect()
    };
    add("501 entries", Some(Refusal::TooManyEntries), docx(names(497)));
    add("20000 entries", Some(Refusal::TooManyEntries), docx(names(20_000)));
    add("a comment", Some(Refusal::Polyglot), write(&parts(3), b"x"));
    add("overlapping entries", Some(Refusal::OverlappingEntries), overlapping());
    for (label, refusal, bytes) in surrounded() {
        add(label, refusal, bytes);
    }
    let honest = docx(vec![]);
    for length in (4..honest.len()).step_by(honest.len() / 90) {
        add("cut", None, honest[..length].to_vec());
    }
    for at in data(&honest).step_by(7) {
        let mut flipped = honest.clone();
        flipped[at] ^= 1 << (at % 8);
        add("a bit of the text flipped", Some(Refusal::Damaged), flipped);
    }
    files
}

/// Where the compressed text of the honest document is.
fn data(honest: &[u8]) -> std::ops::Range<usize> {
    let name = b"word/document.xml";
    let start = honest.windows(name.len()).position(|bytes| bytes == name).unwrap() + name.len();
    let parts = parts(20);
    start..start + deflated(&parts[2].content).len()
}

fn bomb(name: &str, megabytes: usize, declared: usize) -> Entry {
    let inflated = Some(u32::try_from(declared * 1_000_000).unwrap());
    Entry { data: Some(zeros(megabytes)), inflated, ..entry(name, "") }
}

/// Ten megabytes that deflate to more than a hundredth of it.
fn noisy(name: &str) -> Entry {
    let mut content = vec![0; 10_000_000];
    content[..2].copy_from_slice(b"BM");
    let mut noise = 1_u32;
    for at in (2..content.len()).step_by(50) {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        content[at] = (noise >> 24) as u8;
    }
    entry(name, content)
}

fn much_xml() -> String {
    let mut text = String::new();
    for n in 0..400_000 {
        text.push_str(&paragraph(&n.to_string()));
    }
    body(&text)
}

fn changed() -> Vec<(&'static str, Refusal, Vec<Entry>)> {
    let text = || entry("word/document.xml", body(&paragraph("x")));
    let png = |name: &str| entry(name, b"\x89PNG".to_vec());
    let theme = || entry("word/theme.xml", "<a/>");
    let mut changed = vec![
        ("encrypted", Refusal::Encrypted, vec![Entry { flags: 1, ..text() }]),
        ("strongly encrypted", Refusal::Encrypted, vec![Entry { flags: 1 | 1 << 6, ..text() }]),
        ("with a hidden list", Refusal::Encrypted, vec![Entry { flags: 1 << 13, ..text() }]),
        ("AES", Refusal::Encrypted, vec![Entry { method: Some(99), ..text() }]),
        ("a patch", Refusal::Damaged, vec![Entry { flags: 1 << 5, ..text() }]),
        ("a wrong checksum", Refusal::Damaged, vec![Entry { crc: Some(1), ..text() }]),
        ("a size too small", Refusal::Damaged, vec![Entry { inflated: Some(3), ..text() }]),
        ("a size too large", Refusal::Damaged, vec![Entry { inflated: Some(30_000), ..text() }]),
        ("bytes between entries", Refusal::Damaged, vec![Entry { after: b"<html>".to_vec(), ..theme() }]),
        (
            "another name inside",
            Refusal::Damaged,
            vec![Entry { local_name: Some(b"word/thxme.xml".to_vec()), ..theme() }],
        ),
        (
            "stored, said deflated",
            Refusal::Damaged,
            vec![Entry { is_stored: true, method: Some(8), ..text() }],
        ),
        ("deflated, said stored", Refusal::Damaged, vec![Entry { method: Some(0), ..text() }]),
        (
            "bytes after the text",
            Refusal::Damaged,
            vec![Entry { data: Some([deflated(b"<a/>"), b"more".to_vec()].concat()), ..theme() }],
        ),
        (
            "a size that is said elsewhere",
            Refusal::Damaged,
            vec![Entry { flags: 8, after: vec![0; 12], ..theme() }],
        ),
        ("not in its place", Refusal::Damaged, vec![Entry { offset: Some(7), ..theme() }]),
        ("beyond the end", Refusal::Damaged, vec![Entry { offset: Some(0xffff_fff0), ..theme() }]),
        ("in another's place", Refusal::Damaged, vec![Entry { offset: Some(0), ..theme() }]),
        ("twice", Refusal::DuplicateEntry, vec![png("word/media/a.png"), png("word/media/A.png")]),
        (
            "a folder that is a file",
            Refusal::DuplicateEntry,
            vec![png("word/a.png"), entry("word/a.png/", "")],
        ),
        ("a folder with bytes", Refusal::EmbeddedFile, vec![entry("word/media/", "x")]),
    ];
    for method in [1, 2, 6, 9, 12, 14, 93, 95, 97, 98] {
        changed.push((
            "another compression",
            Refusal::UnsupportedCompression,
            vec![Entry { method: Some(method), ..theme() }],
        ));
    }
    for name in [
        "../a.xml",
        "word/../../a.xml",
        "/etc/a.xml",
        "C:/a.xml",
        "word\\a.xml",
        "word//a.xml",
        "./a.xml",
        "a\n.xml",
    ] {
        changed.push(("an unsafe name", Refusal::UnsafePath, vec![entry(name, "<a/>")]));
    }
    changed.push((
        "a name in no alphabet",
        Refusal::UnsafePath,
        vec![Entry { name: b"\xff\xfe.xml".to_vec(), ..theme() }],
    ));
    changed
}

/// Entries that share one stream, as those of a bomb that needs no nesting do.
fn overlapping() -> Vec<u8> {
    let data = zeros(10);
    let inner =
        Entry { data: Some(data.clone()), inflated: Some(10_000_000), ..entry("word/media/b.png", "") };
    let inner_bytes = write(&[inner], b"");
    // The first has the header of the second, and its stream, for its own data.
    let stored = &inner_bytes[..30 + "word/media/b.png".len() + data.len()];
    let outer = Entry { is_stored: true, ..entry("word/media/a.png", stored) };
    let at = size(&write(&parts(3), b"")) - 22 - list_size(&parts(3));
    let offset = at + 30 + "word/media/a.png".len() as u32;
    let again = Entry {
        offset: Some(offset),
        data: Some(data),
        inflated: Some(10_000_000),
        ..entry("word/media/b.png", "")
    };
    let mut entries = parts(3);
    entries.extend([outer, again]);
    write(&entries, b"")
}

fn list_size(entries: &[Entry]) -> u32 {
    entries.iter().map(|entry| 46 + entry.name.len() as u32).sum()
}

/// An entry that the list leaves out: who reads from the front sees it.
fn unlisted() -> Vec<u8> {
    let mut entries = vec![entry("word/media/a.png", b"\x89PNG".to_vec())];
    let listed = 46 + entries[0].name.len();
    entries.extend(with(vec![]));
    let mut bytes = write(&entries, b"");
    let end = bytes.len() - 22;
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let (size, start) = (number(end + 12), number(end + 16) as usize);
    bytes[end + 8] -= 1;
    bytes[end + 10] -= 1;
    bytes[end + 12..end + 16].copy_from_slice(&(size - listed as u32).to_le_bytes());
    bytes.drain(start..start + listed);
    bytes
}

/// Two files in one.
fn surrounded() -> Vec<(&'static str, Option<Refusal>, Vec<u8>)> {
    let honest = docx(vec![]);
    let pdf = Pdf::of_pages(1, "", "").classic();
    let stored =
        Entry { is_stored: true, ..entry("word/media/a.png", [b"\x89PNG", pdf.as_slice()].concat()) };
    let mut first = vec![stored.clone()];
    first.extend(with(vec![]));
    let mut commented = honest.clone();
    *commented.last_mut().unwrap() = 1;
    vec![
        ("a PDF after it", Some(Refusal::Polyglot), [honest.clone(), pdf.clone()].concat()),
        ("a PDF in a picture", Some(Refusal::Polyglot), docx(vec![stored])),
        ("a PDF in the first picture", Some(Refusal::Polyglot), write(&first, b"")),
        ("a page after it", Some(Refusal::Polyglot), [honest.clone(), b"<html><script>".to_vec()].concat()),
        ("a page before it", Some(Refusal::TypeMismatch), [b"<html>".to_vec(), honest.clone()].concat()),
        ("two of it", Some(Refusal::Damaged), [honest.clone(), honest.clone()].concat()),
        ("a comment that is not there", Some(Refusal::Polyglot), commented),
        ("an entry of no list before it", Some(Refusal::Polyglot), unlisted()),
        ("a line end after it", Some(Refusal::Polyglot), [honest.clone(), b"\n".to_vec()].concat()),
        ("nothing but its end", Some(Refusal::TypeMismatch), honest[honest.len() - 22..].to_vec()),
        ("an archive without entries", None, [b"PK\x03\x04".to_vec(), write(&[], b"")].concat()),
    ]
}
