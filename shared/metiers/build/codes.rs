//! The code of each name of a trade: how a deposit says which one it means (contract 1.11).
//!
//! Where the operator's table has a column `code_ogr`, that is the code. The others are ours, since no package holds
//! the numbers of the OGR: the digit 9 and eleven digits of the SHA-256 of `{rome}:{name}`. They are longer than any
//! number of the OGR, and stay the same from one build to the next as long as the name does. With fewer digits, the
//! 13,000 names of an operator's table without that column would not have different ones.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::sources::Sources;

/// As many values as the digits that are taken of a hash have.
const VALUES: u64 = 100_000_000_000;

/// The names by their codes. Fails where two names have the same.
pub(crate) fn of(sources: &Sources) -> Result<BTreeMap<String, (&str, &str)>, String> {
    let mut named = BTreeMap::new();
    let labels = sources.romes.iter().map(|(rome, label)| (rome.as_str(), label.as_str()));
    let others = sources.appellations.iter().map(|(rome, name)| (rome.as_str(), name.as_str()));
    for (rome, name) in labels.chain(others) {
        let given = sources.codes.get(&(rome.to_owned(), name.to_owned()));
        let code = given.cloned().unwrap_or_else(|| our_code(rome, name));
        if let Some((other_rome, other)) = named.insert(code.clone(), (rome, name)) {
            return Err(format!(
                "{code} is the code of {rome} {name:?} and of {other_rome} {other:?}: \
                 a column code_ogr of the operator's appellations.csv gives them other ones"
            ));
        }
    }
    Ok(named)
}

fn our_code(rome: &str, name: &str) -> String {
    let hash = Sha256::digest(format!("{rome}:{name}"));
    // The remainder of the first eight bytes, read as one number.
    let digits = hash.iter().take(8).fold(0, |number: u64, byte| (number << 8) | u64::from(*byte)) % VALUES;
    format!("9{digits:011}")
}
