//! An offer deposited here, as a posting.

use std::borrow::Cow;

use domain::date;
use domain::matcha::MatchaOffer;
use domain::recruiter::JobStatus;
use jiff::Timestamp;

use super::parts::{CategoryCode, Organization, Place, PostalAddress, PropertyValue};
use super::{CONTEXT, JobPosting, words};
use crate::items::value;

impl<'a> From<&'a MatchaOffer> for JobPosting<'a> {
    fn from(offer: &'a MatchaOffer) -> Self {
        let company = words::said(Some(&offer.company_name));
        let employer = words::said(offer.employer_description.as_deref());
        Self {
            context: CONTEXT,
            title: words::title(&offer.title),
            description: description(offer, company),
            // The id of the detail route and of what is withdrawn.
            identifier: PropertyValue::new("La bonne alternance", &offer.offer_id),
            date_posted: instant(offer.created_at),
            valid_through: Some(valid_through(offer)),
            // Hours at school are hours of work (code du travail, L6222-24).
            employment_type: vec!["FULL_TIME"],
            hiring_organization: Organization::new(company, employer, None)
                .with_siret(Some(offer.siret.as_str())),
            job_location: place(offer),
            direct_apply: false,
            url: None,
            industry: words::said(offer.naf_label.as_deref()),
            occupational_category: CategoryCode::of(&offer.romes, None),
            total_job_openings: offer.openings.filter(|&openings| openings > 0),
            job_start_date: value::iso(offer.start_date.as_deref()),
            work_hours: None,
        }
    }
}

/// The contract may write no date, a posting must: an unknown one is the first that a card can hold.
pub(super) fn instant(seconds: u32) -> String {
    date::iso(Timestamp::from_second(i64::from(seconds)).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// A posting has no status. It ends when the offer expires; of an offer that was closed before, nobody noted when,
/// and its posting ends with the day that it began, so that it is over for whoever reads it.
fn valid_through(offer: &MatchaOffer) -> String {
    let is_open = offer.status == JobStatus::Active;
    instant(if is_open { offer.expires_at } else { offer.created_at.min(offer.expires_at) })
}

/// A CFA publishes for a company without saying where exactly it is: the town is told, neither street nor point.
fn place(offer: &MatchaOffer) -> Place<'_> {
    let at = &offer.address;
    let town =
        PostalAddress { address_locality: words::town(at.city.as_deref()), ..PostalAddress::default() };
    if offer.delegate.is_some() {
        return Place::new(town, None);
    }
    let address = PostalAddress {
        street_address: words::street(at),
        postal_code: words::said(at.zip.as_deref()),
        address_region: words::said(at.region.as_deref()),
        ..town
    };
    Place::new(address, at.point)
}

fn description<'a>(offer: &'a MatchaOffer, company: Option<&'a str>) -> Cow<'a, str> {
    if let Some(text) = words::said(offer.description.as_deref()) {
        return text.into();
    }
    let months = offer.duration_months.map(|months| format!("{months} mois"));
    let level = offer.level_label.as_deref().filter(|_| offer.diploma.is_some());
    words::description(
        words::title(&offer.title),
        company,
        &[
            ("Lieu", words::town(offer.address.city.as_deref())),
            ("Contrat", Some(&offer.contract_types.join(", "))),
            ("Durée", months.as_deref()),
            ("Rythme", offer.rhythm.as_deref()),
            ("Niveau visé", level),
        ],
    )
    .into()
}
