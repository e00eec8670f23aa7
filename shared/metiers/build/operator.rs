//! The operator's own tables, for what no package holds. Each file is optional:
//!
//! - `appellations.csv`: the columns `code_rome` and `libelle_appellation_long`, as France Travail's open data have
//!   them; they are added to the committed names.
//! - `rncp_diplomas.csv` (`diploma_title`, `rncp`, `apprenticeship`, `active`) and `rncp_rome.csv` (`rncp`, `rome`):
//!   the active certifications that are open to apprenticeship take the place of the demonstration's.
//!
//! Other columns are ignored. A ROME code that does not exist any more is left out, since these tables are older or
//! newer than ours; a certification that keeps none is left out too.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use super::sources::{Diploma, Sources, table};

/// Adds what is in the folder. Fails where the folder or one of a pair of files is missing.
pub(crate) fn add(sources: &mut Sources, folder: &Path) -> Result<(), Box<dyn Error>> {
    if !folder.is_dir() {
        return Err(format!("METIERS_DIR: {} is no folder", folder.display()).into());
    }
    let appellations = folder.join("appellations.csv");
    if appellations.exists() {
        let rows = table(&appellations, ["code_rome", "libelle_appellation_long"])?;
        let known = rows.into_iter().filter(|[rome, name]| {
            sources.romes.get(rome).is_some_and(|label| label != name) && !name.is_empty()
        });
        sources.appellations.extend(known.map(Into::into));
    }
    let (diplomas, romes) = (folder.join("rncp_diplomas.csv"), folder.join("rncp_rome.csv"));
    if diplomas.exists() || romes.exists() {
        sources.diplomas = certifications(sources, &diplomas, &romes)?;
    }
    Ok(())
}

/// One for each title: several sheets may bear the same.
fn certifications(sources: &Sources, diplomas: &Path, romes: &Path) -> Result<Vec<Diploma>, Box<dyn Error>> {
    let mut trades: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [rncp, rome] in table(romes, ["rncp", "rome"])? {
        if sources.romes.contains_key(&rome) {
            trades.entry(rncp).or_default().insert(rome);
        }
    }
    let mut named: BTreeMap<String, Diploma> = BTreeMap::new();
    for [name, rncp, apprenticeship, active] in
        table(diplomas, ["diploma_title", "rncp", "apprenticeship", "active"])?
    {
        let Some(romes) = trades.get(&rncp).filter(|_| active == "ACTIVE" && apprenticeship == "oui") else {
            continue;
        };
        let diploma = named.entry(name.clone()).or_insert_with(|| Diploma {
            name,
            rncps: BTreeSet::new(),
            romes: BTreeSet::new(),
        });
        diploma.rncps.insert(rncp);
        diploma.romes.extend(romes.iter().cloned());
    }
    Ok(named.into_values().collect())
}
