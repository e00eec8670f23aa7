//! Ranks what the terms found. No floating point and no clock: the same text has the same answer everywhere.

use std::cmp::Reverse;

use crate::find::{Hit, Quality, Typos, hits};
use crate::index::{ENTRY_WORDS, Kind};

/// How many results a search gives (contract 1.9).
pub(crate) const MAX_RESULTS: usize = 20;

/// Worth of an exact word over one that only begins so: more than any boost.
const EXACT: u32 = 100;

/// Which terms a result must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// Every one.
    Every,
    /// At least one; the more the better.
    Any,
}

/// What was found for one subject, in the order that ranks: the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tally {
    /// Terms it has not.
    missing: usize,
    /// Terms that it has but for a typing error.
    typos: usize,
    /// No name of it has all of the terms: they come from several.
    scattered: bool,
    /// What the terms are worth.
    score: Reverse<u32>,
    /// Words of its best name that were not typed.
    other_words: u16,
}

/// The best subjects, of `count`, best first; equal ones in the order of their numbers, which is that of the alphabet.
/// `of` tells the subjects of an entry: the métiers or the diplomas that it is a name of.
pub(crate) fn best(
    terms: &[String],
    which: Terms,
    count: usize,
    of: impl Fn(u16) -> &'static [u16],
    keep: impl Fn(u16) -> bool,
) -> Vec<u16> {
    let ranked = |typos| {
        let hits: Vec<Vec<Hit>> = terms.iter().map(|term| hits(term, typos)).collect();
        let mut ranked: Vec<(Tally, u16)> = tallies(&hits, count, &of)
            .into_iter()
            .zip(0..)
            .filter(|(tally, subject)| {
                let most = if which == Terms::Every { 0 } else { terms.len().saturating_sub(1) };
                tally.missing <= most && !terms.is_empty() && keep(*subject)
            })
            .collect();
        ranked.sort_unstable();
        ranked
    };
    let mut found = ranked(Typos::Unknown);
    // What was typed may be another word by chance, which then stands nowhere with the other terms.
    if found.is_empty() && terms.len() > 1 {
        found = ranked(Typos::Every);
    }
    found.into_iter().take(MAX_RESULTS).map(|(_, subject)| subject).collect()
}

fn tallies(hits: &[Vec<Hit>], count: usize, of: &impl Fn(u16) -> &'static [u16]) -> Vec<Tally> {
    let nothing =
        Tally { missing: hits.len(), typos: 0, scattered: true, score: Reverse(0), other_words: u16::MAX };
    let mut tallies = vec![nothing; count];
    let mut whole: Vec<usize> = vec![0; ENTRY_WORDS.len()];
    for term in hits {
        let mut worth: Vec<Option<(Reverse<Quality>, u32)>> = vec![None; count];
        for hit in term {
            if let Some(terms) = whole.get_mut(usize::from(hit.entry)) {
                *terms += 1;
            }
            let this = Some((Reverse(hit.quality), Kind::of(hit.entry).boost()));
            for subject in of(hit.entry) {
                if let Some(best) = worth.get_mut(usize::from(*subject)) {
                    *best = (*best).max(this);
                }
            }
        }
        for (tally, worth) in tallies.iter_mut().zip(worth) {
            let Some((Reverse(quality), boost)) = worth else { continue };
            tally.missing -= 1;
            tally.typos += usize::from(quality == Quality::Typo);
            tally.score.0 += boost + if quality == Quality::Exact { EXACT } else { 0 };
        }
    }
    for (entry, terms) in (0..).zip(whole) {
        if terms < hits.len() || hits.is_empty() {
            continue;
        }
        let words = ENTRY_WORDS.get(usize::from(entry)).copied().unwrap_or_default();
        for subject in of(entry) {
            if let Some(tally) = tallies.get_mut(usize::from(*subject)) {
                tally.scattered = false;
                tally.other_words = tally.other_words.min(words.saturating_sub(terms as u16));
            }
        }
    }
    tallies
}
