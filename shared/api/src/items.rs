//! One search result as partners read it (contract 1.7).
//!
//! Every object is closed: no field is written that the contract does not name. A field that the contract lets
//! be absent is absent where the value is unknown; a field that it lets be null only is always there. The two
//! exceptions say that a value is withheld rather than unknown: the address of a delegated offer, and the
//! SIRET of a partner offer, are null.

mod company;
mod contact;
mod field;
mod formation;
mod matcha;
mod partner_offer;
mod place;
pub(crate) mod value;

pub use company::LbaCompany;
pub use contact::Contact;
pub use formation::Formation;
pub use matcha::LbaJob;
pub use partner_offer::PeJob;
pub(crate) use partner_offer::url as partner_offer_url;
pub use place::Place;
use serde::Serialize;
use utoipa::ToSchema;

/// What depends on who asks and from where, and not on the item.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct View {
    /// From the centre of the search, in kilometres, unrounded; none when the search has no place.
    pub distance_km: Option<f64>,
    /// Whether the partner may see the phones of predicted companies (its right `phones`).
    pub with_phone: bool,
    /// Whether to withhold the SIRET of a partner offer: as soon as a caller names itself.
    pub hide_siret: bool,
    /// Whether a training tells what is taught.
    pub with_description: bool,
}

/// A trade. `label` is null where only the code is known.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Rome<'a> {
    #[schema(value_type = String, pattern = "^[A-Z][0-9]{4}$")]
    code: domain::rome::RomeCode,
    #[schema(required)]
    label: Option<&'a str>,
}

/// What a company does.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Naf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

impl<'a> Naf<'a> {
    /// One sector, or none when neither its code nor its wording is known.
    fn list(code: Option<&'a str>, label: Option<&'a str>) -> Vec<Self> {
        if code.is_none() && label.is_none() { Vec::new() } else { vec![Self { code, label }] }
    }
}

#[cfg(test)]
mod shape;
#[cfg(test)]
mod tests;
