//! Word documents: by a library, and by hand as other writers write them.

use attachment::Kind;
use docx_rs::{
    Docx, Footer, Hyperlink, HyperlinkType, PageNum, Paragraph, Pic, Run, Table, TableCell, TableRow,
};

use crate::archive::{Entry, crc, deflated, entry, size, write, zlib};
use crate::document::{body, content_types, paragraph, parts, relation, relations, with};

pub(crate) fn all() -> Vec<(String, Kind, Vec<u8>)> {
    let mut files: Vec<_> =
        (0..80).map(|seed| (format!("docx-rs {seed}"), Kind::Docx, by_library(seed))).collect();
    for (label, bytes) in by_hand() {
        files.push((label.to_owned(), Kind::Docx, bytes));
    }
    files
}

fn by_library(seed: usize) -> Vec<u8> {
    let text = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
    let link = |target: &str| {
        Paragraph::new().add_hyperlink(
            Hyperlink::new(target, HyperlinkType::External).add_run(Run::new().add_text(target)),
        )
    };
    let mut docx = Docx::new()
        .add_paragraph(text("Élodie Lefèvre, boulangère à L'Haÿ-les-Roses"))
        .add_paragraph(link(&format!("https://www.exemple.invalid/in/candidat-{seed}?a=1&b=2")))
        .add_paragraph(link(&format!("mailto:candidat{seed}@exemple.invalid")))
        .footer(Footer::new().add_paragraph(text("Page").add_page_num(PageNum::new())));
    for page in 0..seed % 6 {
        docx = docx.add_paragraph(
            text(&format!("Expérience {page} : 12 000 € – « façonnage »")).page_break_before(true),
        );
        let rows = (0..seed % 17).map(|row| {
            let cell = |value: String| TableCell::new().add_paragraph(text(&value));
            TableRow::new(vec![cell(format!("20{row:02}")), cell("Accueil & caisse <midi>".into())])
        });
        docx = docx.add_table(Table::new(rows.collect()));
    }
    if seed.is_multiple_of(2) {
        let picture = Pic::new_with_dimensions(png(20 + seed, 30), 20, 30);
        docx = docx.add_paragraph(Paragraph::new().add_run(Run::new().add_image(picture)));
    }
    let mut file = std::io::Cursor::new(Vec::new());
    docx.build().pack(&mut file).unwrap();
    file.into_inner()
}

/// A picture with noise, so that it is compressed as little as a photo.
pub(crate) fn png(width: usize, height: usize) -> Vec<u8> {
    let mut rows = Vec::new();
    for row in 0..height {
        rows.push(0);
        rows.extend(
            (0..width * 3).map(|n| (n.wrapping_mul(2_654_435_761).wrapping_add(row * 97) >> 7) as u8),
        );
    }
    let chunk = |kind: &[u8], data: &[u8]| {
        let named = [kind, data].concat();
        [&size(data).to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
    };
    let head = [&(width as u32).to_be_bytes()[..], &(height as u32).to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &zlib(&rows)), &chunk(b"IEND", b"")]
        .concat()
}

fn by_hand() -> Vec<(&'static str, Vec<u8>)> {
    let described = |mark: &[u8], wide: bool| {
        let mut parts = parts(5);
        for part in &mut parts {
            let numbers = [crc(&part.content), size(&deflated(&part.content)), size(&part.content)];
            let after = numbers.iter().enumerate().flat_map(|(at, number)| {
                let width = if wide && at > 0 { 8 } else { 4 };
                [&number.to_le_bytes()[..], &[0; 4]].concat().into_iter().take(width)
            });
            part.flags = 8;
            part.after = mark.iter().copied().chain(after).collect();
        }
        write(&parts, b"")
    };
    let utf16 = |text: &str, mark: u16, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        [mark].into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    let item = "<?xml version=\"1.0\" encoding=\"utf-16\"?><é/>";
    let links = [
        "https://exemple.invalid/",
        "mailto:a@exemple.invalid",
        "tel:+33102030405",
        "www.exemple.invalid",
        "#haut",
    ];
    let links: String = links.iter().map(|target| relation("hyperlink", target, Some("External"))).collect();
    let fields = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://exemple.invalid\" \
         </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:fldSimple w:instr=' PAGE '/></w:p>";
    let mut by_default = parts(3);
    by_default[0].content = content_types("").into_bytes();
    vec![
        ("sizes after the data", described(b"PK\x07\x08", false)),
        ("the same without a mark", described(b"", false)),
        ("the same of 64 bits", described(b"PK\x07\x08", true)),
        (
            "not compressed",
            write(&parts(9).into_iter().map(|e| Entry { is_stored: true, ..e }).collect::<Vec<_>>(), b""),
        ),
        ("folders", write(&with(vec![entry("word/media/", ""), entry("customXml/", "")]), b"")),
        (
            "names of UTF-8",
            write(&with(vec![Entry { flags: 1 << 11, ..entry("word/média.xml", "<a/>") }]), b""),
        ),
        (
            "UTF-16",
            write(&with(vec![entry("customXml/item1.xml", utf16(item, 0xfeff, u16::to_le_bytes))]), b""),
        ),
        (
            "UTF-16, the other",
            write(&with(vec![entry("customXml/item1.xml", utf16(item, 0xfeff, u16::to_be_bytes))]), b""),
        ),
        (
            "a mark",
            write(
                &with(vec![entry("word/a.xml", "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>")]),
                b"",
            ),
        ),
        ("links", write(&with(vec![entry("word/_rels/document.xml.rels", relations(&links))]), b"")),
        ("fields", write(&with(vec![entry("word/document.xml", body(fields))]), b"")),
        (
            "fifty pages",
            write(&with(vec![entry("word/document.xml", body(&paragraph("Long texte.").repeat(4000)))]), b""),
        ),
        ("a photo", write(&with(vec![entry("word/media/image1.png", png(900, 1000))]), b"")),
        (
            "a font",
            write(&with(vec![entry("word/fonts/a.ttf", [b"\0\x01\0\0", &[7; 5000][..]].concat())]), b""),
        ),
        ("other names", write(&by_default, b"")),
    ]
}
