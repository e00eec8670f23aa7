//! The index, as the build script made it. Numbers are places in the tables of their kind.

use crate::table::{Lists, Texts};

include!(concat!(env!("OUT_DIR"), "/index.rs"));

/// What an entry is the name of, in the numbers of the build script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A métier.
    Metier,
    /// A trade, in everyday words.
    Appellation,
    /// A trade, in the words of the ROME.
    Rome,
    /// A certification.
    Diploma,
    /// A domain of trades.
    Domain,
}

impl Kind {
    /// Of an entry.
    pub(crate) fn of(entry: u16) -> Self {
        match ENTRY_KINDS.get(usize::from(entry)) {
            Some(0) => Self::Metier,
            Some(1) => Self::Appellation,
            Some(2) => Self::Rome,
            Some(3) => Self::Diploma,
            _ => Self::Domain,
        }
    }

    /// What finding a term here is worth, as the original weighs it (contract 1.9).
    pub(crate) const fn boost(self) -> u32 {
        match self {
            Self::Metier => 80,
            Self::Appellation => 15,
            Self::Rome | Self::Diploma => 7,
            Self::Domain => 3,
        }
    }
}

/// Name `number`.
pub(crate) fn name(number: u16) -> &'static str {
    NAMES.get(usize::from(number))
}

/// The name that stands at this place of a table.
pub(crate) fn name_at(table: &[u16], at: u16) -> &'static str {
    table.get(usize::from(at)).map_or("", |number| name(*number))
}

/// What the index takes in the program, in bytes.
pub fn index_bytes() -> usize {
    let texts = [&NAMES, &WORDS, &ROME_CODES, &DOMAIN_CODES, &CODES].map(Texts::bytes);
    let numbers = [
        ROME_NAMES,
        ROME_METIERS,
        METIER_NAMES,
        DIPLOMA_NAMES,
        DOMAIN_NAMES,
        ENTRY_NAMES,
        ENTRY_WORDS,
        ENTRY_CODES,
        CODE_ENTRIES,
    ];
    let lists = [
        &METIER_ROMES,
        &METIER_RNCPS,
        &DIPLOMA_ROMES,
        &DIPLOMA_RNCPS,
        &ENTRY_ROMES,
        &ENTRY_METIERS,
        &ENTRY_DIPLOMAS,
        &ROME_ENTRIES,
        &POSTINGS,
    ];
    let all = texts.into_iter().chain(numbers.map(size_of_val)).chain(lists.map(Lists::bytes));
    all.sum::<usize>() + ENTRY_KINDS.len()
}
