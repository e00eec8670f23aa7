//! What happens to an appointment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema;
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
}
