//! What it takes to refuse.

use attachment::{Kind, Refusal, inspect};

use crate::archive::{Entry, entry};
use crate::bombs::{zeros, zlib_zeros};
use crate::document::{body, docx, paragraph};
use crate::pdf::{Pdf, stream};

/// In bytes.
const MOST: u64 = 64_000_000;

fn peak(kind: Kind, bytes: &[u8]) -> (Result<(), Refusal>, u64) {
    let mut answer = Ok(());
    let spent = allocation_counter::measure(|| answer = inspect(kind, bytes));
    eprintln!("{kind:?} of {} bytes: {answer:?}, {} bytes at once", bytes.len(), spent.bytes_max);
    (answer, spent.bytes_max)
}

#[test]
fn a_bomb_of_700_megabytes_is_refused_within_64_megabytes_of_memory() {
    for (name, declared) in
        [("word/document.xml", 0), ("word/document.xml", 9_000_000), ("word/media/a.png", 1)]
    {
        let part = Entry { data: Some(zeros(700)), inflated: Some(declared), ..entry(name, "") };
        let bomb = docx(vec![part]);
        assert!(bomb.len() < 800_000, "{}", bomb.len());
        let (answer, bytes) = peak(Kind::Docx, &bomb);
        assert!(answer.is_err() && bytes < MOST, "{answer:?} {bytes}");
    }
    let mut pdf = Pdf::of_pages(1, "", "");
    pdf.add(stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &zlib_zeros(700)));
    let (answer, bytes) = peak(Kind::Pdf, &pdf.classic());
    assert!(answer == Err(Refusal::TooLargeInflated) && bytes < MOST, "{answer:?} {bytes}");
}

#[test]
fn what_is_as_large_as_it_may_be_takes_no_more_either() {
    let text = body(&paragraph("Expérience").repeat(270_000));
    let noise: String =
        (0_u64..100_000).map(|n| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let document =
        docx(vec![entry("word/document.xml", text), entry("word/a.xml", format!("<a>{noise}</a>"))]);
    let (answer, bytes) = peak(Kind::Docx, &document);
    assert!(bytes < MOST, "{answer:?} {bytes}");

    let numbers = "0 ".repeat(1_400_000);
    for object in [
        format!("[{numbers}]"),
        format!("<<{}>>", "/A 0".repeat(700_000)),
        "<<".repeat(1_400_000),
        format!("[{}]", "<</URI 9 0 R>>".repeat(200_000)),
        format!("[{}]", (0..150_000).map(|n| format!("<</URI {n} 0 R>>")).collect::<String>()),
    ] {
        let mut pdf = Pdf::of_pages(1, "", "");
        pdf.add(object);
        for bytes in [pdf.classic(), pdf.packed()] {
            let (answer, bytes) = peak(Kind::Pdf, &bytes);
            assert!(bytes < MOST, "{answer:?} {bytes}");
        }
    }
    let mut pdf = Pdf::of_pages(1, "", "");
    for _ in 0..140_000 {
        pdf.add("1");
    }
    for bytes in [pdf.classic(), pdf.packed()] {
        let (answer, bytes) = peak(Kind::Pdf, &bytes);
        assert!(bytes < MOST, "{answer:?} {bytes}");
    }
}
