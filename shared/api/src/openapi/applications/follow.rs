//! The routes by which partners follow applications.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::ID;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, NotFound};
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::conditional::if_none_match;
use crate::openapi::fields::{Field, NO_SIRET, closed, date_or_null, names, siret, text, text_or_null};
use crate::openapi::one_of;
use crate::openapi::parameters::{path, query};
use crate::openapi::recruiter::OFFER_ID;

/// `{id}`.
#[derive(Debug)]
pub struct ApplicationParameters;

impl IntoParams for ApplicationParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "Identifiant d'une candidature que vous avez envoyée. Celle d'un autre partenaire est inconnue ici.";
        vec![path("id", id, text, ID), if_none_match()]
    }
}

/// Those of the list.
#[derive(Debug)]
pub struct ApplicationsParameters;

impl IntoParams for ApplicationsParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let since = "Instant ISO 8601 : les candidatures qui ont changé depuis, ou dans la minute d'avant : une même peut revenir. Toutes si rien n'est dit.";
        let after = "`after` de la page précédente, tel quel.";
        vec![
            query("updated_since", text(), since, json!("2026-09-01T00:00:00Z")),
            query("after", text(), after, Value::Null),
            if_none_match(),
        ]
    }
}

/// `GET /v1/applications/{id}`.
#[derive(Debug)]
pub struct FollowedResponses;

impl IntoResponses for FollowedResponses {
    fn responses() -> Responses {
        let examples = vec![("answered", "Le recruteur a répondu", example())];
        let unknown = vec![UNKNOWN.example()];
        Answers::with_right(RIGHT)
            .found::<FollowedApplication>("La candidature.", examples)
            .unreadable()
            .with(
                "404",
                answers::error::<ZApiError>("Aucune candidature à vous sous cet identifiant.", unknown),
            )
            .build()
    }
}

/// `GET /v1/applications`.
#[derive(Debug)]
pub struct ApplicationsResponses;

impl IntoResponses for ApplicationsResponses {
    fn responses() -> Responses {
        let page = closed("", &names(&PAGE), &PAGE).build().into();
        let shown = json!({"applications": [example()], "after": Value::Null});
        let found =
            answers::list("Une page de candidatures.", page, vec![("page", "Une candidature", shown)]);
        let refused = vec![WRONG.example(), UNREADABLE.example()];
        Answers::with_right(RIGHT)
            .kept(found)
            .with("400", answers::error::<ZResError>("Paramètres mal écrits, tous à la fois.", refused))
            .build()
    }
}

/// An application as its partner sees it.
#[derive(Debug)]
pub struct FollowedApplication;

impl ToSchema for FollowedApplication {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("FollowedApplication")
    }
}

impl PartialSchema for FollowedApplication {
    fn schema() -> RefOr<Schema> {
        closed("Une candidature. Rien du candidat n'y est.", &names(&FOLLOWED), &FOLLOWED).into()
    }
}

const FOLLOWED: [Field; 8] = [
    ("id", text, "Son identifiant."),
    (
        "status",
        || one_of(["received", "scanning", "sending", "delivered", "bounced", "refused", "answered"]).into(),
        "`received` : prise, son CV attend d'être vérifié. `scanning` : la vérification n'a pas abouti encore. `sending` : le mail \
         part. `delivered` : le recruteur l'a. `bounced` : il ne l'aura pas, le candidat le sait. `refused` : le CV n'a pas été accepté, le candidat \
         le sait. `answered` : le recruteur a répondu.",
    ),
    ("company_siret", siret, "SIRET de l'entreprise."),
    ("job_id", text_or_null, "L'offre ; `null` pour une candidature spontanée."),
    ("caller", text_or_null, "`caller`, tel que vous l'avez donné."),
    (
        "company_recruitment_intention",
        text_or_null,
        "Ce que le recruteur répond : `entretien`, `ne_sais_pas`, `refus` ; `null` tant qu'il n'a rien dit.",
    ),
    ("created_at", date_or_null, "Quand elle fut prise."),
    ("updated_at", date_or_null, "Quand elle a changé pour la dernière fois."),
];

const PAGE: [Field; 2] = [
    (
        "applications",
        || ArrayBuilder::new().items(Ref::from_schema_name(FollowedApplication::name())).build().into(),
        "La plus ancienne d'abord.",
    ),
    ("after", text_or_null, "À donner pour la page suivante ; `null` à la dernière."),
];

const RIGHT: &str = "Clé refusée, ou sans le droit d'envoyer des candidatures.";

const UNKNOWN: Shown =
    Shown::new("unknown", "Inconnue, ou d'un autre partenaire", || NotFound::Application.into());

const WRONG: Shown = Shown::new("wrongParameters", "Des paramètres sont mal écrits", || {
    let query = [("updated_since", "hier"), ("after", "?")];
    let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let request = crate::request::Request { query, ..Default::default() };
    crate::applications_query::changed(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});

fn example() -> Value {
    json!({
        "id": ID, "status": "answered", "company_siret": NO_SIRET, "job_id": OFFER_ID,
        "caller": "contact@exemple.invalid site inventé", "company_recruitment_intention": "entretien",
        "created_at": "2026-09-01T08:00:00.000Z", "updated_at": "2026-09-03T09:30:00.000Z",
    })
}
