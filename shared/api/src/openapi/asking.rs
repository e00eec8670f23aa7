//! The routes by which somebody asks for an appointment and a centre answers (contract 1.12).

mod follow;
mod recall;
mod reply;
mod request;

pub use follow::{
    AppointmentParameters, AppointmentsParameters, AppointmentsResponses, FollowedAppointment,
    FollowedAppointmentResponses,
};
pub use recall::{RecallParameters, RecallResponses};
pub use reply::{ReplyBody, ReplyParameters, ReplyResponses};
pub use request::{
    AppointmentFormParameters, AppointmentFormResponses, AppointmentRequestBody, AppointmentRequestResponses,
};

use serde_json::{Value, json};
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

use super::answers::Shown;
use super::fields::open;
use super::parameters::query;
use crate::errors::{ApiError, NotFound};

/// An appointment that nobody asked for.
const ID: &str = "8cb7015d-db7a-479d-8920-aec0d5f66435";
const KEY: &str = "088281P01313885594860007038855948600070-67118#L01";
const USER: &str = "5f2b0c1d7f3e2a4968c6d4f1";
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const FORGOTTEN: &str = "La demande a été effacée par qui l'avait faite, ou date de plus d'un an.";

fn any_object() -> Schema {
    open("", &[], &[]).build().into()
}

fn said() -> Value {
    json!({
        "_id": ID, "applicant_id": USER, "cfa_intention_to_applicant": null, "cfa_message_to_applicant": null,
        "cfa_message_to_applicant_date": null, "applicant_message_to_cfa": "Bonjour,\nje voudrais visiter.",
        "applicant_reasons": ["modalite", "frais"], "cle_ministere_educatif": KEY,
    })
}

/// One object of the fields of two.
fn both(mut one: Value, other: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut one, other) {
        fields.extend(more);
    }
    one
}

fn token() -> Parameter {
    let token = ObjectBuilder::new().schema_type(Type::String).build();
    let text = "Jeton d'un lien de cette demande ; ou dans `Authorization: Bearer`.";
    query("token", token, text, json!(TOKEN))
}

const GONE: Shown = Shown::new("gone", "Effacée", || NotFound::Appointment.into());
const WRONG_TOKEN: Shown =
    Shown::new("wrongToken", "Jeton absent, faux, d'une autre demande ou de l'autre côté", || {
        ApiError::WrongToken
    });
