//! What bytes are, by how they begin.

use crate::{Kind, Refusal};

/// Readers of PDF look for the header this far (ISO 32000-1, implementation note 13), browsers guess HTML about as far.
const GUESSED: usize = 1024;

/// How HTML, SVG, PHP and shell scripts begin, lower-case.
const PROGRAMS: [&[u8]; 8] =
    [b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg", b"<?php"];

/// The kind on which the name of a file, its declared type and its first bytes agree.
///
/// Both magic numbers must be at the very beginning. Readers of PDF take a byte order mark, blanks or anything else
/// before theirs, and so do polyglots; writers write none.
pub fn check_type(name: Kind, declared: Kind, bytes: &[u8]) -> Result<Kind, Refusal> {
    let agree = name == declared && bytes.starts_with(magic(name));
    if agree { Ok(name) } else { Err(Refusal::TypeMismatch) }
}

/// Whether the bytes begin as that kind and hold nothing by which another reader takes them for something else. Those
/// of ZIP look for their mark from the end of the file, so that it is looked for everywhere.
pub(crate) fn check_single(kind: Kind, bytes: &[u8]) -> Result<(), Refusal> {
    if !bytes.starts_with(magic(kind)) {
        return Err(Refusal::TypeMismatch);
    }
    let is_other = match kind {
        Kind::Pdf => {
            let start = bytes.get(..GUESSED).unwrap_or(bytes).to_ascii_lowercase();
            is_zip_within(bytes) || PROGRAMS.iter().any(|program| find(&start, program).is_some())
        }
        Kind::Docx => find(bytes, magic(Kind::Pdf)).is_some(),
    };
    if is_other { Err(Refusal::Polyglot) } else { Ok(()) }
}

const fn magic(kind: Kind) -> &'static [u8] {
    match kind {
        Kind::Pdf => b"%PDF-",
        Kind::Docx => b"PK\x03\x04",
    }
}

/// Whether an end record of ZIP of a single disk is anywhere. Its eight bytes are not there by chance.
fn is_zip_within(bytes: &[u8]) -> bool {
    find(bytes, b"PK\x05\x06\0\0\0\0").is_some() || find(bytes, b"PK\x05\x06\xff\xff\xff\xff").is_some()
}

/// Where a mark is first. The first byte is looked for alone, which is what keeps this quick.
pub(crate) fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark.first()?;
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let step = rest.iter().position(|byte| byte == first)?;
        if rest.get(step..)?.starts_with(mark) {
            return Some(at + step);
        }
        at += step + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_when_all_three_agree() {
        assert_eq!(check_type(Kind::Pdf, Kind::Pdf, b"%PDF-1.7"), Ok(Kind::Pdf));
        assert_eq!(check_type(Kind::Docx, Kind::Docx, b"PK\x03\x04.."), Ok(Kind::Docx));
        for (name, declared, bytes) in [
            (Kind::Pdf, Kind::Docx, &b"%PDF-1.7"[..]),
            (Kind::Docx, Kind::Pdf, b"%PDF-1.7"),
            (Kind::Docx, Kind::Docx, b"%PDF-1.7"),
            (Kind::Pdf, Kind::Pdf, b"PK\x03\x04"),
            (Kind::Pdf, Kind::Pdf, b"\xef\xbb\xbf%PDF-1.7"),
            (Kind::Pdf, Kind::Pdf, b"\n%PDF-1.7"),
            (Kind::Pdf, Kind::Pdf, b""),
        ] {
            assert_eq!(check_type(name, declared, bytes), Err(Refusal::TypeMismatch));
        }
    }

    #[test]
    fn a_mark_is_found_wherever_it_is() {
        assert_eq!(find(b"aaab", b"ab"), Some(2));
        assert_eq!(find(b"ab", b"abc"), None);
        assert_eq!(find(b"", b"a"), None);
    }
}
