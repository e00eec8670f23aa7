//! What is logged of an answer, beside what the runtime sees by itself.

use domain::partner::Partner;
use search::read::Cost;

use crate::search_query::Caller;

/// What a handler knows of a request. It holds nothing that a person wrote but what has been cleaned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The partner's short name.
    pub partner: Option<String>,
    /// The web origins of its widgets, which may read the answer.
    pub origins: Vec<String>,
    /// How the caller names itself, addresses removed.
    pub caller: Option<String>,
    /// The sources asked, with commas.
    pub sources: Option<String>,
    /// Results per source, or why it has none.
    pub results: Option<String>,
    /// What a search cost.
    pub search_cost: Option<Cost>,
}

impl Facts {
    /// Who calls.
    pub fn of(partner: &Partner, caller: Option<&Caller>) -> Self {
        Self {
            partner: Some(partner.partner.clone()),
            origins: partner.origins.clone(),
            caller: caller.map(ToString::to_string),
            ..Self::default()
        }
    }
}
