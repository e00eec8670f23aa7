//! The routes by which sites follow appointments.

use std::borrow::Cow;

use domain::appointment::Stage;
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::request::{asker, reasons, referrer};
use super::{ID, KEY};
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, NotFound};
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::conditional::if_none_match;
use crate::openapi::fields::{
    Field, NO_SIRET, any_object_or_null, closed, date_or_null, list, names, open, text, text_or_null,
};
use crate::openapi::one_of;
use crate::openapi::parameters::{path, query};

/// `{id}`.
#[derive(Debug)]
pub struct AppointmentParameters;

impl IntoParams for AppointmentParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text =
            "Identifiant d'une demande faite depuis votre site. Celle d'un autre site est inconnue ici.";
        vec![path("id", id, text, ID), if_none_match()]
    }
}

/// Those of the list.
#[derive(Debug)]
pub struct AppointmentsParameters;

impl IntoParams for AppointmentsParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let since = "Instant ISO 8601 : les demandes qui ont changé depuis, ou dans la minute d'avant : une même peut revenir. Toutes si rien n'est dit.";
        let after = "`after` de la page précédente, tel quel.";
        vec![
            query("updated_since", text(), since, json!("2026-09-01T00:00:00Z")),
            query("after", text(), after, Value::Null),
            if_none_match(),
        ]
    }
}

/// `GET /v1/appointments/{id}`.
#[derive(Debug)]
pub struct FollowedAppointmentResponses;

impl IntoResponses for FollowedAppointmentResponses {
    fn responses() -> Responses {
        let examples = vec![("picked", "Le candidat a choisi un créneau", example())];
        let unknown = vec![UNKNOWN.example()];
        Answers::with_right(RIGHT)
            .found::<FollowedAppointment>("La demande.", examples)
            .unreadable()
            .with("404", answers::error::<ZApiError>("Aucune demande à vous sous cet identifiant.", unknown))
            .build()
    }
}

/// `GET /v1/appointments`.
#[derive(Debug)]
pub struct AppointmentsResponses;

impl IntoResponses for AppointmentsResponses {
    fn responses() -> Responses {
        let page = closed("", &names(&PAGE), &PAGE).build().into();
        let shown = json!({"appointments": [example()], "after": null});
        let wrong = vec![WRONG.example(), UNREADABLE.example()];
        Answers::with_right(RIGHT)
            .kept(answers::list("Les demandes.", page, vec![("page", "Une demande", shown)]))
            .with("400", answers::error::<ZResError>("Paramètres refusés.", wrong))
            .build()
    }
}

/// An appointment as its site sees it.
#[derive(Debug)]
pub struct FollowedAppointment;

impl ToSchema for FollowedAppointment {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("FollowedAppointment")
    }
}

impl PartialSchema for FollowedAppointment {
    fn schema() -> RefOr<Schema> {
        closed("Une demande de rendez-vous. Rien du candidat n'y est.", &names(&FOLLOWED), &FOLLOWED).into()
    }
}

const FOLLOWED: [Field; 13] = [
    ("id", text, "Son identifiant."),
    (
        "status",
        || one_of(Stage::ALL.map(Stage::as_str)).into(),
        "`requested` : demandée. `answered` : le centre a répondu. `proposed` : il propose des créneaux. `picked` : le candidat en a \
         choisi un. `withdrawn` : le candidat l'a retirée. `undelivered` : elle n'a pas pu être remise au centre.",
    ),
    ("cle_ministere_educatif", text, "La formation."),
    ("etablissement_formateur_siret", text_or_null, "SIRET du centre de formation."),
    ("etablissement_gestionnaire_siret", text_or_null, "SIRET de l'établissement gestionnaire."),
    ("referrer", referrer, "Le site d'où vient le candidat : le vôtre."),
    ("applicant_type", asker, "Qui demande."),
    ("applicant_reasons", reasons, "Sur quoi portent ses questions."),
    (
        "cfa_intention_to_applicant",
        text_or_null,
        "Ce que le centre en fait ; `null` tant qu'il n'a rien dit.",
    ),
    (
        "slots",
        || list(Schema::from(open("", &["starts_at", "minutes"], &SLOT).build())).build().into(),
        "Les créneaux proposés.",
    ),
    ("picked", any_object_or_null, "Celui qui est choisi, de la même forme ; `null` sans lui."),
    ("created_at", date_or_null, "Quand elle fut faite."),
    ("updated_at", date_or_null, "Quand elle a changé pour la dernière fois."),
];

const SLOT: [Field; 2] = [
    ("starts_at", date_or_null, "Son début, ISO 8601 en UTC."),
    ("minutes", crate::openapi::fields::count, "Sa durée, en minutes."),
];

const PAGE: [Field; 2] = [
    (
        "appointments",
        || ArrayBuilder::new().items(Ref::from_schema_name(FollowedAppointment::name())).build().into(),
        "La plus ancienne d'abord.",
    ),
    ("after", text_or_null, "À donner pour la page suivante ; `null` à la dernière."),
];

const RIGHT: &str =
    "Clé refusée, sans le droit de créer des rendez-vous, ou d'une organisation qui n'est aucun des sites.";

const UNKNOWN: Shown = Shown::new("unknown", "Inconnue, ou d'un autre site", || NotFound::Appointment.into());

const WRONG: Shown = Shown::new("wrongParameters", "Des paramètres sont mal écrits", || {
    let query = [("updated_since", "hier"), ("after", "?")];
    let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let request = crate::request::Request { query, ..Default::default() };
    crate::applications_query::changed(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});

fn example() -> Value {
    json!({
        "id": ID, "status": "picked", "cle_ministere_educatif": KEY, "etablissement_formateur_siret": NO_SIRET,
        "etablissement_gestionnaire_siret": NO_SIRET, "referrer": "parcoursup", "applicant_type": "etudiant",
        "applicant_reasons": ["modalite"], "cfa_intention_to_applicant": "personalised_answer",
        "slots": [{"starts_at": "2026-09-07T12:30:00.000Z", "minutes": 30}],
        "picked": {"starts_at": "2026-09-07T12:30:00.000Z", "minutes": 30},
        "created_at": "2026-09-01T08:00:00.000Z", "updated_at": "2026-09-03T09:30:00.000Z",
    })
}
