//! The trades of a ROME domain.

use domain::rome::RomeCode;
use domain::rome_domain::RomeDomain;

/// Every trade of the domain.
pub(super) fn romes(domain: &RomeDomain) -> Vec<RomeCode> {
    let _ = domain;
    Vec::new()
}
