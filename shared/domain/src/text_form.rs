//! The glue between a value type and its text form, which ten types share.

/// Derives the conversions that serde's `try_from = "String"` and `into = "String"` ask for, from the type's
/// own [`std::str::FromStr`] and [`std::fmt::Display`]: a value read from a store is checked like any other.
macro_rules! text_form {
    ($type:ty) => {
        impl TryFrom<String> for $type {
            type Error = <$type as std::str::FromStr>::Err;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.to_string()
            }
        }
    };
}

pub(crate) use text_form;
