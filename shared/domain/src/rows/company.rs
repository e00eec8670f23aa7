//! A row of the predictive list of companies (contract 4.3).

use super::fields::Fields;
use super::{RowError, bounded};
use crate::card::Card;
use crate::company::{Company, UNKNOWN_NAME};
use crate::date;
use crate::naf::Naf;
use crate::naf_romes::NafRomes;
use crate::opco::Opco;
use crate::place::Address;
use crate::rome::Romes;
use crate::seal::ContactCipher;
use crate::siret::Siret;

/// Reads one line. A row without `rome_codes` gets the trades of its activity; the recruiter's address is sealed
/// at once, so that it is never stored in clear.
pub fn parse(line: &[u8], naf_romes: &NafRomes, cipher: &ContactCipher) -> Result<Card, RowError> {
    let row = Fields::of_line(line)?;
    let naf = row.parsed::<Naf>("naf_code", "4 digits and a letter")?;
    let enseigne = row.line("enseigne")?;
    let raison_sociale = row.line("raison_sociale")?;
    let opco_url = row.web_address("opco_url")?.map(|url| url.to_lowercase());
    let siret: Siret = row
        .parsed_code("siret", 14, "14 digits that satisfy the Luhn formula")?
        .ok_or_else(|| row.missing("siret"))?;
    let company = Company {
        name: enseigne.or(raison_sociale).unwrap_or_else(|| UNKNOWN_NAME.to_owned()),
        romes: romes(&row, naf.as_ref(), naf_romes)?,
        naf,
        naf_label: row.line("naf_label")?,
        address: address(&row)?,
        email: row.email("email")?.map(|email| cipher.seal(&email, siret.as_str())),
        phone: row.line("phone")?.filter(|phone| !phone.eq_ignore_ascii_case("null")),
        size: row.line("company_size")?,
        website: row.web_address("website")?,
        opco: opco(&row, opco_url.as_deref())?,
        opco_url,
        siret,
        created_at: row.instant("created_at")?.and_then(date::seconds).unwrap_or(0),
    };
    bounded(Card::Company(Box::new(company)), line)
}

fn romes(row: &Fields<'_>, naf: Option<&Naf>, naf_romes: &NafRomes) -> Result<Romes, RowError> {
    match row.romes(&["rome_codes"])? {
        Some(romes) => Ok(romes),
        None => naf.and_then(|naf| naf_romes.romes(naf)).ok_or(RowError::NoTrade),
    }
}

fn address(row: &Fields<'_>) -> Result<Address, RowError> {
    let street = joined(" ", [row.line("street_number")?, row.line("street_name")?]);
    let zip = row.code("zip_code", 5)?;
    let city = row.line("city")?;
    let place = joined(" ", [zip.clone(), city.clone()]);
    Ok(Address {
        full: joined(", ", [street.clone(), place]),
        street,
        zip,
        city,
        insee: row.parsed_code("insee_city_code", 5, "the 5 characters of an INSEE code")?,
        point: row.point("geo_coordinates")?,
        ..Address::default()
    })
}

/// By its short name, which must be one of the eleven; else by its label or its site, which may be no OPCO's.
fn opco(row: &Fields<'_>, url: Option<&str>) -> Result<Option<Opco>, RowError> {
    let short = row.parsed("opco_short_name", "the short name of an OPCO")?;
    let label = row.line("opco")?;
    Ok(short
        .or_else(|| Opco::from_label(label.as_deref()?))
        .or_else(|| Opco::from_short(label.as_deref()?))
        .or_else(|| Opco::from_url(url?)))
}

fn joined(separator: &str, parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(separator))
}
