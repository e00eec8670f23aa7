//! The parameters of `GET /v1/jobs` (contract 1.0.2 and 1.1).
//!
//! Values that are not of their type are the schema family of errors, and are looked for first; only when all
//! are numbers do the rules of the contract apply, and then every broken rule is named, in the order of the
//! contract's table. Unknown parameters pass.
//!
//! Where the contract leaves room:
//! - `caller` is optional, as the key names the partner; what depends on "a caller is given" depends on it.
//! - Presence is presence: `latitude=0` is given, `latitude=` is not.
//! - The format of `radius` and `insee` is checked whenever they are given, with or without a place.
//! - An OPCO that does not exist has no message: it matches nothing.

mod caller;
mod filters;
mod place;
mod sources;
mod trades;

use std::collections::BTreeSet;

pub use caller::Caller;
use domain::diploma::Diploma;
use domain::insee::Insee;
use domain::source::Source;
pub use place::Place;
pub use trades::unknown_rncp;
use usecases::search_jobs::{OpcoFilter, Trades};

use crate::errors::ApiError;
use crate::request::Request;

/// What is searched, valid as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct JobsQuery {
    /// The trades, or the certification that leads to them.
    pub trades: Trades,
    /// Around where; none searches the whole country, newest first.
    pub place: Option<Place>,
    /// The commune of the place, for sources that search by commune.
    pub insee: Option<Insee>,
    /// The sources to ask. `lbb` is accepted and asks nothing, so the set may be empty.
    pub sources: BTreeSet<Source>,
    /// Keep what leads to this diploma, or to any.
    pub diploma: Option<Diploma>,
    /// Keep companies of this OPCO.
    pub opco: OpcoFilter,
    /// Who calls, in its own words.
    pub caller: Option<Caller>,
}

impl JobsQuery {
    /// Reads and checks every parameter.
    ///
    /// Fails with [`ApiError::Schema`] when a number is none, else with [`ApiError::WrongParameters`] and every
    /// message. Never panics, whatever the request.
    pub fn parse(request: &Request) -> Result<Self, ApiError> {
        let numbers = place::Numbers::read(request)?;
        let mut messages = Vec::new();
        let caller = Caller::read(request);
        let trades = trades::read(request, &mut messages);
        let place = numbers.check(&mut messages);
        let insee = place::insee(request, numbers.are_geo() && caller.is_some(), &mut messages);
        let sources = sources::read(request, &mut messages);
        let diploma = filters::diploma(request, &mut messages);
        let opco = filters::opco(request);
        match trades {
            Some(trades) if messages.is_empty() => {
                Ok(Self { trades, place, insee, sources, diploma, opco, caller })
            }
            _ => Err(ApiError::WrongParameters(messages)),
        }
    }
}

#[cfg(test)]
mod tests;
