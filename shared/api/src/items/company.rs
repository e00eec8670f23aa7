//! A company likely to hire.

use domain::company::Company;
use serde::Serialize;
use utoipa::ToSchema;

use super::place::Where;
use super::{Contact, Naf, Place, View};

/// A company likely to hire, as partners read it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LbaCompany<'a> {
    #[schema(schema_with = crate::openapi::lba)]
    idea_type: &'static str,
    title: &'a str,
    contact: Contact<'a>,
    place: Place<'a>,
    company: Employer<'a>,
    /// Always null: there is no offer to link to.
    #[schema(required, schema_with = crate::openapi::null)]
    url: Option<&'a str>,
    nafs: Vec<Naf<'a>>,
    application_count: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LbaCompanyEmployer)]
struct Employer<'a> {
    name: &'a str,
    siret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opco: Option<OpcoItem<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Opco)]
struct OpcoItem<'a> {
    label: &'static str,
    url: &'a str,
}

impl<'a> From<(&'a Company, View)> for LbaCompany<'a> {
    fn from((company, view): (&'a Company, View)) -> Self {
        let address = Where { city: company.address.city.as_deref(), ..Where::line(&company.address) };
        Self {
            idea_type: "lba",
            title: &company.name,
            contact: Contact::sealed(
                company.email.as_ref(),
                None,
                company.phone.as_deref().filter(|_| view.with_phone),
            ),
            place: Place::at(view.distance_km, address.located(company.address.point)),
            company: Employer::from(company),
            url: None,
            nafs: Naf::list(company.naf.as_ref().map(domain::naf::Naf::as_str), company.naf_label.as_deref()),
            // The predictive list brings no applications; those made here are counted by the application routes.
            application_count: 0,
        }
    }
}

impl<'a> From<&'a Company> for Employer<'a> {
    fn from(company: &'a Company) -> Self {
        let opco = company.opco.map(|opco| OpcoItem {
            label: opco.label(),
            url: company.opco_url.as_deref().unwrap_or(opco.url()),
        });
        Self {
            name: &company.name,
            siret: company.siret.as_str(),
            size: company.size.as_deref(),
            url: company.website.as_deref(),
            opco,
        }
    }
}
