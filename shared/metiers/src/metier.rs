//! Métiers and diplomas, as the index has them.

use domain::rncp::RncpCode;
use domain::rome::RomeCode;

use crate::find::terms;
use crate::index::{
    DIPLOMA_NAMES, DIPLOMA_RNCPS, DIPLOMA_ROMES, ENTRY_DIPLOMAS, ENTRY_METIERS, METIER_NAMES, METIER_RNCPS,
    METIER_ROMES, ROME_CODES, ROME_METIERS, ROME_NAMES, name, name_at,
};
use crate::rank::{MAX_RESULTS, Terms, best};

/// A métier: trades of the ROME that are looked for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metier(u16);

/// A certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diploma(u16);

/// What is looked for; parts that are not empty must all fit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// Words of a name, as typed.
    pub title: Option<&'a str>,
    /// At least one of these trades.
    pub romes: &'a [RomeCode],
    /// At least one of these certifications leads to it.
    pub rncps: &'a [RncpCode],
}

impl Metier {
    /// At most twenty, the best first: those whose names have every term of the title, or, without a title, those with
    /// the most of the trades and certifications asked for.
    pub fn search(query: Query<'_>) -> Vec<Self> {
        let fits = |metier: u16| {
            let (romes, rncps) = Self(metier).shared(&query);
            (query.romes.is_empty() || romes > 0) && (query.rncps.is_empty() || rncps > 0)
        };
        if let Some(title) = query.title {
            return Self::titled(title, Terms::Every, fits);
        }
        let mut found: Vec<Self> = Self::all().filter(|metier| fits(metier.0)).collect();
        found.sort_by_key(|metier| {
            let (romes, rncps) = metier.shared(&query);
            (std::cmp::Reverse(romes + rncps), metier.0)
        });
        found.truncate(MAX_RESULTS);
        found
    }

    /// At most twenty, the best first, by the terms of a title.
    pub fn by_title(title: &str, which: Terms) -> Vec<Self> {
        Self::titled(title, which, |_| true)
    }

    /// Every one, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(METIER_NAMES.len()).map(Self)
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        name_at(METIER_NAMES, self.0)
    }

    /// Its trades: 1 to 20 codes.
    pub fn romes(self) -> impl Iterator<Item = &'static str> {
        codes(METIER_ROMES.get(usize::from(self.0)))
    }

    /// Its trades, each with its label.
    pub fn rome_titles(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let romes = METIER_ROMES.get(usize::from(self.0)).iter();
        romes.map(|rome| (ROME_CODES.get(usize::from(*rome)), name_at(ROME_NAMES, *rome)))
    }

    /// The certifications that lead to it, as far as they are known.
    pub fn rncps(self) -> impl Iterator<Item = &'static str> {
        METIER_RNCPS.get(usize::from(self.0)).iter().map(|number| name(*number))
    }

    /// The métier of a trade; none where the ROME has no such trade.
    pub fn of_rome(code: RomeCode) -> Option<Self> {
        ROME_METIERS.get(ROME_CODES.find(code.as_str())?).copied().map(Self)
    }

    fn titled(title: &str, which: Terms, keep: impl Fn(u16) -> bool) -> Vec<Self> {
        let of = |entry| ENTRY_METIERS.get(usize::from(entry));
        best(&terms(title), which, METIER_NAMES.len(), of, keep).into_iter().map(Self).collect()
    }

    /// How many of the trades and of the certifications asked for are its own.
    fn shared(self, query: &Query<'_>) -> (usize, usize) {
        let romes = self.romes().filter(|rome| query.romes.iter().any(|asked| asked.as_str() == *rome));
        let rncps = self.rncps().filter(|rncp| query.rncps.iter().any(|asked| asked.as_str() == *rncp));
        (romes.count(), rncps.count())
    }
}

impl Diploma {
    /// At most twenty, the best first, by the terms of a title.
    pub fn by_title(title: &str, which: Terms) -> Vec<Self> {
        let of = |entry| ENTRY_DIPLOMAS.get(usize::from(entry));
        best(&terms(title), which, DIPLOMA_NAMES.len(), of, |_| true).into_iter().map(Self).collect()
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        name_at(DIPLOMA_NAMES, self.0)
    }

    /// The trades it leads to.
    pub fn romes(self) -> impl Iterator<Item = &'static str> {
        codes(DIPLOMA_ROMES.get(usize::from(self.0)))
    }

    /// Its sheets of the RNCP; none where the code is not known.
    pub fn rncps(self) -> impl Iterator<Item = &'static str> {
        DIPLOMA_RNCPS.get(usize::from(self.0)).iter().map(|number| name(*number))
    }
}

fn codes(romes: &'static [u16]) -> impl Iterator<Item = &'static str> {
    romes.iter().map(|rome| ROME_CODES.get(usize::from(*rome)))
}
