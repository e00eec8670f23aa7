//! The CFA that a row of the catalogue tells of: the establishment that teaches, written to at its manager's.

use super::fields::Fields;
use super::text;
use crate::cfa::{Cfa, Street};
use crate::geo::Point;
use crate::mail::address_hash;
use crate::seal::ContactCipher;
use crate::siret::Siret;

const TRAINER: &str = "etablissement_formateur_";

/// The CFA of a row, its address sealed; none where its manager is not certified or has no address, or where what the
/// contract shows of it is missing. None of that is a reason to refuse the training.
pub(super) fn read(row: &Fields<'_>, cipher: &ContactCipher) -> Option<Cfa> {
    let certified = row.flag("etablissement_gestionnaire_certifie_qualite").ok().flatten();
    if certified != Some(true) {
        return None;
    }
    let line = |name: &str| row.line(&format!("{TRAINER}{name}")).ok().flatten();
    let code = |name: &str, width| row.code(&format!("{TRAINER}{name}"), width).ok().flatten();
    let email = row.email("etablissement_gestionnaire_courriel").ok().flatten()?;
    let siret: Siret = code("siret", 14)?.parse().ok()?;
    let id = line("id").filter(|id| text::is_record_id(id));
    Some(Cfa {
        id: id.unwrap_or_else(|| siret.as_str().to_owned()),
        name: line("entreprise_raison_sociale").or_else(|| line("enseigne"))?,
        street: street(&line),
        zip: code("code_postal", 5)?,
        departement: line("nom_departement")?,
        point: point(row)?,
        email: cipher.seal(&email, siret.as_str()),
        address_hash: address_hash(&email),
        siret,
    })
}

/// The catalogue writes one line; sources that know the parts apart write those.
fn street(line: &impl Fn(&str) -> Option<String>) -> Street {
    let parts = Street { number: line("numero_voie"), kind: line("type_voie"), name: line("nom_voie") };
    if parts == Street::default() {
        line("adresse").map(|line| Street::of_line(&line)).unwrap_or_default()
    } else {
        parts
    }
}

/// Where the trainer is, not where the training is taught, which may be elsewhere. Two names are in use.
fn point(row: &Fields<'_>) -> Option<Point> {
    ["geo_coordonnees_etablissement_formateur", "etablissement_formateur_geo_coordonnees"]
        .into_iter()
        .find_map(|name| row.point(name).ok().flatten())
}
