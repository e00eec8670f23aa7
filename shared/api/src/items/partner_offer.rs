//! An offer of France Travail.

use std::fmt::Write as _;

use domain::insee::Insee;
use domain::partner_offer::PartnerOffer;
use domain::siret::Siret;
use serde::Serialize;
use utoipa::ToSchema;

use super::field::Field;
use super::place::Where;
use super::{Contact, Naf, Place, Rome, View, value};

/// An offer of France Travail, as partners read it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeJob<'a> {
    #[schema(schema_with = crate::openapi::pe_job)]
    idea_type: &'static str,
    title: &'a str,
    contact: Contact<'a>,
    place: Place<'a>,
    company: Employer<'a>,
    #[schema(format = "uri")]
    url: String,
    job: Job<'a>,
    romes: Vec<Rome<'a>>,
    nafs: Vec<Naf<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PeJobCompany)]
struct Employer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    #[schema(value_type = Option<String>)]
    siret: Field<&'a str>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PeJobDetail)]
#[serde(rename_all = "camelCase")]
struct Job<'a> {
    #[schema(required)]
    description: Option<&'a str>,
    #[schema(required, format = DateTime)]
    creation_date: Option<String>,
    id: &'a str,
    #[schema(required)]
    contract_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<&'a str>,
}

impl<'a> From<(&'a PartnerOffer, View)> for PeJob<'a> {
    fn from((offer, view): (&'a PartnerOffer, View)) -> Self {
        Self {
            idea_type: "peJob",
            title: &offer.title,
            contact: Contact::published(
                offer.contact_name.as_deref(),
                offer.contact_email.as_deref(),
                offer.contact_info.as_deref(),
            ),
            place: Place::at(view.distance_km, address(offer)),
            company: Employer {
                name: offer.company_name.as_deref(),
                logo: offer.company_logo.as_deref(),
                description: offer.company_description.as_deref(),
                siret: siret(offer, view),
            },
            url: url(&offer.id),
            job: Job::from(offer),
            romes: romes(offer),
            nafs: Naf::list(offer.sector.as_deref(), offer.sector_label.as_deref()),
        }
    }
}

/// Null once a caller names itself, known or not: the answer must not tell which.
fn siret(offer: &PartnerOffer, view: View) -> Field<&str> {
    if view.hide_siret { Field::Null } else { Field::known(offer.company_siret.as_ref().map(Siret::as_str)) }
}

/// The line is « libellé code postal », the order of the original.
fn address(offer: &PartnerOffer) -> Where<'_> {
    let at = &offer.address;
    Where {
        full_address: Field::known(at.full.clone()),
        city: at.city.as_deref(),
        zip_code: at.zip.as_deref(),
        insee: at.insee.as_ref().map(Insee::as_str),
        ..Where::default()
    }
    .located(at.point)
}

/// The offer on France Travail's own site, with the campaign by which they count our visitors.
pub(crate) fn url(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    format!(
        "https://candidat.pole-emploi.fr/offres/recherche/detail/{encoded}?at_medium=CMP&at_campaign=labonnealternance_candidater_a_une_offre"
    )
}

/// The appellation is that of the offer's own trade; the others it is filed under have none.
fn romes(offer: &PartnerOffer) -> Vec<Rome<'_>> {
    let own = offer.rome();
    offer
        .romes
        .iter()
        .map(|code| Rome { code, label: offer.appellation.as_deref().filter(|_| code == own) })
        .collect()
}

impl<'a> From<&'a PartnerOffer> for Job<'a> {
    fn from(offer: &'a PartnerOffer) -> Self {
        Self {
            description: offer.description.as_deref(),
            creation_date: value::instant(offer.created_at),
            id: &offer.id,
            contract_type: offer.contract_type.as_deref(),
            contract_description: offer.contract_description.as_deref(),
            duration: offer.duration.as_deref(),
        }
    }
}
