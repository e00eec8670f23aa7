//! A row of the catalogue des formations (contract 4.1).

use serde_json::Value;

use super::fields::{Fields, as_flag, scalar};
use super::{RdvRow, RowError, appointment, bounded, cfa, text};
use crate::card::Card;
use crate::cfa::Cfa;
use crate::formation::{Formation, Session};
use crate::mef::Mef;
use crate::place::{Address, Establishment};
use crate::seal::ContactCipher;

/// A training with more sessions is a mistake of its feed.
const MAX_SESSIONS: usize = 500;
/// MEF of one diploma: a handful of durations and years.
const MAX_MEFS: usize = 50;
/// Years a training may be tagged with.
const MAX_TAGS: usize = 50;

/// What a line tells. CFA and appointment are no part of the card, which partners see: they are where mails are sent to.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The training.
    pub card: Card,
    /// The CFA that offers may be delegated to.
    pub cfa: Option<Cfa>,
    /// The training as one that may be asked about.
    pub rdv: RdvRow,
}

/// Reads one line. What the catalogue withholds is refused.
pub fn parse(line: &[u8]) -> Result<Card, RowError> {
    card(formation(&Fields::of_line(line)?)?, line)
}

/// Reads one line, with all that it tells.
pub fn parse_whole(line: &[u8], cipher: &ContactCipher) -> Result<Told, RowError> {
    let row = Fields::of_line(line)?;
    let formation = formation(&row)?;
    let rdv = appointment::read(&row, &formation, cipher);
    Ok(Told { card: card(formation, line)?, cfa: cfa::read(&row, cipher), rdv })
}

fn card(formation: Formation, line: &[u8]) -> Result<Card, RowError> {
    bounded(Card::Formation(Box::new(formation)), line)
}

fn formation(row: &Fields<'_>) -> Result<Formation, RowError> {
    for field in ["published", "catalogue_published"] {
        if row.flag(field)? == Some(false) {
            return Err(RowError::NotPublished { field });
        }
    }
    let long_title = row.line("intitule_long")?;
    let short_title = row.line("intitule_court")?;
    let title = long_title.clone().or_else(|| short_title.clone());
    let manager = establishment(row, "etablissement_gestionnaire_")?;
    let mut trainer = establishment(row, "etablissement_formateur_")?;
    trainer.name = trainer.name.or_else(|| manager.legal_name.clone());
    Ok(Formation {
        id: row.id("cle_ministere_educatif")?,
        title: title.ok_or_else(|| row.missing("intitule_long, intitule_court"))?,
        long_title,
        short_title,
        romes: row.romes(&["rome_codes"])?.ok_or_else(|| row.missing("rome_codes"))?,
        level: row.parsed("niveau", "a level from 3 to 7, as \"3 (CAP...)\"")?,
        diploma: row.line("diplome")?,
        cfd: row.code("cfd", 8)?.and_then(|cfd| cfd.parse().ok()),
        mefs: mefs(row)?,
        rncp: row.parsed("rncp_code", "RNCP and 2 to 5 digits")?,
        rncp_label: row.line("rncp_intitule")?,
        rncp_apprenticeship: row.flag("rncp_eligible_apprentissage")?,
        id_rco: row.line("id_formation")?,
        id_rco_formation: row.line("id_rco_formation")?,
        tags: tags(row)?,
        address: address(row, &trainer.address, &manager.address)?,
        uai: row.line("uai_formation")?.and_then(|uai| uai.parse().ok()),
        remote_only: row.flag("entierement_a_distance")?,
        phone: row.line("num_tel")?,
        trainer: trainer.into(),
        manager: manager.into(),
        period: row.line("periode")?,
        capacity: row.line("capacite")?,
        onisep_url: row.web_address("onisep_url")?,
        content: row.prose("contenu")?,
        objective: row.prose("objectif")?,
        sessions: sessions(row)?,
    })
}

/// Where it is taught; its one line falls back on the trainer's, then on the manager's.
fn address(row: &Fields<'_>, trainer: &Address, manager: &Address) -> Result<Address, RowError> {
    let street = row.line("lieu_formation_adresse")?;
    let zip = row.code("code_postal", 5)?;
    let city = row.line("localite")?;
    let own = street.is_some().then(|| joined(&[&street, &zip, &city])).flatten();
    Ok(Address {
        full: own.or_else(|| trainer.full.clone()).or_else(|| manager.full.clone()),
        street,
        zip,
        city,
        insee: row.parsed_code("code_commune_insee", 5, "the 5 characters of an INSEE code")?,
        departement: row.code("num_departement", 2)?,
        region: row.line("region")?,
        point: row.point("lieu_formation_geo_coordonnees")?,
        ..Address::default()
    })
}

/// An establishment, and its legal name apart.
struct Named {
    name: Option<String>,
    legal_name: Option<String>,
    address: Address,
    rest: Establishment,
}

impl From<Named> for Establishment {
    fn from(named: Named) -> Self {
        Self { name: named.name, address: named.address, ..named.rest }
    }
}

/// One of the two blocks of fields that begin with `prefix`. They describe: what is no valid code is left out.
fn establishment(row: &Fields<'_>, prefix: &str) -> Result<Named, RowError> {
    let line = |name: &str| row.line(&format!("{prefix}{name}"));
    let code = |name: &str, width| row.code(&format!("{prefix}{name}"), width);
    let legal_name = line("entreprise_raison_sociale")?;
    let street = joined(&[&line("adresse")?, &line("complement_adresse")?]);
    let zip = code("code_postal", 5)?;
    let city = line("localite")?;
    let address = Address {
        full: street.is_some().then(|| joined(&[&street, &zip, &city])).flatten(),
        street,
        zip,
        city,
        cedex: line("cedex")?,
        insee: code("code_commune_insee", 5)?.and_then(|code| code.parse().ok()),
        departement: code("num_departement", 2)?,
        region: line("region")?,
        ..Address::default()
    };
    let rest = Establishment {
        siret: code("siret", 14)?.and_then(|siret| siret.parse().ok()),
        id: line("id")?,
        uai: line("uai")?.and_then(|uai| uai.parse().ok()),
        kind: line("type")?,
        has_convention: line("conventionne")?,
        ..Establishment::default()
    };
    Ok(Named { name: line("enseigne")?.or_else(|| legal_name.clone()), legal_name, address, rest })
}

fn tags(row: &Fields<'_>) -> Result<Vec<String>, RowError> {
    let items = row.list("tags")?;
    if items.len() > MAX_TAGS {
        return Err(row.wrong("tags", "at most 50 tags"));
    }
    Ok(items.iter().filter_map(|item| text::line(&scalar(item)?)).collect())
}

/// The MEF, each once. The catalogue writes objects (`{"mef10": …, "modalite": …}`), older files codes. They help
/// to find the training: what is no valid code is left out.
fn mefs(row: &Fields<'_>) -> Result<Vec<Mef>, RowError> {
    let items = row.list("bcn_mefs_10")?;
    if items.len() > MAX_MEFS {
        return Err(row.wrong("bcn_mefs_10", "at most 50 codes"));
    }
    let mut mefs: Vec<Mef> = Vec::new();
    for item in items {
        let code = item.get("mef10").unwrap_or(item);
        let mef = scalar(code).and_then(|code| code.trim().parse().ok());
        mefs.extend(mef.filter(|mef| !mefs.contains(mef)));
    }
    Ok(mefs)
}

/// The three lists side by side: session `n` is made of the n-th item of each.
fn sessions(row: &Fields<'_>) -> Result<Vec<Session>, RowError> {
    let (starts, ends) = (row.list("date_debut")?, row.list("date_fin")?);
    let entries = row.list("modalites_entrees_sorties")?;
    let count = starts.len().max(ends.len()).max(entries.len());
    if count > MAX_SESSIONS {
        return Err(row.wrong("date_debut", "at most 500 sessions"));
    }
    let date = |list: &[Value], at: usize| text::line(&scalar(list.get(at)?)?);
    Ok((0..count)
        .map(|at| Session {
            start: date(starts, at),
            end: date(ends, at),
            permanent_entry: entries.get(at).and_then(as_flag).unwrap_or(false),
        })
        .collect())
}

fn joined(parts: &[&Option<String>]) -> Option<String> {
    let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
