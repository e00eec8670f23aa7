//! PDFs that are not what they seem, or have no end.

use attachment::{Kind, Refusal};

use crate::archive::zlib;
use crate::bombs::zlib_zeros;
use crate::document::docx;
use crate::hostile::{Hostile, hostile};
use crate::hostile_tables;
use crate::pdf::{Pdf, stream};

pub(crate) fn all() -> Vec<Hostile> {
    let mut files = Vec::new();
    let mut add =
        |label: &str, refusal: Option<Refusal>, bytes| files.push(hostile(label, Kind::Pdf, refusal, bytes));
    for (label, refusal, pdf) in documents() {
        add(label, Some(refusal), pdf.classic());
        add(&format!("packed: {label}"), Some(refusal), pdf.packed());
    }
    for (label, refusal, bytes) in hostile_tables::packed() {
        add(label, Some(refusal), bytes);
    }
    for (label, refusal, bytes) in files_in_two() {
        add(label, Some(refusal), bytes);
    }
    for (label, bytes) in hostile_tables::tables() {
        add(label, Some(Refusal::Damaged), bytes);
    }
    for honest in [Pdf::of_pages(2, "", "").classic(), Pdf::of_pages(2, "", "").packed()] {
        // Without its last line end it is whole.
        for length in (5..honest.len() - 1).step_by(honest.len() / 60) {
            add("cut", None, honest[..length].to_vec());
        }
    }
    files
}

fn documents() -> Vec<(&'static str, Refusal, Pdf)> {
    let page = |more: &str| Pdf::of_pages(1, "", more);
    let with = |object: Vec<u8>| {
        let mut pdf = page("");
        pdf.add(object);
        pdf
    };
    let replaced = |number: usize, object: &str| {
        let mut pdf = page("");
        pdf.objects[number - 1] = object.into();
        pdf
    };
    let referred = |key: &str, object: &str| {
        let mut pdf = Pdf::of_pages(1, &format!("/{key} 6 0 R"), "");
        pdf.add(object);
        pdf
    };
    let bombs = zlib_zeros(200);
    let nested = zlib(&zlib_zeros(700));
    vec![
        ("51 pages", Refusal::TooManyPages, Pdf::of_pages(51, "", "")),
        ("2000 pages", Refusal::TooManyPages, Pdf::of_pages(2000, "", "")),
        ("no page", Refusal::MissingPart, replaced(2, "<</Type/Pages/Kids[]/Count 0>>")),
        ("no tree", Refusal::MissingPart, replaced(1, "<</Type/Catalog>>")),
        ("a tree in a circle", Refusal::Damaged, replaced(2, "<</Type/Pages/Kids[2 0 R]/Count 1>>")),
        ("a wider circle", Refusal::Damaged, replaced(5, "<</Type/Pages/Kids[2 0 R]/Count 1>>")),
        ("a page twice", Refusal::Damaged, replaced(2, "<</Type/Pages/Kids[5 0 R 5 0 R]/Count 2>>")),
        ("a page that is nowhere", Refusal::Damaged, replaced(2, "<</Type/Pages/Kids[99 0 R]/Count 1>>")),
        (
            "a page within the tree",
            Refusal::Damaged,
            replaced(2, "<</Type/Pages/Kids[<</Type/Page>>]/Count 1>>"),
        ),
        ("two trees", Refusal::Damaged, replaced(1, "<</Type/Catalog/Pages 2 0 R/Pages 2 0 R>>")),
        ("deep", Refusal::TooDeep, page(&format!("/X {}{}", "[".repeat(100), "]".repeat(100)))),
        ("very deep", Refusal::TooDeep, page(&format!("/X {}", "<</A".repeat(400_000)))),
        (
            "deep in no table",
            Refusal::TooDeep,
            with(["[".repeat(300_000), "]".repeat(300_000)].concat().into()),
        ),
        (
            "opens a page of the Web",
            Refusal::Action,
            referred("OpenAction", "<</S/URI/URI(https://exemple.invalid)>>"),
        ),
        ("prints", Refusal::Action, referred("OpenAction", "<</S/Named/N/Print>>")),
        (
            "goes on",
            Refusal::Action,
            referred("OpenAction", "<</S/GoTo/D[5 0 R/Fit]/Next<</S/Named/N/Print>>>>"),
        ),
        ("opens by reference", Refusal::Action, referred("OpenAction", "<</S 3 0 R>>")),
        ("what it is stands elsewhere", Refusal::Script, referred("Kind", "/JavaScript")),
        ("what it is, spelled", Refusal::Action, referred("Kind", "/L#61unch")),
        ("a reference to a reference", Refusal::Damaged, referred("Kind", "3 0 R")),
        ("a link that stands elsewhere", Refusal::ExternalReference, referred("URI", "(file:///etc/passwd)")),
        (
            "a base that is no page",
            Refusal::ExternalReference,
            Pdf::of_pages(1, "/URI<</Base(file:///)>>", ""),
        ),
        ("a bomb", Refusal::TooLargeInflated, with(stream("/Filter/FlateDecode", &bombs))),
        ("a bomb in a list", Refusal::TooLargeInflated, with(stream("/Filter[/FlateDecode]", &bombs))),
        ("a bomb, spelled", Refusal::TooLargeInflated, with(stream("/Filter/#46lateDecode", &bombs))),
        (
            "a bomb in a bomb",
            Refusal::TooCompressed,
            with(stream("/Filter[/FlateDecode/FlateDecode]", &nested)),
        ),
        (
            "a bomb in letters",
            Refusal::TooLargeInflated,
            with(stream("/Filter[/ASCIIHexDecode/FlateDecode]", &hex(&bombs))),
        ),
        ("LZW", Refusal::UnsupportedCompression, with(stream("/Filter/LZWDecode", b"x"))),
        ("an unknown filter", Refusal::UnsupportedCompression, with(stream("/Filter/Invented", b"x"))),
        ("encrypted streams", Refusal::Encrypted, with(stream("/Filter/Crypt", b"x"))),
        ("a stream of another file", Refusal::ExternalReference, with(stream("/F(x)", b"x"))),
        ("a stream cut short", Refusal::Damaged, with(stream("/Filter/FlateDecode", &zlib(b"abc")[..6]))),
        ("a stream of no such kind", Refusal::Damaged, with(stream("/Filter/FlateDecode", b"abcdef"))),
        ("a wrong length", Refusal::Damaged, with(b"<</Length 3>>\nstream\nabcdefgh\nendstream".to_vec())),
        (
            "a huge length",
            Refusal::Damaged,
            with(b"<</Length 99999999999>>\nstream\nabc\nendstream".to_vec()),
        ),
        ("two lengths", Refusal::Damaged, with(b"<</Length 3/Length 1>>\nstream\nabc\nendstream".to_vec())),
        (
            "a length in a circle",
            Refusal::Damaged,
            with(b"<</Length 6 0 R>>\nstream\nabc\nendstream".to_vec()),
        ),
        ("an odd name", Refusal::Damaged, page("/A#zz 1")),
        ("encrypted", Refusal::Encrypted, Pdf { trailer: "/Encrypt 3 0 R".into(), ..page("") }),
        ("encrypted, spelled", Refusal::Encrypted, Pdf { trailer: "/#45ncrypt 3 0 R".into(), ..page("") }),
    ]
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).chain([b'>']).collect()
}

fn files_in_two() -> Vec<(&'static str, Refusal, Vec<u8>)> {
    let honest = Pdf::of_pages(1, "", "").classic();
    let word = docx(vec![]);
    let mut inside = Pdf::of_pages(1, "", "");
    inside.add(stream("", &word));
    let mut page = Pdf::of_pages(1, "", "");
    page.objects[3] = stream("", b"<html><script>alert(1)</script>");
    let mut object = Pdf::of_pages(1, "", "");
    object.objects[3] = stream("", b"\n9 0 obj\n<</OpenAction 8 0 R>>\nendobj");
    let header = |more: &str| [format!("%PDF-1.4\n{more}\n").as_bytes(), &honest[9..]].concat();
    vec![
        ("an archive after it", Refusal::Polyglot, [honest.clone(), word.clone()].concat()),
        ("an archive within it", Refusal::Polyglot, inside.classic()),
        ("an archive before it", Refusal::TypeMismatch, [word, honest.clone()].concat()),
        ("an object within a stream", Refusal::Polyglot, object.classic()),
        ("a page within it", Refusal::Polyglot, page.classic()),
        ("a page in a comment", Refusal::Polyglot, header("%<!DOCTYPE html><HTML>")),
        ("a script in a comment", Refusal::Polyglot, header("%<ScRiPt>")),
        ("a page before it", Refusal::TypeMismatch, [b"<html>", honest.as_slice()].concat()),
        ("a blank before it", Refusal::TypeMismatch, [b"\n", honest.as_slice()].concat()),
        ("a byte order mark before it", Refusal::TypeMismatch, [b"\xef\xbb\xbf", honest.as_slice()].concat()),
        ("bytes after it", Refusal::Damaged, [honest.as_slice(), b"MZ"].concat()),
        ("a comment after it", Refusal::Damaged, [honest.as_slice(), b"% more"].concat()),
        (
            "another PDF after it",
            Refusal::Damaged,
            [honest.clone(), Pdf::of_pages(2, "", "").classic()].concat(),
        ),
        ("larger than the contract", Refusal::TooLarge, [honest.as_slice(), &vec![b' '; 4_000_000]].concat()),
    ]
}
