//! The parameters of the search routes (contract 1.0.2 and 1.1 to 1.5).
//!
//! Values that are not of their type are the schema family of errors, and are looked for first; only when all
//! are right do the rules of the contract apply, and then every broken rule is named, in the order of the
//! contract's table. Unknown parameters pass.
//!
//! Where the contract leaves room:
//! - `caller` is optional, as the key names the partner; what depends on "a caller is given" depends on it.
//! - Presence is presence: `latitude=0` is given, `latitude=` is not.
//! - The format of `radius` and `insee` is checked whenever they are given, with or without a place.
//! - An OPCO that does not exist has no message: it matches nothing.
//!
//! Beyond the contract: `cursor`, `updated_since` and `sort`, which change nothing unless they are sent.

mod area;
mod caller;
mod extras;
mod filters;
mod fingerprint;
mod place;
mod sources;
mod trades;

use std::collections::BTreeSet;

pub use caller::Caller;
use domain::diploma::Diploma;
use domain::insee::Insee;
use domain::source::Source;
pub(crate) use extras::updated_since;
use jiff::Timestamp;
pub use trades::unknown_rncp;
use usecases::search::{OpcoFilter, Place, Trades};

use crate::accept::Form;
use crate::errors::ApiError;
use crate::request::Request;

/// Which of the search routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// `GET /v1/jobs`.
    Jobs,
    /// `GET /v1/jobsEtFormations`.
    JobsAndTrainings,
    /// `GET /v1/formations`.
    Trainings,
    /// `GET /v1/formationsParRegion`.
    TrainingsOfArea,
}

/// Which part of the answer is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The answer of the contract: as many as the cap.
    Capped,
    /// A page; none for the first one, else what follows a cursor.
    Page(Option<String>),
    /// What has changed since an instant, or what follows a cursor of such an answer.
    Changes(Timestamp, Option<String>),
}

/// What is searched, valid as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// Which route was asked.
    pub route: Route,
    /// The trades, or what leads to them.
    pub trades: Trades,
    /// Around where, or in which départements; anywhere is the whole country.
    pub place: Place,
    /// The commune of the place, for sources that search by commune.
    pub insee: Option<Insee>,
    /// The sources to ask. `lbb` is accepted and asks nothing, so the set may be empty.
    pub sources: BTreeSet<Source>,
    /// Keep what leads to this diploma, or to any.
    pub diploma: Option<Diploma>,
    /// Keep companies of this OPCO.
    pub opco: OpcoFilter,
    /// Newest first, where a place is asked too.
    pub by_date: bool,
    /// Whether trainings tell what is taught (`options=with_description`).
    pub with_description: bool,
    /// Which part of the answer.
    pub part: Part,
    /// In which form. A form of offers: routes without offers have the one of the contract, whatever is asked.
    pub form: Form,
    /// Who calls, in its own words.
    pub caller: Option<Caller>,
    /// What a cursor of this search is bound to: all that is searched, and not who asks.
    pub fingerprint: [u8; 16],
}

impl SearchQuery {
    /// Reads and checks every parameter. `now` bounds `updated_since`.
    ///
    /// Fails with [`ApiError::Schema`] when a value is not of its type, else with [`ApiError::WrongParameters`] and
    /// every message. Never panics, whatever the request.
    pub fn parse(request: &Request, route: Route, now: Timestamp) -> Result<Self, ApiError> {
        let numbers = place::Numbers::read(request)?;
        let with_description = extras::with_description(request)?;
        let mut messages = Vec::new();
        let caller = Caller::read(request);
        let since = extras::updated_since(request, now, extras::TOO_OLD, &mut messages)
            .filter(|_| route != Route::TrainingsOfArea);
        // Whoever mirrors may want every trade.
        let any = request.query_value("updated_since").is_some();
        let trades = match route {
            Route::Jobs | Route::JobsAndTrainings => trades::romes_or_rncp(request, any, &mut messages),
            Route::Trainings => trades::romes_or_domain(request, any, &mut messages),
            Route::TrainingsOfArea => area::trades(request, &mut messages),
        };
        let circle = match route {
            Route::Jobs | Route::JobsAndTrainings => numbers.check(None, &mut messages),
            Route::Trainings => numbers.check(Some(TRAININGS_RADIUS_KM), &mut messages),
            Route::TrainingsOfArea => None,
        };
        let insee = match route {
            Route::Jobs => place::insee(request, numbers.are_geo() && caller.is_some(), &mut messages),
            Route::JobsAndTrainings => place::insee(request, numbers.are_geo(), &mut messages),
            Route::Trainings | Route::TrainingsOfArea => None,
        };
        let place = match route {
            Route::TrainingsOfArea => area::place(request, &mut messages),
            _ => circle.unwrap_or(Place::Anywhere),
        };
        let sources = sources::read(request, route, &mut messages);
        let diploma = filters::diploma(request, &mut messages);
        let opco = filters::opco(request);
        let by_date = extras::by_date(request, numbers.are_geo(), &mut messages);
        let part = extras::part(request, since);
        match trades {
            Some(trades) if messages.is_empty() => {
                let mut query = Self {
                    route,
                    trades,
                    place,
                    insee,
                    sources,
                    diploma,
                    opco,
                    by_date,
                    with_description,
                    part,
                    form: Form::asked(request),
                    caller,
                    fingerprint: [0; 16],
                };
                query.fingerprint = fingerprint::of(&query);
                Ok(query)
            }
            _ => Err(ApiError::WrongParameters(messages)),
        }
    }
}

/// The radius of trainings where none is given (contract 1.3).
const TRAININGS_RADIUS_KM: f64 = 30.0;

#[cfg(test)]
mod tests;
