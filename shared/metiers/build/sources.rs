//! Reads the committed tables and checks that they fit together.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// The most métiers: what `GET /v1/metiers/all` may answer (contract 1.9).
const MAX_METIERS: usize = 200;
/// The most trades of a métier: what one search of jobs takes (contract 1.0.2), so that a métier can be searched.
const MAX_ROMES: usize = 20;

/// A certification, and the trades it leads to.
pub(crate) struct Diploma {
    pub(crate) name: String,
    pub(crate) rncps: BTreeSet<String>,
    pub(crate) romes: BTreeSet<String>,
}

/// All that the index is made of.
pub(crate) struct Sources {
    /// Labels of domains, by letter (A) and by three characters (A11).
    pub(crate) domains: BTreeMap<String, String>,
    /// Labels of trades.
    pub(crate) romes: BTreeMap<String, String>,
    /// Each métier with its trades; a trade belongs to one métier.
    pub(crate) metiers: Vec<(String, Vec<String>)>,
    /// Other names of trades.
    pub(crate) appellations: BTreeSet<(String, String)>,
    pub(crate) diplomas: Vec<Diploma>,
    /// Codes that the operator gives, by trade and name.
    pub(crate) codes: BTreeMap<(String, String), String>,
}

/// Reads a table with a header, each row as the columns of these names.
pub(crate) fn table<const N: usize>(
    path: &Path,
    columns: [&str; N],
) -> Result<Vec<[String; N]>, Box<dyn Error>> {
    table_with(path, columns, &[])
}

/// The same, where the `optional` ones of the columns may be missing: they are empty then.
pub(crate) fn table_with<const N: usize>(
    path: &Path,
    columns: [&str; N],
    optional: &[&str],
) -> Result<Vec<[String; N]>, Box<dyn Error>> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut reader = csv::Reader::from_path(path).map_err(|error| named(&error))?;
    let header = reader.headers().map_err(|error| named(&error))?.clone();
    let mut places = [None; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let found = header.iter().position(|name| name == column);
        if found.is_none() && !optional.contains(&column) {
            return Err(named(&format!("it has no column {column}")).into());
        }
        *place = found;
    }
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| named(&error))?;
        let value = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default();
        rows.push(places.map(|place| value(place).trim().to_owned()));
    }
    Ok(rows)
}

/// Reads `data/` and the diplomas of the demonstration.
pub(crate) fn read(data: &Path, diplomas: &Path) -> Result<Sources, Box<dyn Error>> {
    let pairs = |file: &str, columns| table(&data.join(file), columns);
    let map = |rows: Vec<[String; 2]>| rows.into_iter().map(|[key, value]| (key, value)).collect();
    let sources = Sources {
        domains: map(pairs("domains.csv", ["code", "label"])?),
        romes: map(pairs("romes.csv", ["code", "label"])?),
        metiers: pairs("metiers.csv", ["label", "romes"])?
            .into_iter()
            .map(|[label, romes]| (label, codes(&romes).collect()))
            .collect(),
        appellations: pairs("appellations.csv", ["rome", "appellation"])?
            .into_iter()
            .map(Into::into)
            .collect(),
        diplomas: table(diplomas, ["title", "kind", "rncp", "romes"])?.into_iter().map(diploma).collect(),
        codes: BTreeMap::new(),
    };
    check(&sources)?;
    Ok(sources)
}

fn codes(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(str::to_owned)
}

/// As a person says it: "CAP Boulanger". The same words as the demonstration's.
fn diploma([title, kind, rncp, romes]: [String; 4]) -> Diploma {
    let spoken = match kind.as_str() {
        "TP" | "TITRE" => "Titre professionnel",
        "DE" => "Diplôme d'État",
        "MASTER" => "Master",
        "INGENIEUR" => "Titre d'ingénieur",
        "MC" => "Mention complémentaire",
        "BAC PRO" => "Bac pro",
        "BAC PRO agricole" => "Bac pro agricole",
        kind => kind,
    };
    Diploma {
        name: format!("{spoken} {title}"),
        rncps: Some(rncp).filter(|rncp| !rncp.is_empty()).into_iter().collect(),
        romes: codes(&romes).collect(),
    }
}

fn check(sources: &Sources) -> Result<(), String> {
    if sources.metiers.len() > MAX_METIERS {
        return Err(format!("{} métiers: no more than {MAX_METIERS}", sources.metiers.len()));
    }
    let mut seen = BTreeSet::new();
    for (label, romes) in &sources.metiers {
        if romes.is_empty() || romes.len() > MAX_ROMES {
            return Err(format!("{label}: {} trades, not 1 to {MAX_ROMES}", romes.len()));
        }
        if let Some(rome) = romes.iter().find(|rome| !seen.insert((*rome).clone())) {
            return Err(format!("{rome} belongs to {label} and to another métier"));
        }
    }
    let used = sources.appellations.iter().map(|(rome, _)| rome);
    let used = used.chain(sources.diplomas.iter().flat_map(|diploma| &diploma.romes)).chain(&seen);
    if let Some(rome) = used.into_iter().find(|rome| !sources.romes.contains_key(*rome)) {
        return Err(format!("{rome} is no ROME code"));
    }
    for rome in sources.romes.keys() {
        if !seen.contains(rome) {
            return Err(format!("{rome} belongs to no métier"));
        }
        for domain in [rome.get(..1), rome.get(..3)].into_iter().flatten() {
            if !sources.domains.contains_key(domain) {
                return Err(format!("{rome}: the domain {domain} has no label"));
            }
        }
    }
    Ok(())
}
