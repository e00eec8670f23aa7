//! `diploma`, `opco` and `opcoUrl`: what to keep of what is found.

use domain::diploma::Diploma;
use domain::opco::Opco;
use usecases::search::OpcoFilter;

use crate::request::Request;

/// One OPCO, by its name, its site, or both when they agree.
pub(super) fn opco(request: &Request) -> OpcoFilter {
    let by_name = request.query_value("opco").map(|name| Opco::from_short(&name));
    let by_site = request.query_value("opcoUrl").map(|url| Opco::from_url(&url));
    match (by_name, by_site) {
        (None, None) => OpcoFilter::Any,
        (Some(Some(opco)), None) | (None, Some(Some(opco))) => OpcoFilter::One(opco),
        (Some(Some(opco)), Some(Some(same))) if opco == same => OpcoFilter::One(opco),
        _ => OpcoFilter::Nothing,
    }
}

/// The level that the value begins with; the words after it are for people, so `5`, `5 (BTS, DEUST...)` and
/// `5 (Bac+2)` are the same. `55` is none.
pub(super) fn diploma(request: &Request, messages: &mut Vec<String>) -> Option<Diploma> {
    let value = request.query_value("diploma")?;
    let mut chars = value.chars();
    let level = chars.next().and_then(|char| char.to_digit(10)).and_then(|level| u8::try_from(level).ok());
    let ends = chars.next().is_none_or(|char| !char.is_alphanumeric());
    let diploma = level.filter(|_| ends).and_then(Diploma::from_level);
    if diploma.is_none() {
        messages.push("diploma : Optional diploma argument used with wrong value".to_owned());
    }
    diploma
}
