//! The committed tables, read anew, and typing errors.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use metiers::{Metier, Query};

/// Rows of a table of `data/`.
pub(crate) fn rows(file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

/// Each code of the ROME with its label.
pub(crate) fn trades() -> Vec<(String, String)> {
    rows("romes.csv")
}

/// Each trade's names, its label among them.
pub(crate) fn names() -> Vec<(String, String)> {
    [trades(), rows("appellations.csv")].concat()
}

/// Every métier's name.
pub(crate) fn labels() -> Vec<&'static str> {
    Metier::all().map(Metier::label).collect()
}

pub(crate) fn search(title: &str) -> Vec<Metier> {
    Metier::search(Query { title: Some(title), ..Query::default() })
}

/// Whether the title finds a métier of the trade.
pub(crate) fn finds(title: &str, rome: &str) -> bool {
    search(title).into_iter().any(|metier| metier.romes().any(|one| one == rome))
}

/// The label with one word of five letters or more mistyped, in four ways for each word; and whether what is typed
/// can be read as the beginning of another word of the tables.
pub(crate) fn mistyped(label: &str) -> Vec<(String, bool)> {
    // One key types two letters there, and the search takes it for two.
    let label = label.replace('œ', "oe").replace('Œ', "Oe");
    let words: Vec<&str> =
        label.split([' ', '/', '\'', '’', '-', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.chars().count() >= 5) {
        let letters: Vec<char> = word.chars().collect();
        let middle = letters.len() / 2;
        let mut swapped = letters.clone();
        swapped.swap(middle, middle - 1);
        let mut other = letters.clone();
        other[middle] = 'w';
        let (mut missing, mut more) = (letters.clone(), letters.clone());
        missing.remove(middle);
        more.insert(middle, 'k');
        for typed in [swapped, other, missing, more].map(|letters| letters.into_iter().collect::<String>()) {
            let lower = typed.to_lowercase();
            let readable = KNOWN.range(lower.clone()..).next().is_some_and(|known| known.starts_with(&lower));
            let mut words: Vec<&str> = words.clone();
            words[at] = &typed;
            all.push((words.join(" "), readable));
        }
    }
    all
}

/// Every word of the tables.
static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let texts = names().into_iter().map(|(_, name)| name).chain(labels().into_iter().map(str::to_owned));
    let words = |text: String| {
        let words = text.to_lowercase();
        words.split(|char: char| !char.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
    };
    texts.flat_map(words).collect()
});
