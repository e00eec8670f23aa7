//! Reads the fields of a row: trimmed, empty is absent, numbers and texts taken for each other where that is safe.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::{MAX_LINE_BYTES, RowError, text};
use crate::date;
use crate::email::Email;
use crate::geo::Point;
use crate::rome::{RomeCode, Romes};

/// What a list of trades must be.
const ROMES_RULE: &str = "1 to 20 codes of one letter and four digits";
/// What a pair of coordinates must be.
pub(crate) const POINT_RULE: &str = "latitude and longitude in degrees, as \"lat,lon\"";

/// The fields of a JSON object.
pub(crate) struct Fields<'a> {
    map: std::borrow::Cow<'a, Map<String, Value>>,
    /// What names the object in messages: empty, or its own name and a point.
    path: &'static str,
}

impl<'a> Fields<'a> {
    /// Reads a line.
    pub(crate) fn of_line(line: &[u8]) -> Result<Self, RowError> {
        if line.len() > MAX_LINE_BYTES {
            return Err(RowError::TooLong);
        }
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let map = serde_json::from_slice(line).map_err(|_| RowError::NotJson)?;
        Ok(Self { map: std::borrow::Cow::Owned(map), path: "" })
    }

    /// Of an object that was read already.
    pub(crate) fn of(map: &'a Map<String, Value>) -> Self {
        Self { map: std::borrow::Cow::Borrowed(map), path: "" }
    }

    /// An object inside this one, empty when absent. `path` is its name followed by a point.
    pub(crate) fn object(&'a self, path: &'static str) -> Result<Fields<'a>, RowError> {
        let name = path.trim_end_matches('.');
        match self.value(name) {
            None => Ok(Fields { map: std::borrow::Cow::Owned(Map::new()), path }),
            Some(Value::Object(map)) => Ok(Fields { map: std::borrow::Cow::Borrowed(map), path }),
            Some(_) => Err(self.wrong(name, "an object")),
        }
    }

    /// A text of one line.
    pub(crate) fn line(&self, name: &str) -> Result<Option<String>, RowError> {
        Ok(self.raw(name)?.and_then(|raw| text::line(&raw)))
    }

    /// A text of several lines.
    pub(crate) fn prose(&self, name: &str) -> Result<Option<String>, RowError> {
        Ok(self.raw(name)?.and_then(|raw| text::prose(&raw)))
    }

    /// A code of `width` digits: a number gets back the zeros it lost at its start, and loses the `.0` that
    /// spreadsheets add.
    pub(crate) fn code(&self, name: &str, width: usize) -> Result<Option<String>, RowError> {
        Ok(match self.value(name).and_then(Value::as_f64) {
            Some(number) if number.fract() == 0.0 && (0.0..1e15).contains(&number) => {
                Some(format!("{number:0>width$}"))
            }
            _ => self.line(name)?,
        })
    }

    /// A value type whose text must obey `rule`.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str, rule: &'static str) -> Result<Option<T>, RowError> {
        self.parse(name, rule, self.line(name)?)
    }

    /// A value type written as a code of `width` digits.
    pub(crate) fn parsed_code<T: FromStr>(
        &self,
        name: &str,
        width: usize,
        rule: &'static str,
    ) -> Result<Option<T>, RowError> {
        self.parse(name, rule, self.code(name, width)?)
    }

    /// An id by which a card is known; it is refused, not cleaned, since a changed id is another one.
    pub(crate) fn id(&self, name: &str) -> Result<String, RowError> {
        let raw = self.raw(name)?.unwrap_or_default();
        match raw.trim() {
            "" => Err(self.missing(name)),
            id if text::is_record_id(id) => Ok(id.to_owned()),
            _ => Err(self.wrong(name, "1 to 200 printable ASCII characters without space, !, quote or @")),
        }
    }

    /// A web address, left out when it is none.
    pub(crate) fn web_address(&self, name: &str) -> Result<Option<String>, RowError> {
        Ok(self.line(name)?.and_then(text::web_address))
    }

    /// An e-mail address, left out when it is none (feeds write `null` and worse).
    pub(crate) fn email(&self, name: &str) -> Result<Option<Email>, RowError> {
        Ok(self.line(name)?.and_then(|line| line.parse().ok()))
    }

    /// A number, or its text.
    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, RowError> {
        self.parsed(name, "a number")
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, RowError> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => as_flag(value).map(Some).ok_or_else(|| self.wrong(name, "true or false")),
        }
    }

    /// An instant, in seconds since 1970.
    pub(crate) fn instant(&self, name: &str) -> Result<Option<jiff::Timestamp>, RowError> {
        let Some(line) = self.line(name)? else { return Ok(None) };
        date::parse(&line)
            .filter(|&instant| date::seconds(instant).is_some())
            .map(Some)
            .ok_or_else(|| self.wrong(name, "an ISO-8601 date between 1970 and 2106"))
    }

    /// Coordinates as `"lat,lon"`.
    pub(crate) fn point(&self, name: &str) -> Result<Option<Point>, RowError> {
        self.parsed(name, POINT_RULE)
    }

    /// A list; a lone value is a list of one.
    pub(crate) fn list(&self, name: &str) -> Result<&[Value], RowError> {
        match self.value(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(Value::Object(_)) => Err(self.wrong(name, "a list")),
            Some(lone) => Ok(std::slice::from_ref(lone)),
        }
    }

    /// Lists of trades one after the other, each trade once; none when there is none at all.
    pub(crate) fn romes(&self, names: &[&str]) -> Result<Option<Romes>, RowError> {
        let mut codes: Vec<RomeCode> = Vec::new();
        for name in names {
            for item in self.list(name)? {
                let Some(item) = scalar(item) else { return Err(self.wrong(name, ROMES_RULE)) };
                for part in item.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    codes.push(part.parse().map_err(|_| self.wrong(name, ROMES_RULE))?);
                }
            }
        }
        if codes.is_empty() {
            return Ok(None);
        }
        let last = names.last().copied().unwrap_or_default();
        Romes::try_from(codes).map(Some).map_err(|_| self.wrong(last, ROMES_RULE))
    }

    /// The field is not there, and must be.
    pub(crate) fn missing(&self, name: &str) -> RowError {
        RowError::missing(&format!("{}{name}", self.path))
    }

    /// The field breaks a rule.
    pub(crate) fn wrong(&self, name: &str, rule: &'static str) -> RowError {
        RowError::invalid(&format!("{}{name}", self.path), rule)
    }

    fn parse<T: FromStr>(
        &self,
        name: &str,
        rule: &'static str,
        text: Option<String>,
    ) -> Result<Option<T>, RowError> {
        text.map(|text| text.parse().map_err(|_| self.wrong(name, rule))).transpose()
    }

    fn raw(&self, name: &str) -> Result<Option<String>, RowError> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => scalar(value).map(Some).ok_or_else(|| self.wrong(name, "a text")),
        }
    }

    /// Whatever it is, but null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }
}

/// The text of a text or a number.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Yes or no, as feeds write it; an empty text is no.
pub(crate) fn as_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_u64().filter(|&number| number < 2).map(|number| number == 1),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "1" | "oui" => Some(true),
            "false" | "0" | "non" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
