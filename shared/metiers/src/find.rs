//! Finds the entries that a typed term stands for.

use crate::index::{ENTRY_KINDS, POSTINGS, WORDS};
use crate::text;
use crate::typo::begins_with_typo;

/// The most terms of one search that count: no trade's name has more words, and a text of 10 KB shall cost no more
/// than one of a line.
const MAX_TERMS: usize = 12;
/// A word of so many letters or fewer (le, de, en…) counts only where it comes first (contract 1.9).
const SHORT: usize = 2;

/// How well a word stands for a term, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quality {
    /// It is the term.
    Exact,
    /// It begins with the term, or lacks its plural ending.
    Prefix,
    /// It begins with the term but for one typing error.
    Typo,
}

/// An entry, and how well it has one term.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) entry: u16,
    pub(crate) quality: Quality,
}

/// The terms of a typed text, each once, in order.
pub(crate) fn terms(typed: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for (place, word) in text::words(typed).enumerate() {
        if terms.len() < MAX_TERMS && (place == 0 || word.chars().count() > SHORT) && !terms.contains(&word) {
            terms.push(word);
        }
    }
    terms
}

/// When typing errors are thought of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typos {
    /// For a term that begins no known word: what can be read as typed is.
    Unknown,
    /// For every term.
    Every,
}

/// The entries that have this term, each once, with its best word.
pub(crate) fn hits(term: &str, typos: Typos) -> Vec<Hit> {
    let mut best: Vec<Option<Quality>> = vec![None; ENTRY_KINDS.len()];
    let mut keep = |word: usize, quality: Quality| {
        for entry in POSTINGS.get(word) {
            if let Some(kept) = best.get_mut(usize::from(*entry)) {
                *kept = Some(kept.map_or(quality, |kept| kept.min(quality)));
            }
        }
    };
    let mut known = false;
    let first = WORDS.first_from(term);
    for word in first..WORDS.len() {
        let text = WORDS.get(word);
        if !text.starts_with(term) {
            break;
        }
        keep(word, if text.len() == term.len() { Quality::Exact } else { Quality::Prefix });
        known = true;
    }
    if let Some(word) = singular(term).and_then(|singular| WORDS.find(singular)) {
        keep(word, Quality::Prefix);
        known = true;
    }
    if !known || typos == Typos::Every {
        (0..WORDS.len())
            .filter(|word| begins_with_typo(WORDS.get(*word), term))
            .for_each(|word| keep(word, Quality::Typo));
    }
    let found = best.into_iter().enumerate();
    found
        .filter_map(|(entry, quality)| Some(Hit { entry: u16::try_from(entry).ok()?, quality: quality? }))
        .collect()
}

/// The term without its plural ending.
fn singular(term: &str) -> Option<&str> {
    term.strip_suffix(['s', 'x']).filter(|singular| singular.len() > SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_short_words_but_the_first() {
        assert_eq!(terms("Chef de l'équipe d'en Île"), ["chef", "equipe", "ile"]);
        assert_eq!(terms("DJ à la radio"), ["dj", "radio"]);
        assert_eq!(terms("de"), ["de"]);
    }

    #[test]
    fn keeps_each_term_once_and_no_more_than_a_dozen() {
        assert_eq!(terms("chef Chef CHÉF"), ["chef"]);
        let long: Vec<String> = (0..10_000).map(|number| format!("mot{number}")).collect();
        assert_eq!(terms(&long.join(" ")).len(), MAX_TERMS);
    }

    #[test]
    fn odd_text_has_no_terms() {
        for odd in ["", " ", "\0", "🥖", "—/.,;", "\u{301}"] {
            assert!(terms(odd).is_empty(), "{odd:?}");
        }
    }
}
