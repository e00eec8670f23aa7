//! An establishment as the API Sirene writes it: a line of a file, or its answer about one.
//!
//! A field of the establishment is read in the row itself, else in the first of `periodesEtablissement`, which is the
//! present one. Beside the fields of Sirene a row may bear what Sirene does not know: `opco`, `idcc`, `naf_label` and
//! coordinates in degrees. Fields that nobody here knows pass.

mod address;

use serde_json::{Map, Value};

use super::{Activity, RegisteredCompany};
use crate::date;
use crate::geo::Point;
use crate::naf::Naf;
use crate::opco::Opco;
use crate::rows::RowError;
use crate::rows::fields::{Fields, POINT_RULE};
use crate::siret::Siret;

const SIRET_RULE: &str = "14 digits that satisfy the Luhn formula";
const STATE_RULE: &str = "A (active), or F or C (closed)";
const SHOWN_RULE: &str = "O, P or N";
/// What the API writes in place of what it may not show.
const WITHHELD: &str = "[ND]";
/// The nomenclatures of the codes that are activities here: in both of them division 85 teaches. Older ones reuse their
/// forms.
const CURRENT: [&str; 2] = ["NAFRev2", "NAF2025"];
/// Size brackets, by their code.
const SIZES: [(&str, &str); 15] = [
    ("00", "0"),
    ("01", "1-2"),
    ("02", "3-5"),
    ("03", "6-9"),
    ("11", "10-19"),
    ("12", "20-49"),
    ("21", "50-99"),
    ("22", "100-199"),
    ("31", "200-249"),
    ("32", "250-499"),
    ("41", "500-999"),
    ("42", "1000-1999"),
    ("51", "2000-4999"),
    ("52", "5000-9999"),
    ("53", "10000 et plus"),
];

/// Reads a line of a file. Of an establishment that is not diffusible nothing is read but its number and its state.
pub fn parse(line: &[u8]) -> Result<RegisteredCompany, RowError> {
    let row = Fields::of_line(line)?;
    company(&row)
}

/// Reads what the API answers: `{"etablissement": {…}}`.
pub fn parse_answer(body: &[u8]) -> Result<RegisteredCompany, RowError> {
    let answer: Map<String, Value> = serde_json::from_slice(body).map_err(|_| RowError::NotJson)?;
    let answer = Fields::of(&answer);
    match answer.value("etablissement") {
        Some(Value::Object(row)) => company(&Fields::of(row)),
        _ => Err(answer.missing("etablissement")),
    }
}

/// The label of an OPCO, however it is named; none where it is none of the eleven.
pub fn opco_label(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = name.get(..5).filter(|start| start.eq_ignore_ascii_case("opco ")).and_then(|_| name.get(5..));
    let opco = Opco::from_label(name).or_else(|| Opco::from_short(name)).or_else(|| Opco::from_short(bare?));
    opco.map(Opco::label)
}

/// A convention collective: one to four digits, without the zeros that some write before them.
pub fn idcc(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches('0');
    let sound = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.to_owned())
}

fn company(row: &Fields<'_>) -> Result<RegisteredCompany, RowError> {
    let period = match row.list("periodesEtablissement")?.first() {
        Some(Value::Object(period)) => Some(Fields::of(period)),
        _ => None,
    };
    let own = Own { row, period: period.as_ref() };
    let unit = row.object("uniteLegale.")?;
    let siret: Siret = row.parsed_code("siret", 14, SIRET_RULE)?.ok_or_else(|| row.missing("siret"))?;
    let activity = activity(&own, &unit)?;
    if !shown(row, &unit)? {
        return Ok(RegisteredCompany::hidden(siret, activity));
    }
    let enseigne = own.line("enseigne1Etablissement")?.or(own.line("denominationUsuelleEtablissement")?);
    Ok(RegisteredCompany {
        raison_sociale: legal_name(&unit)?
            .or_else(|| enseigne.clone())
            .ok_or_else(|| unit.missing("denominationUniteLegale"))?,
        enseigne,
        naf_code: naf(&own, &unit)?,
        naf_label: row.line("naf_label")?,
        geo_coordinates: point(row)?,
        size: row.line("trancheEffectifsEtablissement")?.and_then(|code| size(&code)),
        creation_date: row.line("dateCreationEtablissement")?.and_then(|text| date::parse(&text)),
        opco: row.line("opco")?.and_then(|name| opco_label(&name)).map(str::to_owned),
        idcc: row.line("idcc")?.and_then(|text| idcc(&text)),
        activity,
        diffusible: true,
        ..address::of(row, RegisteredCompany::hidden(siret, activity))?
    })
}

/// What an establishment says of itself.
struct Own<'a> {
    row: &'a Fields<'a>,
    period: Option<&'a Fields<'a>>,
}

impl Own<'_> {
    fn line(&self, name: &str) -> Result<Option<String>, RowError> {
        match (said(self.row, name)?, self.period) {
            (None, Some(period)) => said(period, name),
            (found, _) => Ok(found),
        }
    }
}

/// A text that is not withheld.
fn said(fields: &Fields<'_>, name: &str) -> Result<Option<String>, RowError> {
    Ok(fields.line(name)?.filter(|text| text != WITHHELD))
}

/// Closed where either the establishment or its company is.
fn activity(own: &Own<'_>, unit: &Fields<'_>) -> Result<Activity, RowError> {
    let name = "etatAdministratifEtablissement";
    let mut state = match own.line(name)?.as_deref() {
        Some("A") => Activity::Open,
        Some("F" | "C") => Activity::Closed,
        Some(_) => return Err(own.row.wrong(name, STATE_RULE)),
        None => return Err(own.row.missing(name)),
    };
    let name = "etatAdministratifUniteLegale";
    match unit.line(name)?.as_deref() {
        None | Some("A") => {}
        Some("C" | "F") => state = Activity::Closed,
        Some(_) => return Err(unit.wrong(name, STATE_RULE)),
    }
    Ok(state)
}

/// Only what both the establishment and its company let be shown. An establishment that does not say is refused.
fn shown(row: &Fields<'_>, unit: &Fields<'_>) -> Result<bool, RowError> {
    let is_shown = |fields: &Fields<'_>, name| match fields.line(name)?.as_deref() {
        Some("O") => Ok(Some(true)),
        Some("P" | "N") => Ok(Some(false)),
        Some(_) => Err(fields.wrong(name, SHOWN_RULE)),
        None => Ok(None),
    };
    let name = "statutDiffusionEtablissement";
    let own = is_shown(row, name)?.ok_or_else(|| row.missing(name))?;
    Ok(own && is_shown(unit, "statutDiffusionUniteLegale")? != Some(false))
}

/// Of a firm its name, of a person that of the person.
fn legal_name(unit: &Fields<'_>) -> Result<Option<String>, RowError> {
    if let Some(name) = said(unit, "denominationUniteLegale")? {
        return Ok(Some(name));
    }
    let first = said(unit, "prenomUsuelUniteLegale")?.or(said(unit, "prenom1UniteLegale")?);
    let Some(last) = said(unit, "nomUsageUniteLegale")?.or(said(unit, "nomUniteLegale")?) else {
        return said(unit, "denominationUsuelle1UniteLegale");
    };
    Ok(Some(first.map_or_else(|| last.clone(), |first| format!("{first} {last}"))))
}

/// What the establishment does, else its company. It decides who may deposit, so that a wrong one is refused.
fn naf(own: &Own<'_>, unit: &Fields<'_>) -> Result<Option<Naf>, RowError> {
    let current =
        |nomenclature: Option<String>| nomenclature.is_none_or(|name| CURRENT.contains(&name.as_str()));
    let (of_own, of_unit) = ("activitePrincipaleEtablissement", "activitePrincipaleUniteLegale");
    let parsed = |fields: &Fields<'_>, name, text: String| {
        text.parse().map(Some).map_err(|_| fields.wrong(name, "4 digits and a letter"))
    };
    if current(own.line("nomenclatureActivitePrincipaleEtablissement")?)
        && let Some(text) = own.line(of_own)?
    {
        return parsed(own.row, of_own, text);
    }
    match said(unit, of_unit)? {
        Some(text) if current(unit.line("nomenclatureActivitePrincipaleUniteLegale")?) => {
            parsed(unit, of_unit, text)
        }
        _ => Ok(None),
    }
}

fn size(code: &str) -> Option<String> {
    let (_, label) = SIZES.into_iter().find(|(known, _)| *known == code)?;
    Some(label.to_owned())
}

/// In degrees, where the row has them; Sirene itself counts in metres, by a projection for each territory.
fn point(row: &Fields<'_>) -> Result<Option<Point>, RowError> {
    if let Some(point) = row.point("geolocetablissement")? {
        return Ok(Some(point));
    }
    match (row.number("latitude")?, row.number("longitude")?) {
        (Some(lat), Some(lon)) => {
            Point::new(lat, lon).map(Some).map_err(|_| row.wrong("latitude", POINT_RULE))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests;
