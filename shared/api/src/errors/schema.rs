//! A value that is not of its type, in the form partners know from the original's validation library.

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
}

impl Context {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Querystring => "querystring",
            Self::Params => "params",
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
    path: [&'static str; 1],
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
            path: [parameter],
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
            path: [parameter],
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
            path: [parameter],
            message: format!("Valeur attendue : {literal}"),
        }
    }

    /// The text has its form, and breaks a rule beyond it.
    pub fn refused(parameter: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: "custom",
            expected: None,
            received: None,
            validation: None,
            path: [parameter],
            message: message.into(),
        }
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
    pub(super) fn body(&self) -> ZResError {
        let context = self.context.as_str();
        let message: Vec<String> = self
            .issues
            .iter()
            .map(|issue| format!("{context}.{}: {}", issue.path.concat(), issue.message))
            .collect();
        let data = json!({
            "validationError": {
                "issues": self.issues,
                "name": "ZodError",
                "statusCode": 400,
                "code": "FST_ERR_VALIDATION",
                "validationContext": self.context,
            }
        });
        ZResError { data: Some(data), ..ZResError::new(400, message.join(", ")) }
    }
}
