//! A change of an item, put together attribute by attribute.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::attributes::{Item, number};

/// What is set, removed and counted, and the condition that must hold before. An attribute `x` is written `#x`; what it
/// is set to, `:x`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change {
    condition: Option<&'static str>,
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    names: HashMap<String, String>,
    values: Item,
}

impl Change {
    /// A change whose condition speaks of these attributes.
    pub(crate) fn on(condition: &'static str, names: &[&'static str]) -> Self {
        let mut change = Self { condition: Some(condition), ..Self::default() };
        for name in names {
            change.named(name);
        }
        change
    }

    /// The same, with a value that the condition compares with: `:name`.
    pub(crate) fn with(mut self, name: &str, value: AttributeValue) -> Self {
        self.values.insert(format!(":{name}"), value);
        self
    }

    /// Sets an attribute.
    pub(crate) fn set(mut self, name: &'static str, value: AttributeValue) -> Self {
        let placeholder = self.named(name);
        self.set.push(format!("{placeholder} = :{name}"));
        self.with(name, value)
    }

    /// Sets an attribute, where there is a value.
    pub(crate) fn set_some(self, name: &'static str, value: Option<AttributeValue>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Removes attributes.
    pub(crate) fn remove(mut self, names: &[&'static str]) -> Self {
        for name in names {
            let placeholder = self.named(name);
            self.remove.push(placeholder);
        }
        self
    }

    /// Adds one to an attribute, where `is_counted`.
    pub(crate) fn add_one(mut self, name: &'static str, is_counted: bool) -> Self {
        if !is_counted {
            return self;
        }
        let placeholder = self.named(name);
        self.add.push(format!("{placeholder} :one"));
        self.with("one", number(1))
    }

    /// The condition.
    pub(crate) fn condition(&self) -> Option<String> {
        self.condition.map(str::to_owned)
    }

    /// The update expression.
    pub(crate) fn expression(&self) -> String {
        let clauses = [("SET", &self.set), ("REMOVE", &self.remove), ("ADD", &self.add)];
        let written = clauses.into_iter().filter(|(_, parts)| !parts.is_empty());
        written.map(|(verb, parts)| format!("{verb} {}", parts.join(", "))).collect::<Vec<_>>().join(" ")
    }

    /// What the names stand for.
    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| self.names.clone())
    }

    /// What the values stand for.
    pub(crate) fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }

    fn named(&mut self, name: &'static str) -> String {
        let placeholder = format!("#{name}");
        self.names.insert(placeholder.clone(), name.to_owned());
        placeholder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::text;

    #[test]
    fn a_change_has_the_clauses_it_needs_and_names_what_it_speaks_of() {
        let change = Change::on("#revision = :seen", &["revision"])
            .with("seen", number(1))
            .set("state", text("sent"))
            .set_some("reason", None)
            .remove(&["to", "mail"])
            .add_one("unknowns", true)
            .add_one("deferrals", false);
        assert_eq!(change.expression(), "SET #state = :state REMOVE #to, #mail ADD #unknowns :one");
        assert_eq!(change.condition().as_deref(), Some("#revision = :seen"));
        let mut names: Vec<_> = change.names().unwrap().into_keys().collect();
        names.sort();
        assert_eq!(names, ["#mail", "#revision", "#state", "#to", "#unknowns"]);
        assert_eq!(change.values().unwrap().len(), 3);
    }
}
