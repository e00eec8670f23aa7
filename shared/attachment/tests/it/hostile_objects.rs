//! PDFs that hold what none may, in each place, form and spelling.

use attachment::Kind;

use crate::hostile::{Hostile, hostile};
use crate::pdf::{Pdf, flate, newest, put, revised, stream};
use crate::poisons::{POISONS, SPELLINGS};

pub(crate) fn all() -> Vec<Hostile> {
    let mut files = Vec::new();
    for (poison, refusal) in POISONS {
        for (spelling, spell) in SPELLINGS.iter().enumerate() {
            let poison = spell(poison);
            for (form, bytes) in forms(&poison) {
                files.push(hostile(
                    format!("{form}, spelling {spelling}: {poison}"),
                    Kind::Pdf,
                    refusal,
                    bytes,
                ));
            }
        }
    }
    files
}

fn forms(poison: &str) -> Vec<(&'static str, Vec<u8>)> {
    let in_catalogue = Pdf::of_pages(1, poison, "");
    let in_page = Pdf::of_pages(1, "", poison);
    let mut unused = Pdf::of_pages(1, "", "");
    unused.add(format!("<</Kept[<<{poison}>>]>>"));
    let honest = Pdf::of_pages(1, "", "").classic();
    let object = format!("<</Type/Catalog/Pages 2 0 R{poison}>>");
    vec![
        ("in the catalogue", in_catalogue.classic()),
        ("packed", in_catalogue.packed()),
        ("in a page", in_page.classic()),
        ("in an object that is not used", unused.classic()),
        ("in a newer revision", revised(&honest, newest(&honest), 1, object.as_bytes(), "")),
        ("in an older revision", hidden_by_a_revision(poison)),
        ("in no table", in_no_table(poison)),
        ("in the dictionary of a stream", in_a_stream(poison)),
    ]
}

fn hidden_by_a_revision(poison: &str) -> Vec<u8> {
    let first = Pdf::of_pages(1, poison, "").packed();
    revised(&first, newest(&first), 1, b"<</Type/Catalog/Pages 2 0 R>>", "")
}

/// A stream of packed objects that no table names, in a file that is otherwise honest.
fn in_no_table(poison: &str) -> Vec<u8> {
    let mut pdf = Pdf::of_pages(1, "", "");
    let inside = format!("90 0 <<{poison}>>");
    pdf.add(flate("/Type/ObjStm/N 1/First 5", inside.as_bytes()));
    pdf.classic()
}

fn in_a_stream(poison: &str) -> Vec<u8> {
    let mut pdf = Pdf::of_pages(1, "", "");
    pdf.add(stream(poison, b"x"));
    let mut out = pdf.classic();
    // And a revision that is honest: what was inspected is not only the newest.
    let at = newest(&out);
    let table_at = {
        put(&mut out, 60, b"null");
        out.len()
    };
    out.extend(
        format!("xref\n0 0\ntrailer\n<</Size 61/Root 1 0 R/Prev {at}>>\nstartxref\n{table_at}\n%%EOF\n")
            .as_bytes(),
    );
    out
}
