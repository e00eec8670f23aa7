//! What happens to an appointment. Who asked for it is never told: the id leads there for those who may know.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
use crate::appointment::{Facts, Intention, Referrer, Slot};
use crate::siret::Siret;

/// An appointment was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentRequested {
    /// The appointment.
    #[schemars(example = &"e66d4097-f4f0-51d3-bc42-c6255761f200")]
    pub appointment_id: String,
    /// The training it is about, by its key in the ministry's catalogue.
    #[schemars(example = &"formation-inventee-10#L01")]
    pub cle_ministere_educatif: String,
    /// The SIRET of the school, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::siret")]
    pub siret: Option<Siret>,
    /// The site that who asked came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "schema::referrer")]
    pub referrer: Option<Referrer>,
}

/// A training centre answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentAnswered {
    /// The appointment.
    #[schemars(example = &"e66d4097-f4f0-51d3-bc42-c6255761f200")]
    pub appointment_id: String,
    /// What it makes of the request.
    #[schemars(schema_with = "schema::intention")]
    pub intention: Intention,
    /// How many slots it proposes.
    #[schemars(example = &3)]
    pub slots: u8,
}

/// One of the slots was picked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentPicked {
    /// The appointment.
    #[schemars(example = &"e66d4097-f4f0-51d3-bc42-c6255761f200")]
    pub appointment_id: String,
    /// When it begins.
    #[serde(with = "crate::date::iso_form")]
    #[schemars(schema_with = "schema::instant")]
    pub starts_at: Timestamp,
    /// How long it lasts, in minutes.
    #[schemars(example = &30)]
    pub minutes: u16,
}

/// Something became of an appointment: the type of the message says what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentMoved {
    /// The appointment.
    #[schemars(example = &"e66d4097-f4f0-51d3-bc42-c6255761f200")]
    pub appointment_id: String,
}

impl AppointmentRequested {
    /// Of what names nobody.
    pub fn of(appointment_id: &str, facts: &Facts) -> Self {
        Self {
            appointment_id: appointment_id.to_owned(),
            cle_ministere_educatif: facts.training.clone(),
            siret: facts.trainer.clone(),
            referrer: Some(facts.referrer),
        }
    }
}

impl AppointmentPicked {
    /// Of the slot.
    pub fn of(appointment_id: &str, slot: &Slot) -> Self {
        let Slot { starts_at, minutes } = *slot;
        Self { appointment_id: appointment_id.to_owned(), starts_at, minutes }
    }
}
