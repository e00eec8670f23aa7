//! A field that tells "unknown" from "withheld".

use serde::{Serialize, Serializer};

/// A field that may be absent or null, which partners' parsers tell apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Field<T> {
    /// Not written: the value is unknown.
    #[default]
    Absent,
    /// Written as null: there is none, or it is withheld.
    Null,
    /// Written.
    Is(T),
}

impl<T> Field<T> {
    /// Absent when there is no value.
    pub(super) fn known(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Is)
    }

    /// Null when there is no value.
    pub(super) fn nullable(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Is)
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// An absent field is skipped by its struct, before it comes to this.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Is(value) => value.serialize(serializer),
            Self::Absent | Self::Null => serializer.serialize_none(),
        }
    }
}
