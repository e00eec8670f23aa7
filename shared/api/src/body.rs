//! The body of a request as a strict JSON object: unknown fields are refused, every mistake is told at once.
//!
//! `null` and an empty text count as absent, since forms and spreadsheets send them.

use std::fmt;
use std::str::FromStr;

use domain::hidden::is_hidden;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

const NOT_AN_OBJECT: &str = "Le corps doit être un objet JSON, dont chaque champ n'est donné qu'une fois.";
const REQUIRED: &str = "Champ obligatoire";

/// The fields of a body, and what was found wrong with them.
pub(crate) struct Body {
    map: Map<String, Value>,
    issues: Vec<Issue>,
}

impl Body {
    /// Reads the body of a request, whose fields may be these and no others.
    pub(crate) fn read(request: &Request, fields: &[&str]) -> Result<Self, ApiError> {
        Self::of(request.body.as_deref().unwrap_or_default(), fields, NOT_AN_OBJECT)
    }

    /// Reads an object of a body; `otherwise` is said of what is none.
    pub(crate) fn of(json: &[u8], fields: &[&str], otherwise: &'static str) -> Result<Self, ApiError> {
        let Ok(Fields(map)) = serde_json::from_slice(json) else {
            let issues = vec![Issue::wrong_type("object", otherwise)];
            return Err(Schema { context: Context::Body, issues }.into());
        };
        let mut body = Self { map, issues: Vec::new() };
        if body.map.keys().any(|name| !fields.contains(&name.as_str())) {
            let message = format!("Champ inconnu ; les champs sont : {}", fields.join(", "));
            body.issues.push(Issue::unknown_field(message));
        }
        Ok(body)
    }

    /// What was read, unless something was wrong: then all of it, at once. `read` is none only where an issue says why.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, ApiError> {
        match read {
            Some(read) if self.issues.is_empty() => Ok(read),
            _ => Err(Schema { context: Context::Body, issues: self.issues }.into()),
        }
    }

    /// Says that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &'static str, issue: Issue) {
        self.issues.push(issue.at([Step::Name(name)]));
    }

    /// Says what is wrong with the body as a whole.
    pub(crate) fn refuse_whole(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// A text in one line, without control characters, of at most so many.
    pub(crate) fn line(&mut self, name: &'static str, max_chars: usize) -> Option<String> {
        let text = self.text(name)?;
        if text.chars().any(is_odd) {
            let message = "Retirez les retours à la ligne et les caractères de contrôle ou invisibles.";
            self.refuse(name, Issue::refused(name, message));
            return None;
        }
        self.within(name, text, max_chars)
    }

    /// A text of several lines, of at most so many characters.
    pub(crate) fn prose(&mut self, name: &'static str, max_chars: usize) -> Option<String> {
        let text = self.text(name)?;
        self.within(name, text, max_chars)
    }

    /// A value that its type reads from a text, and whose error tells what is wrong.
    pub(crate) fn parsed<T: FromStr<Err: ToString>>(&mut self, name: &'static str) -> Option<T> {
        self.checked(name, |text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    /// A value that `check` makes of a text, or says what is wrong with it.
    pub(crate) fn checked<T>(
        &mut self,
        name: &'static str,
        check: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(name)?;
        check(&text).map_err(|message| self.refuse(name, Issue::bad_format(name, message))).ok()
    }

    /// A whole number between two others.
    pub(crate) fn number(&mut self, name: &'static str, least: u32, most: u32) -> Option<u32> {
        let number = self.given(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
        let Some(number) = number.filter(|number| (least..=most).contains(number)) else {
            self.refuse(
                name,
                Issue::wrong_type("number", format!("Nombre entier attendu, de {least} à {most}")),
            );
            return None;
        };
        Some(number)
    }

    /// True or false.
    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let flag = self.given(name)?.as_bool();
        if flag.is_none() {
            self.refuse(name, Issue::wrong_type("boolean", "true ou false attendu"));
        }
        flag
    }

    /// The texts of a list.
    pub(crate) fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        let texts = self.given(name)?.as_array().and_then(|items| {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            self.refuse(name, Issue::wrong_type("array", "Liste de textes attendue"));
        }
        texts
    }

    /// Demands that a field is there.
    pub(crate) fn required<T>(&mut self, name: &'static str, value: Option<T>) -> Option<T> {
        // Where it is there and wrong, that was said already.
        if value.is_none() && self.given(name).is_none() {
            self.refuse(name, Issue::missing(REQUIRED));
        }
        value
    }

    /// Whether a field is there, though it may say nothing.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// What stands in a field, unless that says nothing.
    pub(crate) fn given(&self, name: &str) -> Option<&Value> {
        self.map.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// A text that says something, trimmed, in composed form.
    fn text(&mut self, name: &'static str) -> Option<String> {
        let Some(text) = self.given(name)?.as_str() else {
            self.refuse(name, Issue::wrong_type("string", "Texte attendu"));
            return None;
        };
        Some(text.trim().nfc().collect::<String>()).filter(|text| !text.is_empty())
    }

    fn within(&mut self, name: &'static str, text: String, max_chars: usize) -> Option<String> {
        if text.chars().count() > max_chars {
            self.refuse(name, Issue::too_big(format!("Au plus {max_chars} caractères")));
            return None;
        }
        Some(text)
    }
}

/// Control characters, and those without a shape of their own: they hide what a text says.
fn is_odd(c: char) -> bool {
    c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The fields of an object, each once: of two values, who knows which one is meant.
struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Each)
    }
}

struct Each;

impl<'de> Visitor<'de> for Each {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Fields, A::Error> {
        let mut map = Map::new();
        while let Some((name, value)) = access.next_entry()? {
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("a field is given twice"));
            }
        }
        Ok(Fields(map))
    }
}
