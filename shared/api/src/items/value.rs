//! Numbers, dates and lines as the original prints them.

use domain::date;
use domain::place::Address;
use jiff::Timestamp;
use serde::Serializer;

/// Kilometres with two decimals.
pub(crate) fn rounded(km: f64) -> f64 {
    (km * 100.0).round() / 100.0
}

/// Seconds since 1970, as ISO-8601 in UTC with milliseconds; 0 stands for unknown.
pub(crate) fn instant(seconds: u32) -> Option<String> {
    if seconds == 0 { None } else { Timestamp::from_second(i64::from(seconds)).ok().map(date::iso) }
}

/// A date as its source wrote it, in the same form; none when it is no date.
pub(crate) fn iso(text: Option<&str>) -> Option<String> {
    date::parse(text?).map(date::iso)
}

/// Street, post code and city on one line, where the source did not write it so itself.
pub(crate) fn one_line(address: &Address) -> Option<String> {
    if let Some(full) = &address.full {
        return Some(full.clone());
    }
    let town = [address.zip.as_deref(), address.city.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [address.street.as_deref(), Some(town.as_str()).filter(|town| !town.is_empty())];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    (!line.is_empty()).then_some(line)
}

/// A number without a needless `.0`: JSON of the original holds `12`, where Rust writes `12.0`.
#[expect(clippy::ref_option, reason = "serde gives the field by reference")]
pub(crate) fn number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        // Whole numbers below 2^53 are exact in both types.
        Some(value) if value.fract() == 0.0 && value.abs() < 9.0e15 => {
            serializer.serialize_i64(*value as i64)
        }
        Some(value) => serializer.serialize_f64(*value),
        None => serializer.serialize_none(),
    }
}
