//! The operator's own tables, for what no package holds. Each file is optional:
//!
//! - `appellations.csv`: the columns `code_rome` and `libelle_appellation_long`, as France Travail's open data have
//!   them; they are added to the committed names. Where it has the column `code_ogr` too, that is the code of the name
//!   (`build/codes.rs`).
//! - `rncp_diplomas.csv` (`diploma_title`, `rncp`, `apprenticeship`, `active`) and `rncp_rome.csv` (`rncp`, `rome`):
//!   the active certifications that are open to apprenticeship take the place of the demonstration's.
//!
//! Other columns are ignored. A ROME code that does not exist any more is left out, since these tables are older or
//! newer than ours; a certification that keeps none is left out too.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use super::sources::{Diploma, Sources, table, table_with};

/// Adds what is in the folder. Fails where the folder or one of a pair of files is missing.
pub(crate) fn add(sources: &mut Sources, folder: &Path) -> Result<(), Box<dyn Error>> {
    if !folder.is_dir() {
        return Err(format!("METIERS_DIR: {} is no folder", folder.display()).into());
    }
    let appellations = folder.join("appellations.csv");
    if appellations.exists() {
        add_appellations(sources, &appellations)?;
    }
    let (diplomas, romes) = (folder.join("rncp_diplomas.csv"), folder.join("rncp_rome.csv"));
    if diplomas.exists() || romes.exists() {
        sources.diplomas = certifications(sources, &diplomas, &romes)?;
    }
    Ok(())
}

fn add_appellations(sources: &mut Sources, path: &Path) -> Result<(), Box<dyn Error>> {
    let rows = table_with(path, ["code_rome", "libelle_appellation_long", "code_ogr"], &["code_ogr"])?;
    for [rome, name, code] in rows {
        let Some(label) = sources.romes.get(&rome).filter(|_| !name.is_empty()) else { continue };
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("{}: the code_ogr {code:?} of {name:?} is no number", path.display()).into());
        }
        let named = (rome, name);
        if *label != named.1 {
            sources.appellations.insert(named.clone());
        }
        if !code.is_empty() {
            sources.codes.insert(named, code);
        }
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
