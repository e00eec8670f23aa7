//! PDFs whose tables lead elsewhere than to what is there, or into streams of objects that are no such thing.

use attachment::Refusal;

use crate::bombs::zlib_zeros;
use crate::pdf::{Pdf, flate, newest, revised, stream};

/// Streams of objects that are no such thing, which the table names.
pub(crate) fn packed() -> Vec<(&'static str, Refusal, Vec<u8>)> {
    let written = |holding: Vec<u8>| {
        let mut pdf = Pdf::of_pages(1, "", "");
        pdf.add("null");
        pdf.with_table_stream(&[(7, holding)], |number| (number == 6).then_some(7))
    };
    let many = (0..9).map(|n| format!("{} 0 ", n + 10)).collect::<String>();
    let objects = |index: &str, inside: &str, count: usize| {
        flate(&format!("/Type/ObjStm/N {count}/First {}", index.len()), format!("{index}{inside}").as_bytes())
    };
    let bomb = |filter: &str| stream(&format!("/Type/ObjStm/N 1/First 4/Filter{filter}"), &zlib_zeros(700));
    vec![
        ("a bomb of objects", Refusal::TooLargeInflated, written(bomb("/FlateDecode"))),
        ("one in another", Refusal::TooCompressed, written(bomb("[/FlateDecode/FlateDecode]"))),
        ("objects in letters", Refusal::UnsupportedCompression, written(bomb("/ASCIIHexDecode"))),
        ("objects in one place", Refusal::Damaged, written(objects(&many, "<</JS(x)>>", 9))),
        (
            "an object within another",
            Refusal::Damaged,
            written(objects("6 0 8 2 ", "(( /S /JavaScript))", 2)),
        ),
        ("more than one value", Refusal::Damaged, written(objects("6 0 ", "1 <</S/JavaScript>>", 1))),
        ("more than there are", Refusal::Damaged, written(objects("6 0 ", "1", 900))),
        ("very many more", Refusal::TooManyObjects, written(objects("6 0 ", "1", 90_000_000_000))),
        ("one number twice", Refusal::Damaged, written(objects("6 0 6 2 ", "1 2", 2))),
        ("beyond the end", Refusal::Damaged, written(objects("6 900 ", "1", 1))),
        (
            "not compressed",
            Refusal::Script,
            written(stream("/Type/ObjStm/N 1/First 4", b"6 0 <</S/JavaScript>>")),
        ),
        ("without its type", Refusal::Script, written(flate("/N 1/First 4", b"6 0 <</S/JavaScript>>"))),
    ]
}

/// Tables that lead elsewhere than to what is there.
pub(crate) fn tables() -> Vec<(&'static str, Vec<u8>)> {
    let honest = Pdf::of_pages(1, "", "").classic();
    let at = newest(&honest);
    let text = |from: &str, to: &str| {
        let start = honest.windows(from.len()).rposition(|bytes| bytes == from.as_bytes()).unwrap();
        [&honest[..start], to.as_bytes(), &honest[start + from.len()..]].concat()
    };
    let mut hidden = Pdf::of_pages(1, "", "");
    hidden.objects[3] =
        stream("", b"(\n9 0 %\nobj\n<</Type/Catalog/Pages 2 0 R/OpenAction 8 0 R>>\nendobj\n)");
    let hidden = hidden.classic();
    let inside = hidden.windows(5).position(|bytes| bytes == b"9 0 %").unwrap();
    let start = newest(&hidden);
    let to_hidden = format!(
        "xref\n9 1\n{inside:010} 00000 n \ntrailer\n<</Size 10/Root 9 0 R/Prev {start}>>\nstartxref\n{}\n%%EOF\n",
        hidden.len()
    );
    vec![
        ("no table", text("startxref", "startxrex")),
        ("beyond the end", text(&format!("startxref\n{at}"), "startxref\n99999999")),
        ("in a circle", text("/Size", &format!("/Prev {at}/Size"))),
        ("a huge count", text("0 6\n", "0 4294967295\n")),
        ("a count too many", text("0 6\n", "0 7\n")),
        ("a negative number", text("0 6\n", "-1 6\n")),
        ("no catalogue", text("/Root", "/Ruut")),
        ("a place that is none", text("00000 n \ntrailer", "00000 n \n0000000020 00000 n \ntrailer")),
        ("an object within a stream", [hidden, to_hidden.into_bytes()].concat()),
        ("another object's place", text("0000000015 00000 n", "0000000060 00000 n")),
        ("bytes between objects", text("endobj\nxref", "endobj\nMZ xref")),
        ("an object that does not end", text("endobj\nxref", "xref")),
        ("a revision of nothing", revised(&honest, at + 3, 1, b"null", "")),
        ("a revision of the end", revised(&honest, 99_999_999, 1, b"null", "")),
    ]
}
