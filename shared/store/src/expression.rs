//! A condition, with the names and values it speaks of.

use std::collections::HashMap;
use std::error::Error;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::AttributeValue;
use usecases::ports::PortError;

use crate::attributes::Item;

/// The text of a condition and what its placeholders stand for. A name `x` is written `#x`, a value `:x`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expression {
    pub(crate) text: &'static str,
    names: &'static [&'static str],
    values: Item,
}

impl Expression {
    /// A condition that speaks of these attributes.
    pub(crate) fn new(text: &'static str, names: &'static [&'static str]) -> Self {
        Self { text, names, values: Item::new() }
    }

    /// The same, with one more value.
    pub(crate) fn with(mut self, name: &str, value: AttributeValue) -> Self {
        self.values.insert(format!(":{name}"), value);
        self
    }

    /// What the names stand for; none where there are none, since the store refuses an empty list.
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        let names = self.names.iter().map(|name| (format!("#{name}"), (*name).to_owned()));
        (!self.names.is_empty()).then(|| names.collect())
    }

    /// What the values stand for.
    pub(crate) fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }
}

/// What was written; none where the condition failed, which `is_failed` tells.
pub(crate) fn on_condition<T, E>(
    operation: &'static str,
    sent: Result<T, SdkError<E>>,
    is_failed: fn(&E) -> bool,
) -> Result<Option<T>, PortError>
where
    E: Error + Send + Sync + 'static,
{
    match sent {
        Ok(written) => Ok(Some(written)),
        Err(error) if error.as_service_error().is_some_and(is_failed) => Ok(None),
        Err(error) => Err(PortError::new(operation, error)),
    }
}
