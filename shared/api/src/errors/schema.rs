//! A value that is not of its type, in the form partners know from the original's validation library.

use std::fmt;

use serde::Serialize;
use serde_json::json;

use super::shapes::ZResError;

/// Where the value stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// In the query.
    Querystring,
    /// In the path.
    Params,
    /// In the body.
    Body,
}

impl Context {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Querystring => "querystring",
            Self::Params => "params",
            Self::Body => "body",
        }
    }
}

/// A step from a request to a value: the name of a parameter or field, or a place in a list, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Step {
    /// A name.
    Name(&'static str),
    /// A place.
    At(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::At(place) => write!(f, "{place}"),
        }
    }
}

/// One value that is not of its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation: Option<&'static str>,
    path: Vec<Step>,
    message: String,
}

impl Issue {
    /// The text is no number.
    pub fn not_a_number(parameter: &'static str) -> Self {
        Self {
            code: "invalid_type",
            expected: Some("number"),
            received: Some("nan"),
            validation: None,
            path: vec![Step::Name(parameter)],
            message: "Number attendu".to_owned(),
        }
    }

    /// The text has not the form it must have.
    pub fn bad_format(parameter: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: "invalid_string",
            expected: None,
            received: None,
            validation: Some("regex"),
            path: vec![Step::Name(parameter)],
            message: message.into(),
        }
    }

    /// The text is not the one that is allowed.
    pub fn not_the_literal(parameter: &'static str, literal: &'static str) -> Self {
        Self {
            code: "invalid_literal",
            expected: Some(literal),
            received: None,
            validation: None,
            path: vec![Step::Name(parameter)],
            message: format!("Valeur attendue : {literal}"),
        }
    }

    /// The value is of another type than `expected`, as JSON names them.
    pub fn wrong_type(expected: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: "invalid_type",
            expected: Some(expected),
            received: None,
            validation: None,
            path: Vec::new(),
            message: message.into(),
        }
    }

    /// A list or text is longer than it may be.
    pub fn too_big(message: impl Into<String>) -> Self {
        Self { code: "too_big", expected: None, ..Self::wrong_type("", message) }
    }

    /// A field that must be there is not.
    pub fn missing(message: impl Into<String>) -> Self {
        Self { expected: None, received: Some("undefined"), ..Self::wrong_type("", message) }
    }

    /// A field that nobody reads.
    pub fn unknown_field(message: impl Into<String>) -> Self {
        Self { code: "unrecognized_keys", expected: None, ..Self::wrong_type("", message) }
    }

    /// The same issue, at this place of the request.
    #[must_use]
    pub fn at(self, path: impl Into<Vec<Step>>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The text has its form, and breaks a rule beyond it.
    pub fn refused(parameter: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: "custom",
            expected: None,
            received: None,
            validation: None,
            path: vec![Step::Name(parameter)],
            message: message.into(),
        }
    }

    /// `body.3.cfd: …`, after the words of where it stood.
    fn told(&self, context: &str) -> String {
        let steps = self.path.iter().map(|step| format!(".{step}"));
        format!("{context}{}: {}", steps.collect::<String>(), self.message)
    }
}

/// Every value of a request that is not of its type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} value(s) of the wrong type", issues.len())]
pub struct Schema {
    /// Where they stood.
    pub context: Context,
    /// Each of them.
    pub issues: Vec<Issue>,
}

impl Schema {
    /// The same issues, in what stands at `place` of the request.
    pub(super) fn below(mut self, place: &[Step]) -> Self {
        for issue in &mut self.issues {
            issue.path.splice(..0, place.iter().copied());
        }
        self
    }

    /// Every issue with its place.
    pub(super) fn message(&self) -> String {
        let context = self.context.as_str();
        let messages: Vec<String> = self.issues.iter().map(|issue| issue.told(context)).collect();
        messages.join(", ")
    }

    pub(super) fn body(&self) -> ZResError {
        let data = json!({
            "validationError": {
                "issues": self.issues,
                "name": "ZodError",
                "statusCode": 400,
                "code": "FST_ERR_VALIDATION",
                "validationContext": self.context,
            }
        });
        ZResError { data: Some(data), ..ZResError::new(400, self.message()) }
    }
}
