//! From the name of a job, as somebody writes it, to trades of the ROME.

use crate::find::{Quality, Typos, hits, terms};
use crate::index::{
    CODE_ENTRIES, CODES, ENTRY_CODES, ENTRY_KINDS, ENTRY_NAMES, ENTRY_ROMES, ENTRY_WORDS, ROME_CODES,
    ROME_NAMES, name_at,
};
use crate::rank::MAX_RESULTS;
use crate::text::plain;

/// The most names that are compared letter by letter: a common word is in hundreds, and those with the fewest other
/// words are the closest.
const MAX_COMPARED: usize = 100;

/// A name of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Appellation {
    /// The name, in both genders where it has two.
    pub name: &'static str,
    /// Code of the trade.
    pub rome: &'static str,
    /// Label of the trade.
    pub rome_label: &'static str,
    /// Its code, digits: the OGR's where the operator's table gives it, else one of ours (`build/codes.rs`).
    pub code: &'static str,
}

impl Appellation {
    /// At most twenty, the closest first: names with most of the words, then with the fewest typing errors, then those
    /// that take the fewest changes of a letter to become what was written.
    pub fn closest_to(label: &str) -> Vec<Self> {
        let terms = terms(label);
        let mut tallies = vec![(terms.len(), 0); ENTRY_KINDS.len()];
        for hit in terms.iter().flat_map(|term| hits(term, Typos::Unknown)) {
            if let Some((missing, typos)) = tallies.get_mut(usize::from(hit.entry)) {
                *missing -= 1;
                *typos += usize::from(hit.quality == Quality::Typo);
            }
        }
        let mut found: Vec<_> = (0..)
            .zip(tallies)
            .filter(|(_, (missing, _))| *missing < terms.len())
            .filter_map(|(entry, tally)| {
                Some((tally, other_words(entry, terms.len() - tally.0), Self::of(entry)?))
            })
            .collect();
        found.sort_unstable();
        found.truncate(MAX_COMPARED);
        // Compared with what was understood of the text, which bounds the work whatever its length.
        let written = terms.join(" ");
        let compared =
            found.into_iter().map(|(tally, _, found)| (tally, distance(&written, found.name), found));
        let mut ranked: Vec<_> = compared.collect();
        ranked.sort_unstable();
        ranked.into_iter().take(MAX_RESULTS).map(|(_, _, found)| found).collect()
    }

    /// The one that a deposit means by this code; none where no name has it.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::of(*CODE_ENTRIES.get(CODES.find(code)?)?)
    }

    /// That an entry is; none where it is no name of a trade.
    pub(crate) fn of(entry: u16) -> Option<Self> {
        let rome = *ENTRY_ROMES.get(usize::from(entry)).first()?;
        Some(Self {
            name: name_at(ENTRY_NAMES, entry),
            rome: ROME_CODES.get(usize::from(rome)),
            rome_label: name_at(ROME_NAMES, rome),
            code: ENTRY_CODES.get(usize::from(entry)).map_or("", |code| CODES.get(usize::from(*code))),
        })
    }
}

/// Words of an entry beyond those that were found in it.
fn other_words(entry: u16, found: usize) -> usize {
    ENTRY_WORDS.get(usize::from(entry)).map_or(0, |words| usize::from(*words).saturating_sub(found))
}

/// Changes of a letter from what was written to the nearest form of a name.
fn distance(written: &str, name: &str) -> usize {
    let forms = forms(name).into_iter().map(|form| terms(&form).join(" "));
    forms.map(|form| strsim::osa_distance(written, &form)).min().unwrap_or(usize::MAX)
}

/// A name in each gender: "Agent / Agente d'accueil" is "Agent d'accueil" and "Agente d'accueil".
fn forms(name: &str) -> Vec<String> {
    let Some((left, right)) = name.split_once(" / ") else { return vec![plain(name)] };
    let shared = right.split(' ').skip(left.split(' ').count()).collect::<Vec<_>>().join(" ");
    vec![plain(&format!("{left} {shared}")), plain(right)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_form_for_each_gender() {
        assert_eq!(
            forms("Agent / Agente d'accueil social"),
            ["agent d accueil social", "agente d accueil social"]
        );
        assert_eq!(forms("Chef boulanger / Cheffe boulangère"), ["chef boulanger", "cheffe boulangere"]);
        assert_eq!(forms("Homme sage-femme / Sage-femme"), ["homme sage femme", "sage femme"]);
        assert_eq!(forms("Fleuriste"), ["fleuriste"]);
    }
}
