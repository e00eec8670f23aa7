//! Whatever the input is.

use std::io::Read;

use attachment::{AttachmentName, DataUrl, Kind, inspect};
use flate2::read::DeflateDecoder;
use proptest::prelude::*;

use crate::document::docx;
use crate::pdf::Pdf;

/// Pieces from which something like a PDF is made.
const PIECES: [&str; 24] = [
    "1 0 obj",
    "endobj",
    "<<",
    ">>",
    "[",
    "]",
    "/Type",
    "/ObjStm",
    "/Kids",
    "/Pages",
    "/Root",
    "1 0 R",
    "2 0 R",
    "stream\n",
    "endstream",
    "xref\n",
    "trailer",
    "startxref\n",
    "%%EOF",
    "/Length 3",
    "(a",
    ")",
    "<4",
    "/#4a",
];

fn changed(mut bytes: Vec<u8>, changes: &[(usize, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let length = bytes.len();
        bytes[at % length] = *byte;
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(start in 0..3_usize, bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let bytes = [[&b""[..], b"%PDF-1.4\n", b"PK\x03\x04"][start], &bytes].concat();
        let _ = inspect(Kind::Pdf, &bytes);
        let _ = inspect(Kind::Docx, &bytes);
    }

    #[test]
    fn no_pieces_of_a_pdf_make_it_panic(pieces in prop::collection::vec(0..PIECES.len(), 0..60), number in 0..200_u32) {
        let text: Vec<&str> = pieces.iter().map(|piece| PIECES[*piece]).collect();
        let text = format!("%PDF-1.4\n{}\nstartxref\n{number}\n%%EOF", text.join(" "));
        let _ = inspect(Kind::Pdf, text.as_bytes());
    }

    #[test]
    fn no_change_of_an_honest_file_makes_it_panic(changes in prop::collection::vec(any::<(usize, u8)>(), 1..8)) {
        let pdf = Pdf::of_pages(3, "/OpenAction[5 0 R/Fit]", "");
        let _ = inspect(Kind::Pdf, &changed(pdf.classic(), &changes));
        let _ = inspect(Kind::Pdf, &changed(pdf.packed(), &changes));
        let _ = inspect(Kind::Docx, &changed(docx(vec![]), &changes));
    }

    #[test]
    fn no_text_is_a_name_that_leads_elsewhere(typed in "\\PC{0,40}|[./\\\\a\u{202e}\r\n]{0,20}", extension in "\\.(pdf|DOCX)") {
        if let Ok(name) = AttachmentName::parse(&format!("{typed}{extension}")) {
            let file_name = name.file_name();
            prop_assert!(!file_name.contains(['/', '\\', ':', '"', ';', '\r', '\n']));
            prop_assert!(!file_name.starts_with('.') && file_name.chars().count() <= 100);
            let extension = format!(".{}", name.kind().extension());
            prop_assert!(file_name.ends_with(&extension));
        }
    }

    #[test]
    fn no_text_makes_a_data_url_panic(text in "(data:)?(application/pdf)?;?(base64)?,?\\PC{0,40}") {
        let _ = DataUrl::parse(&text);
    }
}

/// A bit of an archive that is flipped is seen, or it is one that says nothing of the document: times, versions, rights.
#[test]
fn a_flipped_bit_is_refused_or_changes_nothing_of_the_document() {
    let honest = docx(vec![]);
    let contents = crate::document::with(vec![]);
    let mut taken = 0;
    for at in 0..honest.len() * 8 {
        let mut flipped = honest.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        if inspect(Kind::Docx, &flipped).is_ok() {
            taken += 1;
            for entry in &contents {
                let name = flipped.windows(entry.name.len()).position(|bytes| bytes == entry.name).unwrap();
                let mut content = Vec::new();
                DeflateDecoder::new(&flipped[name + entry.name.len()..]).read_to_end(&mut content).unwrap();
                assert!(content == entry.content, "bit {at}");
            }
        }
    }
    // Four entries, and what each says twice: version, time, date, and once rights and attributes.
    assert!(taken < 4 * 8 * 40, "{taken}");
}
