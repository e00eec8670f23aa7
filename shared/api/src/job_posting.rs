//! Offers in the words of schema.org, for those who publish them: `JobPosting`, and the list of a search.
//!
//! It has what search engines require of a posting, whatever its source lacks: a title, a description, a date, who
//! hires and where. It shows no contact at all, and nothing that the contract withholds: neither where exactly the
//! company of a delegated offer is, nor the SIRET of a partner offer once a caller names itself. What the recruiter
//! wrote in a description is shown as it is, there as here.
//!
//! Companies and trainings are no postings.

mod list;
mod matcha;
mod partner_offer;
mod parts;
mod words;

use std::borrow::Cow;

pub use list::{Errors, JobPostings, ListContext, Withdrawn};
use parts::{CategoryCode, Organization, Place, PropertyValue};
use serde::Serialize;

/// Where the words come from.
const CONTEXT: &str = "https://schema.org";

/// An offer, as <https://schema.org/JobPosting>. It names its context even inside a list, so that each can be put in
/// a page of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub struct JobPosting<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    title: &'a str,
    description: Cow<'a, str>,
    identifier: PropertyValue<'a>,
    date_posted: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_through: Option<String>,
    employment_type: Vec<&'static str>,
    hiring_organization: Organization<'a>,
    job_location: Place<'a>,
    /// Always false: no address that is given leads straight to a form.
    direct_apply: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    industry: Option<&'a str>,
    occupational_category: Vec<CategoryCode<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_job_openings: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    work_hours: Option<&'a str>,
}
