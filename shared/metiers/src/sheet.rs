//! What is known of a trade.

use domain::rome::RomeCode;
use domain::rome_domain::RomeDomain;

use crate::appellation::Appellation;
use crate::index::{DOMAIN_CODES, DOMAIN_NAMES, ROME_CODES, ROME_ENTRIES, ROME_NAMES, name};
use crate::metier::Metier;

/// A trade of the ROME. Its definition and skills are in no package, so not here either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Code.
    pub code: &'static str,
    /// Label.
    pub label: &'static str,
    /// Domain: code of three characters, and label.
    pub domain: (&'static str, &'static str),
    /// Family of domains: its letter, and label.
    pub family: (&'static str, &'static str),
    /// Its names, the label first.
    pub appellations: Vec<&'static str>,
    /// The métier it belongs to.
    pub metier: Metier,
}

impl Sheet {
    /// Of this trade; none where the ROME has no such trade.
    pub fn of(code: RomeCode) -> Option<Self> {
        let at = ROME_CODES.find(code.as_str())?;
        let rome = ROME_CODES.get(at);
        let names = ROME_ENTRIES.get(at).iter().filter_map(|entry| Appellation::of(*entry));
        Some(Self {
            code: rome,
            label: label_at(at)?,
            domain: domain(rome.get(..3)?)?,
            family: domain(rome.get(..1)?)?,
            appellations: names.map(|appellation| appellation.name).collect(),
            metier: Metier::of_rome(code)?,
        })
    }
}

/// The label of a trade; none where the ROME has no such trade.
pub fn rome_label(code: RomeCode) -> Option<&'static str> {
    label_at(ROME_CODES.find(code.as_str())?)
}

/// Every trade of a domain, in the order of their codes.
pub fn romes_of(domain: &RomeDomain) -> Vec<RomeCode> {
    let all = (0..ROME_CODES.len()).filter_map(|at| ROME_CODES.get(at).parse().ok());
    all.filter(|rome| domain.holds(*rome)).collect()
}

/// The names of the métiers of these trades, each once, in the order of the alphabet. Trades that the ROME does not
/// have count for nothing.
pub fn labels_of(romes: impl IntoIterator<Item = RomeCode>) -> Vec<&'static str> {
    let asked: Vec<Metier> = romes.into_iter().filter_map(Metier::of_rome).collect();
    Metier::all().filter(|metier| asked.contains(metier)).map(Metier::label).collect()
}

fn label_at(at: usize) -> Option<&'static str> {
    ROME_NAMES.get(at).map(|number| name(*number))
}

fn domain(code: &str) -> Option<(&'static str, &'static str)> {
    let at = DOMAIN_CODES.find(code)?;
    Some((DOMAIN_CODES.get(at), DOMAIN_NAMES.get(at).map(|number| name(*number))?))
}
