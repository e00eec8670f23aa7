//! What this service has beyond the contract: `cursor`, `updated_since`, `sort`; and the hidden `options`.

use jiff::{Timestamp, ToSpan};

use super::Part;
use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

/// How far back changes are known, in days: word of a withdrawal is kept for as long.
const CHANGES_DAYS: i64 = 59;

const SORT: &str = "sort : sort must be 'distance' or 'date', and 'distance' needs a latitude and a longitude. \
                    ('distance' demande un lieu : latitude et longitude.)";
const SINCE: &str = "updated_since : updated_since must be an ISO 8601 instant in the past. ex : 2026-11-24T06:00:00Z \
                     (Instant ISO 8601 passé attendu.)";
/// What to do where changes are not known any more.
pub(super) const TOO_OLD: &str = "updated_since : Changes are kept for 59 days. Take the export, then ask from there. \
                       (Les changements sont gardés 59 jours : reprenez l'export, puis repartez de sa date.)";

/// Whether newest first is asked.
pub(super) fn by_date(request: &Request, has_place: bool, messages: &mut Vec<String>) -> bool {
    match request.query_value("sort").as_deref() {
        Some("date") => return true,
        Some("distance") if has_place => {}
        None => {}
        Some(_) => messages.push(SORT.to_owned()),
    }
    false
}

/// The instant since when changes are asked; `too_old` says what to do where they are not known any more.
pub(crate) fn updated_since(
    request: &Request,
    now: Timestamp,
    too_old: &str,
    messages: &mut Vec<String>,
) -> Option<Timestamp> {
    let text = request.query_value("updated_since")?;
    match domain::date::parse(&text).filter(|since| *since <= now) {
        Some(since) if since >= now - (CHANGES_DAYS * 24).hours() => Some(since),
        Some(_) => {
            messages.push(too_old.to_owned());
            None
        }
        None => {
            messages.push(SINCE.to_owned());
            None
        }
    }
}

/// Which part of the answer: `cursor=` asks for the first page.
pub(super) fn part(request: &Request, since: Option<Timestamp>) -> Part {
    let cursor = request.query_value("cursor");
    match since {
        Some(since) => Part::Changes(since, cursor),
        None if cursor.is_some() || request.query_names("cursor") => Part::Page(cursor),
        None => Part::Capped,
    }
}

/// `options` has one value.
pub(super) fn with_description(request: &Request) -> Result<bool, ApiError> {
    match request.query_value("options").as_deref() {
        None => Ok(false),
        Some("with_description") => Ok(true),
        Some(_) => {
            let issues = vec![Issue::not_the_literal("options", "with_description")];
            Err(Schema { context: Context::Querystring, issues }.into())
        }
    }
}
