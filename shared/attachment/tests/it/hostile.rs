//! All hostile files, together.

use attachment::{Kind, Refusal, check_type, inspect};

use crate::{hostile_archives, hostile_objects, hostile_parts, hostile_pdfs};

/// A file that may not pass.
pub(crate) struct Hostile {
    pub(crate) label: String,
    pub(crate) kind: Kind,
    /// None where any will do: what a cut file is first missed for depends on where it is cut.
    pub(crate) refusal: Option<Refusal>,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn hostile(
    label: impl Into<String>,
    kind: Kind,
    refusal: impl Into<Option<Refusal>>,
    bytes: Vec<u8>,
) -> Hostile {
    Hostile { label: label.into(), kind, refusal: refusal.into(), bytes }
}

fn all() -> Vec<Hostile> {
    let mut files = hostile_objects::all();
    files.extend(hostile_pdfs::all());
    files.extend(hostile_archives::all());
    files.extend(hostile_parts::all());
    files
}

#[test]
#[ignore = "writes the files into HOSTILE_DIR, to be timed by the example `check`"]
fn hostile_files_are_written_down() {
    let folder =
        std::path::PathBuf::from(std::env::var_os("HOSTILE_DIR").expect("HOSTILE_DIR names a folder"));
    for (number, file) in all().iter().enumerate() {
        std::fs::write(folder.join(format!("{number:04}.{}", file.kind.extension())), &file.bytes).unwrap();
    }
}

#[test]
fn none_of_more_than_five_hundred_hostile_files_is_accepted() {
    let files = all();
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let answer =
                check_type(file.kind, file.kind, &file.bytes).and_then(|kind| inspect(kind, &file.bytes));
            let is_right = answer.is_err_and(|refusal| file.refusal.is_none_or(|wanted| wanted == refusal));
            (!is_right).then(|| format!("{}: {answer:?} instead of {:?}", file.label, file.refusal))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), files.len(), wrong.join("\n"));
    assert!(files.len() >= 500, "{}", files.len());
}

#[test]
fn a_file_that_lies_about_its_type_is_refused() {
    let (pdf, docx) = (crate::pdf::Pdf::of_pages(1, "", "").classic(), crate::document::docx(vec![]));
    for (name, declared, bytes) in [
        (Kind::Pdf, Kind::Pdf, &docx),
        (Kind::Docx, Kind::Docx, &pdf),
        (Kind::Pdf, Kind::Docx, &pdf),
        (Kind::Docx, Kind::Pdf, &pdf),
        (Kind::Pdf, Kind::Docx, &docx),
    ] {
        assert_eq!(check_type(name, declared, bytes), Err(Refusal::TypeMismatch));
    }
    assert_eq!(inspect(Kind::Pdf, &docx), Err(Refusal::TypeMismatch));
    assert_eq!(inspect(Kind::Docx, &pdf), Err(Refusal::TypeMismatch));
}
