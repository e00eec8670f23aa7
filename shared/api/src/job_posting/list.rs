//! The postings that a search found.

use serde::{Serialize, Serializer};
use serde_json::json;

use super::{CONTEXT, JobPosting};
use crate::errors::shapes::ZApiError;

/// An `ItemList` of postings: first the offers of France Travail, then those deposited here, each in the order of
/// the search. What schema.org has no word for stands beside under the names of the JSON answer, and the context
/// says that these names mean nothing in its vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(tag = "@type", rename = "ItemList")]
pub struct JobPostings<'a> {
    /// What the names mean.
    #[serde(rename = "@context")]
    pub context: ListContext,
    /// How many postings there are here.
    #[serde(rename = "numberOfItems")]
    pub count: usize,
    /// The postings.
    #[serde(rename = "itemListElement")]
    pub postings: Vec<JobPosting<'a>>,
    /// With `cursor`: the cursor of the next page, or null after the last one. A property and no `Link` header,
    /// whose address would have to repeat the query, and with it who calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Option<String>>,
    /// With `updated_since`: what to send in it the next time, once `next` is null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_until: Option<String>,
    /// With `updated_since`: the ids to drop where they are held.
    #[serde(skip_serializing_if = "Withdrawn::is_none")]
    pub withdrawn: Withdrawn,
    /// The sources that did not answer: their postings are missing, and not none.
    #[serde(skip_serializing_if = "Errors::is_none")]
    pub errors: Errors,
}

/// Ids to drop, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Withdrawn {
    /// Of offers of France Travail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pe_jobs: Option<Vec<String>>,
    /// Of offers deposited here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matchas: Option<Vec<String>>,
}

impl Withdrawn {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a source gave nothing, by source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Errors {
    /// France Travail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pe_jobs: Option<ZApiError>,
    /// Offers deposited here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matchas: Option<ZApiError>,
}

impl Errors {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The context of a list: that of a posting, and our own names, which mean nothing in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListContext;

impl Serialize for ListContext {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ours = json!({"next": null, "updated_until": null, "withdrawn": null, "errors": null});
        (CONTEXT, ours).serialize(serializer)
    }
}
