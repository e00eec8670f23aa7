//! An offer of France Travail, as a posting.

use std::borrow::Cow;

use domain::partner_offer::PartnerOffer;
use domain::siret::Siret;

use super::matcha::instant;
use super::parts::{CategoryCode, Organization, Place, PostalAddress, PropertyValue};
use super::{CONTEXT, JobPosting, words};
use crate::items::{View, partner_offer_url};

/// Of the view, only whether to withhold the SIRET counts.
impl<'a> From<(&'a PartnerOffer, View)> for JobPosting<'a> {
    fn from((offer, view): (&'a PartnerOffer, View)) -> Self {
        let company = words::said(offer.company_name.as_deref());
        let about = words::said(offer.company_description.as_deref());
        let siret = offer.company_siret.as_ref().map(Siret::as_str).filter(|_| !view.hide_siret);
        Self {
            context: CONTEXT,
            title: words::title(&offer.title),
            description: description(offer, company),
            identifier: PropertyValue::new("France Travail", &offer.id),
            date_posted: instant(offer.created_at),
            valid_through: Some(instant(offer.expires_at)),
            employment_type: employment_type(offer),
            hiring_organization: Organization::new(
                company,
                about,
                words::said(offer.company_logo.as_deref()),
            )
            .with_siret(siret),
            job_location: place(offer),
            direct_apply: false,
            url: Some(partner_offer_url(&offer.id)),
            industry: words::said(offer.sector_label.as_deref()),
            occupational_category: CategoryCode::of(&offer.romes, words::said(offer.appellation.as_deref())),
            total_job_openings: None,
            job_start_date: None,
            work_hours: words::said(offer.duration.as_deref()),
        }
    }
}

/// In the values that search engines read. Full time unless the offer says otherwise, as hours at school are hours
/// of work (code du travail, L6222-24); temporary where the contract ends: CDD, mission, saison.
fn employment_type(offer: &PartnerOffer) -> Vec<&'static str> {
    let is_part_time =
        offer.duration.as_deref().is_some_and(|duration| duration.to_lowercase().contains("partiel"));
    let mut types = vec![if is_part_time { "PART_TIME" } else { "FULL_TIME" }];
    if matches!(offer.contract_type.as_deref(), Some("CDD" | "MIS" | "SAI")) {
        types.push("TEMPORARY");
    }
    types
}

/// France Travail tells no street: its one line is the town again.
fn place(offer: &PartnerOffer) -> Place<'_> {
    let at = &offer.address;
    let address = PostalAddress {
        postal_code: words::said(at.zip.as_deref()),
        address_locality: words::town(at.city.as_deref()),
        address_region: words::said(at.region.as_deref()),
        ..PostalAddress::default()
    };
    Place::new(address, at.point)
}

fn description<'a>(offer: &'a PartnerOffer, company: Option<&'a str>) -> Cow<'a, str> {
    if let Some(text) = words::said(offer.description.as_deref()) {
        return text.into();
    }
    let contract = words::said(offer.contract_description.as_deref());
    words::description(
        words::title(&offer.title),
        company,
        &[
            ("Lieu", words::town(offer.address.city.as_deref())),
            ("Contrat", contract.or(offer.contract_type.as_deref())),
            ("Durée du travail", offer.duration.as_deref()),
        ],
    )
    .into()
}
