//! PDFs: by a library, and by hand as old and new writers write them.

use attachment::Kind;
use lopdf::{Document, Object, Stream, dictionary};

use crate::honest_docx::png;
use crate::pdf::{Pdf, flate, newest, revised, stream};

pub(crate) fn all() -> Vec<(String, Kind, Vec<u8>)> {
    let mut files: Vec<_> =
        (0..60).map(|seed| (format!("lopdf {seed}"), Kind::Pdf, by_library(seed))).collect();
    for pages in [1, 2, 3, 5, 8, 13, 21, 34, 49, 50] {
        for (label, catalogue, page) in said() {
            let pdf = Pdf::of_pages(pages, catalogue, page);
            files.push((format!("{label}, {pages} pages"), Kind::Pdf, pdf.classic()));
            files.push((format!("{label}, {pages} pages, packed"), Kind::Pdf, pdf.packed()));
        }
    }
    for (label, bytes) in by_hand() {
        files.push((label.to_owned(), Kind::Pdf, bytes));
    }
    files
}

/// What honest documents say in their catalogue and in their pages.
fn said() -> [(&'static str, &'static str, &'static str); 7] {
    [
        ("plain", "", ""),
        ("opens at a place", "/OpenAction[5 0 R/Fit]/PageMode/UseOutlines", "/Rotate 0"),
        ("goes to a place", "/OpenAction<</Type/Action/S/GoTo/D[5 0 R/XYZ 0 842 1.5]>>", ""),
        (
            "links",
            "/Lang(fr-FR)/URI<</Base(https://exemple.invalid/)>>",
            "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://exemple.invalid/\\(a\\))>>>>\
             <</Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI<6D61696C746F3A6140622E66>>>>>\
             <</Subtype/Link/Rect[0 0 1 1]/Dest[5 0 R/Fit]>>]",
        ),
        (
            "tagged",
            "/MarkInfo<</Marked true>>/StructTreeRoot<</K[<</S/P/K 0>><</S/Span/K 1>>]>>",
            "/StructParents 0",
        ),
        (
            "a form",
            "/AcroForm<</Fields[]/NeedAppearances true>>/Names<</Dests<</Names[(a)[5 0 R/Fit]]>>>>",
            "/Tabs/S",
        ),
        (
            "names like those of others",
            "/X<</Font/JS/Note(/JavaScript)/Alt(<</S /Launch>>)>>",
            "/Y[/JavaScript/AA]",
        ),
    ]
}

fn by_library(seed: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let picture = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 20, "Height" => 20,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8 },
        png(20, 20),
    ));
    let link = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 99.into(), 20.into()],
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://exemple.invalid/\u{e9}(x)") },
    });
    let pages: Vec<Object> = (0..=seed % 7)
        .map(|page| {
            let text = format!("BT /F1 11 Tf 50 800 Td (Exp\\351rience {page}) Tj ET\n").repeat(1 + seed);
            let text = document.add_object(Stream::new(dictionary! {}, text.into_bytes()));
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => text, "Annots" => vec![link.into()],
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "P" => picture } } };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(pages.len()).unwrap();
    document
        .objects
        .insert(tree, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => count }.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    if seed.is_multiple_of(2) {
        document.compress();
    }
    let mut out = Vec::new();
    if seed.is_multiple_of(3) {
        document.save_modern(&mut out).unwrap();
    } else {
        document.save_to(&mut out).unwrap();
    }
    out
}

fn by_hand() -> Vec<(&'static str, Vec<u8>)> {
    let one = || Pdf::of_pages(1, "", "");
    let with = |object: Vec<u8>| {
        let mut pdf = one();
        pdf.add(object);
        pdf
    };
    let mut elsewhere = one();
    elsewhere.add(b"<</Length 7 0 R/Filter 8 0 R>>\nstream\nFF>\nendstream".to_vec());
    elsewhere.add("3");
    elsewhere.add("[/ASCIIHexDecode]");
    let first = one().classic();
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Rotate 90>>";
    let second = revised(&first, newest(&first), 5, page, "");
    let third = revised(&second, newest(&second), 4, &stream("", b"BT ET"), "/Info 3 0 R");
    let mut crlf = first.clone();
    crlf.extend(b"\r\n\0\0");
    vec![
        ("two revisions", second),
        ("three revisions", third),
        ("blanks at the end", crlf),
        ("what it needs stands elsewhere", elsewhere.classic()),
        ("what it needs is packed", elsewhere.packed()),
        (
            "letters of 85",
            with(stream("/Filter[/ASCII85Decode/FlateDecode]", b"Garg^;/d!'EZ.h$!*Z6JDZ~>")).classic(),
        ),
        ("nothing compressed", with(stream("/Filter/FlateDecode", b"")).classic()),
        ("a photo", with(stream("/Subtype/Image/Filter/DCTDecode", &[0xff; 90_000])).classic()),
        ("a page as a picture", with(flate("/Subtype/Image", &vec![255; 26_000_000])).classic()),
        (
            "metadata",
            with(stream("/Type/Metadata/Subtype/XML", b"<?xpacket begin=''?><x:xmpmeta/>")).classic(),
        ),
    ]
}
