//! The trades of a ROME domain.

use std::collections::BTreeSet;

use domain::rome::RomeCode;
use domain::rome_domain::RomeDomain;
use search::sketch::Sketch;

/// Every trade of the domain: those of the ROME, and those that it no longer has but cards still bear.
pub(super) fn romes<'a>(domain: &RomeDomain, sketches: impl Iterator<Item = &'a Sketch>) -> Vec<RomeCode> {
    let mut romes: BTreeSet<RomeCode> = metiers::romes_of(domain).into_iter().collect();
    romes.extend(sketches.flat_map(Sketch::romes).filter(|rome| domain.holds(*rome)));
    romes.into_iter().collect()
}
