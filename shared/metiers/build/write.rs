//! Writes the index as Rust: constants that the compiler checks and the linker lays out.

use std::error::Error;
use std::fmt::{Display, Write as _};
use std::fs;
use std::path::Path;

use super::index::{Index, Lists};

/// Writes it.
pub(crate) fn write(index: &Index, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = String::new();
    texts(&mut out, "NAMES", &index.names)?;
    texts(&mut out, "WORDS", &index.words)?;
    texts(&mut out, "ROME_CODES", &index.rome_codes)?;
    texts(&mut out, "DOMAIN_CODES", &index.domain_codes)?;
    texts(&mut out, "CODES", &index.codes)?;
    for (name, numbers) in [
        ("ROME_NAMES", &index.rome_names),
        ("ROME_METIERS", &index.rome_metiers),
        ("METIER_NAMES", &index.metier_names),
        ("DIPLOMA_NAMES", &index.diploma_names),
        ("DOMAIN_NAMES", &index.domain_names),
        ("ENTRY_NAMES", &index.entry_names),
        ("ENTRY_WORDS", &index.entry_words),
        ("ENTRY_CODES", &index.entry_codes),
        ("CODE_ENTRIES", &index.code_entries),
    ] {
        writeln!(out, "pub(crate) static {name}: &[u16] = {};", array(numbers))?;
    }
    writeln!(out, "pub(crate) static ENTRY_KINDS: &[u8] = {};", array(&index.entry_kinds))?;
    for (name, all) in [
        ("METIER_ROMES", &index.metier_romes),
        ("METIER_RNCPS", &index.metier_rncps),
        ("DIPLOMA_ROMES", &index.diploma_romes),
        ("DIPLOMA_RNCPS", &index.diploma_rncps),
        ("ENTRY_ROMES", &index.entry_romes),
        ("ENTRY_METIERS", &index.entry_metiers),
        ("ENTRY_DIPLOMAS", &index.entry_diplomas),
        ("ROME_ENTRIES", &index.rome_entries),
        ("POSTINGS", &index.postings),
    ] {
        lists(&mut out, name, all)?;
    }
    fs::write(path, out)?;
    Ok(())
}

fn texts(out: &mut String, name: &str, all: &[String]) -> Result<(), Box<dyn Error>> {
    let starts = starts(all.iter().map(String::len))?;
    let text = all.concat();
    writeln!(out, "pub(crate) static {name}: Texts = Texts {{ text: {text:?}, starts: &{starts} }};")?;
    Ok(())
}

fn lists(out: &mut String, name: &str, all: &Lists) -> Result<(), Box<dyn Error>> {
    let starts = starts(all.iter().map(Vec::len))?;
    let items = array(&all.concat());
    writeln!(out, "pub(crate) static {name}: Lists = Lists {{ items: {items}, starts: &{starts} }};")?;
    Ok(())
}

/// Where each begins, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> Result<String, Box<dyn Error>> {
    let mut starts = vec![0];
    let mut end = 0;
    for length in lengths {
        end += u32::try_from(length)?;
        starts.push(end);
    }
    Ok(array(&starts).trim_start_matches('&').to_owned())
}

fn array<T: Display>(numbers: &[T]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("&[{}]", numbers.join(","))
}
