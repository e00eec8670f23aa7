//! `departement` and `region`: where trainings are searched by area.

use domain::departement::{Departement, DepartementError, Region, RegionError};
use usecases::search::{Place, Trades};

use super::trades;
use crate::request::Request;

const BOTH: &str = "region, departement : You must define either region OR departement, not both.";
const NOTHING: &str =
    "region, departement, romes, romeDomain : You must assign a value to at least one of these parameters.";

/// The trades, which may be left out where an area is given.
pub(super) fn trades(request: &Request, messages: &mut Vec<String>) -> Option<Trades> {
    let has_area = is_given(request, "departement") || is_given(request, "region");
    if !has_area && !is_given(request, "romes") && !is_given(request, "romeDomain") {
        messages.push(NOTHING.to_owned());
        return None;
    }
    trades::romes_or_domain(request, true, messages)
}

/// The départements; the whole country where none is named.
pub(super) fn place(request: &Request, messages: &mut Vec<String>) -> Place {
    let departement = request.query_value("departement");
    let region = request.query_value("region");
    if departement.is_some() && region.is_some() {
        messages.push(BOTH.to_owned());
    }
    let one = departement.and_then(|text| {
        text.parse::<Departement>().map_err(|error: DepartementError| messages.push(error.to_string())).ok()
    });
    let many = region.and_then(|text| {
        text.parse::<Region>().map_err(|error: RegionError| messages.push(error.to_string())).ok()
    });
    match (one, many) {
        (Some(departement), _) => Place::Area(vec![departement]),
        (None, Some(region)) => Place::Area(region.departements().collect()),
        (None, None) => Place::Country,
    }
}

fn is_given(request: &Request, name: &str) -> bool {
    request.query_value(name).is_some()
}
