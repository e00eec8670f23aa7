//! How to reach whoever hires or teaches.

use domain::seal::SealedEmail;
use serde::Serialize;
use utoipa::ToSchema;

use super::field::Field;

/// A contact. Fields that a source never gives are absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Contact<'a> {
    #[serde(skip_serializing_if = "Field::is_absent")]
    #[schema(value_type = Option<String>)]
    email: Field<&'a str>,
    #[serde(skip_serializing_if = "Field::is_absent")]
    #[schema(value_type = Option<String>)]
    iv: Field<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    info: Option<&'a str>,
}

impl<'a> Contact<'a> {
    /// A recruiter, whose address is sealed. `email` and `iv` are what an application must send back; both are
    /// null when there is no address to apply to.
    pub(super) fn sealed(
        email: Option<&'a SealedEmail>,
        name: Option<&'a str>,
        phone: Option<&'a str>,
    ) -> Self {
        Self {
            email: Field::nullable(email.map(|sealed| sealed.email.as_str())),
            iv: Field::nullable(email.map(|sealed| sealed.iv.as_str())),
            name,
            phone,
            info: None,
        }
    }

    /// A contact that its source publishes in clear.
    pub(super) fn published(name: Option<&'a str>, email: Option<&'a str>, info: Option<&'a str>) -> Self {
        Self { email: Field::known(email), name, info, ..Self::default() }
    }

    /// A switchboard.
    pub(super) fn phone(phone: &'a str) -> Self {
        Self { phone: Some(phone), ..Self::default() }
    }
}
