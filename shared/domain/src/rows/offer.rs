//! A row of France Travail's "Offres d'emploi v2" (contract 4.2).

use super::fields::{Fields, POINT_RULE};
use super::text::folded;
use super::{RowError, bounded};
use crate::card::Card;
use crate::date;
use crate::diploma::Diploma;
use crate::geo::Point;
use crate::partner_offer::PartnerOffer;
use crate::place::Address;

/// Schools that post as employers (contract 1.8), folded; the last two are the same one.
const UNWANTED: [&str; 4] = [" iscod ", " oktogone ", " institut europeen f 2i ", " institut europeen f2i "];

/// Reads one line. The offer expires two calendar months after its creation.
pub fn parse(line: &[u8]) -> Result<Card, RowError> {
    let row = Fields::of_line(line)?;
    check_contract(&row)?;
    let company = row.object("entreprise.")?;
    let contact = row.object("contact.")?;
    let company_name = company.line("nom")?;
    if company_name.as_deref().is_some_and(is_unwanted) {
        return Err(RowError::Unwanted);
    }
    let created = row.instant("dateCreation")?.ok_or_else(|| row.missing("dateCreation"))?;
    let expires = date::two_months_later(created).and_then(date::seconds);
    let offer = PartnerOffer {
        id: row.id("id")?,
        title: row.line("intitule")?.ok_or_else(|| row.missing("intitule"))?,
        romes: row.romes(&["romeCode", "romeCodes", "rome_codes"])?.ok_or_else(|| row.missing("romeCode"))?,
        appellation: row.line("appellationLibelle")?,
        description: row.prose("description")?,
        created_at: date::seconds(created).unwrap_or(0),
        expires_at: expires
            .ok_or_else(|| row.wrong("dateCreation", "a date at least two months before 2106"))?,
        address: address(&row.object("lieuTravail.")?)?,
        company_name,
        company_siret: company.code("siret", 14)?.and_then(|siret| siret.parse().ok()),
        company_description: company.prose("description")?,
        company_logo: company.web_address("logo")?,
        contract_type: row.line("typeContrat")?,
        contract_description: row.line("typeContratLibelle")?,
        duration: row.line("dureeTravailLibelle")?,
        contact_name: contact.line("nom")?,
        contact_email: contact.line("courriel")?,
        contact_info: contact_info(&contact)?,
        sector: row.code("secteurActivite", 2)?,
        sector_label: row.line("secteurActiviteLibelle")?,
        diploma: row.line("niveauFormation")?.as_deref().and_then(diploma),
        opco: row.parsed("opco", "the short name of an OPCO")?,
    };
    bounded(Card::PartnerOffer(Box::new(offer)), line)
}

/// Where the row says which contract it is, it must be one of the two in alternance: by code, or by wording.
fn check_contract(row: &Fields<'_>) -> Result<(), RowError> {
    let Some(nature) = row.line("natureContrat")? else { return Ok(()) };
    let words = folded(&nature);
    let accepted = matches!(words.trim(), "e2" | "fs")
        || words.contains(" apprentissage ")
        || words.contains(" professionnalisation ");
    if accepted { Ok(()) } else { Err(row.wrong("natureContrat", "E2 or FS")) }
}

fn is_unwanted(name: &str) -> bool {
    let name = folded(name);
    UNWANTED.iter().any(|unwanted| name.contains(unwanted))
}

fn address(place: &Fields<'_>) -> Result<Address, RowError> {
    let point = match (place.number("latitude")?, place.number("longitude")?) {
        (None, None) => None,
        (Some(lat), Some(lon)) => {
            Some(Point::new(lat, lon).map_err(|_| place.wrong("latitude", POINT_RULE))?)
        }
        (None, Some(_)) => return Err(place.missing("latitude")),
        (Some(_), None) => return Err(place.missing("longitude")),
    };
    let city = place.line("libelle")?;
    let zip = place.code("codePostal", 5)?;
    let full: Vec<&str> = [&city, &zip].into_iter().filter_map(|part| part.as_deref()).collect();
    Ok(Address {
        full: (!full.is_empty()).then(|| full.join(" ")),
        insee: place.parsed_code("commune", 5, "the 5 characters of an INSEE code")?,
        zip,
        city,
        point,
        ..Address::default()
    })
}

/// `coordonnees1` to `coordonnees3`, one a line.
fn contact_info(contact: &Fields<'_>) -> Result<Option<String>, RowError> {
    let mut lines = Vec::new();
    for name in ["coordonnees1", "coordonnees2", "coordonnees3"] {
        lines.extend(contact.prose(name)?);
    }
    Ok((!lines.is_empty()).then(|| lines.join("\n")))
}

/// The levels that a search can ask France Travail for, read backwards; any other says nothing we filter by.
fn diploma(level: &str) -> Option<Diploma> {
    match level.to_ascii_uppercase().as_str() {
        "NV5" => Some(Diploma::Bac),
        "NV4" => Some(Diploma::Bts),
        "NV3" => Some(Diploma::Licence),
        "NV2" => Some(Diploma::Master),
        _ => None,
    }
}
