//! An offer deposited here.

use domain::matcha::MatchaOffer;
use domain::place::Establishment;
use domain::recruiter::JobStatus;
use serde::Serialize;
use utoipa::ToSchema;

use super::field::Field;
use super::place::Where;
use super::{Contact, Naf, Place, Rome, View, value};

/// An offer deposited here, as partners read it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LbaJob<'a> {
    #[schema(schema_with = crate::openapi::matcha)]
    idea_type: &'static str,
    title: &'a str,
    contact: Contact<'a>,
    place: Place<'a>,
    company: Employer<'a>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    diploma_level: Option<&'a str>,
    job: Job<'a>,
    romes: Vec<Rome<'a>>,
    nafs: Vec<Naf<'a>>,
    application_count: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LbaJobCompany)]
#[serde(rename_all = "camelCase")]
struct Employer<'a> {
    siret: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'a str>,
    mandataire: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    creation_date: Option<String>,
    /// The address of the CFA that publishes for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Where<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LbaJobDetail)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the contract names the fields")]
struct Job<'a> {
    #[schema(required)]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employeur_description: Option<&'a str>,
    #[schema(required, format = DateTime)]
    creation_date: Option<String>,
    id: &'a str,
    #[schema(required)]
    contract_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    job_start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    rome_details: Option<&'a serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rythme_alternance: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elligible_handicap: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duree_contrat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantite_contrat: Option<u32>,
    #[schema(schema_with = crate::openapi::job_status)]
    status: JobStatus,
}

impl<'a> From<(&'a MatchaOffer, View)> for LbaJob<'a> {
    fn from((offer, view): (&'a MatchaOffer, View)) -> Self {
        Self {
            idea_type: "matcha",
            title: &offer.title,
            contact: Contact::sealed(
                offer.email.as_ref(),
                offer.contact_name.as_deref(),
                offer.contact_phone.as_deref(),
            ),
            place: Place::at(view.distance_km, address(offer)),
            company: Employer::from(offer),
            id: &offer.id,
            diploma_level: offer.level_label.as_deref(),
            job: Job::from(offer),
            romes: offer.romes.iter().map(|code| Rome { code, label: None }).collect(),
            nafs: Naf::list(None, offer.naf_label.as_deref()),
            application_count: offer.application_count,
        }
    }
}

/// A CFA publishes for a company without saying where exactly it is: the lines are withheld.
fn address(offer: &MatchaOffer) -> Where<'_> {
    let lines = if offer.delegate.is_some() {
        Where { full_address: Field::Null, address: Field::Null, ..Where::default() }
    } else {
        Where::line(&offer.address)
    };
    Where { city: offer.address.city.as_deref(), ..lines }.located(offer.address.point)
}

impl<'a> From<&'a MatchaOffer> for Employer<'a> {
    fn from(offer: &'a MatchaOffer) -> Self {
        let cfa_place = |cfa: &'a Establishment| Where::line(&cfa.address);
        Self {
            siret: offer.siret.as_str(),
            name: &offer.company_name,
            size: offer.company_size.as_deref(),
            mandataire: offer.delegate.is_some(),
            creation_date: value::iso(offer.company_created_at.as_deref()),
            place: offer.delegate.as_ref().map(cfa_place),
        }
    }
}

impl<'a> From<&'a MatchaOffer> for Job<'a> {
    fn from(offer: &'a MatchaOffer) -> Self {
        Self {
            description: offer.description.as_deref(),
            employeur_description: offer.employer_description.as_deref(),
            creation_date: value::instant(offer.created_at),
            id: &offer.offer_id,
            contract_type: Some(offer.contract_types.join(", ")).filter(|types| !types.is_empty()),
            job_start_date: value::iso(offer.start_date.as_deref()),
            rome_details: offer.rome_detail.as_ref(),
            rythme_alternance: offer.rhythm.as_deref(),
            elligible_handicap: offer.disabled_eligible,
            duree_contrat: offer.duration_months.map(|months| months.to_string()),
            quantite_contrat: offer.openings,
            status: offer.status,
        }
    }
}
