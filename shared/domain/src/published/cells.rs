//! A line as cells of a table, for whoever reads a file of them with a spreadsheet.

use std::fmt::Display;

use super::PublishedLine;
use crate::hidden::is_hidden;

/// The names of the columns, in their order, each with the name of the same field in JSON. The former are in the style
/// of France Travail's partner files.
pub const COLUMNS: [(&str, &str); 26] = [
    ("Par_ref_offre", "reference"),
    ("Par_cle", "partner_key"),
    ("Par_nom", "partner_name"),
    ("Par_URL_offre", "url"),
    ("Off_code_rome", "rome_code"),
    ("Off_THES_libelle", "title"),
    ("Off_description", "description"),
    ("Off_employeur", "employer_description"),
    ("Pos_type_contrat", "contract_type"),
    ("Off_duree_mois", "duration_months"),
    ("Off_date_debut", "start_date"),
    ("Off_nb_postes", "openings"),
    ("Off_handicap", "disabled_eligible"),
    ("Niveau_diplome", "diploma_level"),
    ("Rythme", "rhythm"),
    ("Ent_siret", "company_siret"),
    ("Ent_nom", "company_name"),
    ("Cfa_siret", "cfa_siret"),
    ("Cfa_nom", "cfa_name"),
    ("Adr_ligne", "address"),
    ("Adr_code_postal", "postal_code"),
    ("Adr_commune", "city"),
    ("Latitude", "latitude"),
    ("Longitude", "longitude"),
    ("Off_date_creation", "created_at"),
    ("Off_date_expiration", "expires_at"),
];

impl PublishedLine {
    /// The cells, in the order of [`COLUMNS`]: empty where nothing is known, `oui` or `non` for a flag, numbers with a
    /// point. A text that a spreadsheet would take for a formula is preceded by an apostrophe.
    pub fn cells(&self) -> [String; 26] {
        [
            text(self.reference.as_str()),
            text(self.partner_key),
            text(self.partner_name),
            text(&self.url),
            text(self.rome_code.as_str()),
            text(&self.title),
            some(self.description.as_ref()),
            some(self.employer_description.as_ref()),
            text(self.contract_type),
            number(self.duration_months),
            some(self.start_date.as_ref()),
            number(self.openings),
            self.disabled_eligible.map_or("", |eligible| if eligible { "oui" } else { "non" }).to_owned(),
            some(self.diploma_level.as_ref()),
            some(self.rhythm.as_ref()),
            text(self.company_siret.as_str()),
            text(&self.company_name),
            self.cfa_siret.as_ref().map(|siret| text(siret.as_str())).unwrap_or_default(),
            some(self.cfa_name.as_ref()),
            some(self.address.as_ref()),
            some(self.postal_code.as_ref()),
            some(self.city.as_ref()),
            number(self.latitude),
            number(self.longitude),
            text(&self.created_at),
            text(&self.expires_at),
        ]
    }
}

fn some(value: Option<&String>) -> String {
    value.map(|value| text(value)).unwrap_or_default()
}

/// A number is none of a formula's beginnings, its sign included.
fn number(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Spreadsheets run a cell that begins with one of these, and some look past what cannot be seen.
fn text(value: &str) -> String {
    let seen = value.trim_start_matches(|c: char| c.is_whitespace() || is_hidden(c));
    if seen.starts_with(['=', '+', '-', '@']) { format!("'{value}") } else { value.to_owned() }
}
