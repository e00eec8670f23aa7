//! The routes by which sites lead candidates to the form of a training, and by which it is said where requests go.

use std::borrow::Cow;

use domain::appointment::{RdvTraining, Referrer};
use serde_json::{Value, json};
use usecases::appointments::Opening;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Example, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::fields::{Field, closed, email, flag, short};
use super::one_of;
use super::parameters::path;
use crate::errors::shapes::ZResError;
use crate::errors::{ApiError, AppointmentRefusal, NotFound};
use crate::rdv_answer::{
    self, AppointmentContext, AppointmentLink, CLOSED, CLOSED_LINK, NotOpen, OpenTrainings, TrainingContact,
};
use crate::rdv_request;
use crate::request::Request;

/// A clé ministère éducatif that is in no catalogue.
const TRAINING: &str = "088281P01313885594860007038855948600070-67118#L01";
const PAGES: &str = "https://labonnealternance.apprentissage.beta.gouv.fr";

/// The body of `POST /appointment-request/context/create`.
#[derive(Debug)]
pub struct AppointmentContextBody;

impl ToSchema for AppointmentContextBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AppointmentContextBody")
    }
}

impl PartialSchema for AppointmentContextBody {
    fn schema() -> RefOr<Schema> {
        let shape = |id: Field, referrer: fn() -> Schema| {
            let fields = [id, ("referrer", referrer, REFERRER), ("trainingHasJob", flag, HAS_JOB)];
            closed(id.2, &[id.0, "referrer"], &fields)
        };
        let parcoursup: Field = ("idParcoursup", id, "Identifiant Parcoursup de la formation.");
        let rco: Field = ("idRcoFormation", id, "Identifiant de la formation au catalogue des Carif-Oref.");
        let action: Field = ("idActionFormation", id, "Identifiant Onisep d'une action de formation.");
        let key: Field = ("idCleMinistereEducatif", id, "Clé ministère éducatif de la formation.");
        let text = "La formation, par un seul de ses identifiants, et le site d'où vient le candidat.";
        let shapes = OneOfBuilder::new()
            .item(shape(parcoursup, || one_of(["parcoursup"]).into()))
            .item(shape(rco, || one_of([GONE]).into()))
            .item(shape(action, || one_of(["onisep"]).into()))
            .item(shape(key, || one_of(Referrer::ALL.map(Referrer::as_str).into_iter().chain([GONE])).into()))
            .description(Some(text))
            .examples([json!({"idCleMinistereEducatif": TRAINING, "referrer": "lba"})]);
        RefOr::T(shapes.into())
    }
}

/// The body of `POST /v2/appointment`.
#[derive(Debug)]
pub struct AppointmentLinkBody;

impl ToSchema for AppointmentLinkBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AppointmentLinkBody")
    }
}

impl PartialSchema for AppointmentLinkBody {
    fn schema() -> RefOr<Schema> {
        let fields: [Field; 3] = [
            ("parcoursup_id", id, "Identifiant Parcoursup de la formation."),
            ("onisep_id", id, "Identifiant Onisep d'une action de formation."),
            ("cle_ministere_educatif", id, "Clé ministère éducatif de la formation."),
        ];
        let shapes = fields
            .into_iter()
            .fold(OneOfBuilder::new(), |shapes, field| shapes.item(closed(field.2, &[field.0], &[field])));
        let shapes = shapes.description(Some("La formation, par un seul de ses identifiants."));
        RefOr::T(shapes.examples([json!({"parcoursup_id": "12345"})]).into())
    }
}

/// The body of `PUT /v1/appointment-trainings/{id}/contact`.
#[derive(Debug)]
pub struct TrainingContactBody;

impl ToSchema for TrainingContactBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("TrainingContactBody")
    }
}

impl PartialSchema for TrainingContactBody {
    fn schema() -> RefOr<Schema> {
        let fields: [Field; 2] = [("email", email_or_null, EMAIL), ("closed", flag, IS_CLOSED)];
        closed("Où vont les demandes.", &["email"], &fields)
            .examples([json!({"email": "rdv@exemple.invalid"})])
            .into()
    }
}

fn id() -> Schema {
    short(200)
}

fn email_or_null() -> Schema {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    OneOfBuilder::new().item(email()).item(null).description(Some(EMAIL)).build().into()
}

const GONE: &str = "pfr_pays_de_la_loire";
const REFERRER: &str =
    "Le site d'où vient le candidat. À `pfr_pays_de_la_loire`, qui n'existe plus, rien n'est ouvert.";
const HAS_JOB: &str = "Accepté comme avant ; ne change rien à la réponse.";
const EMAIL: &str = "Adresse du centre de formation pour cette formation ; `null` rend celle du catalogue.";
const IS_CLOSED: &str = "`true` ferme la formation aux demandes. Absent, elle ne l'est pas.";

/// `{id}` of the training.
#[derive(Debug)]
pub struct RdvTrainingParameter;

impl IntoParams for RdvTrainingParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(200));
        let text =
            "Clé ministère éducatif de la formation, encodée comme dans toute adresse (`#` s'écrit `%23`).";
        vec![path("id", id.build(), text, TRAINING)]
    }
}

/// `If-None-Match` of the list.
#[derive(Debug)]
pub struct OpenTrainingsParameters;

impl IntoParams for OpenTrainingsParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![if_none_match()]
    }
}

/// `POST /appointment-request/context/create`.
#[derive(Debug)]
pub struct AppointmentContextResponses;

impl IntoResponses for AppointmentContextResponses {
    fn responses() -> Responses {
        let open = body(rdv_answer::context(&shown(), PAGES, Some(Referrer::Lba)));
        let found = opening::<AppointmentContext<'_>>(open, CLOSED);
        let refused = vec![CRITERION.example(), WRONG_SITE.example(), UNREADABLE.example()];
        Answers::keyed()
            .with("200", found)
            .with("400", answers::error::<ZResError>("Corps refusé : toutes les erreurs à la fois.", refused))
            .with("404", answers::error::<ZResError>(UNKNOWN_TEXT, vec![UNKNOWN.example()]))
            .build()
    }
}

/// `POST /v2/appointment`.
#[derive(Debug)]
pub struct AppointmentLinkResponses;

impl IntoResponses for AppointmentLinkResponses {
    fn responses() -> Responses {
        let open = body(rdv_answer::link(&shown(), PAGES, Referrer::Parcoursup));
        let found = opening::<AppointmentLink<'_>>(open, CLOSED_LINK);
        let refused = vec![NO_ID.example(), UNREADABLE.example()];
        let nobody = vec![NO_REFERRER.example()];
        Answers::with_right("Clé refusée, ou sans le droit de créer des liens de rendez-vous.")
            .with("200", found)
            .with("400", answers::error::<ZResError>("Corps refusé : toutes les erreurs à la fois.", refused))
            .with("401", answers::error::<ZResError>("Votre organisation n'est aucun des sites.", nobody))
            .with("404", answers::error::<ZResError>(UNKNOWN_TEXT, vec![UNLINKED.example()]))
            .build()
    }
}

/// `GET /partners/parcoursup/formations`.
#[derive(Debug)]
pub struct OpenTrainingsResponses;

impl IntoResponses for OpenTrainingsResponses {
    fn responses() -> Responses {
        let text = "Les identifiants Parcoursup, triés, chacun une fois.";
        let examples = vec![("open", "Deux formations", json!({"ids": ["12345", "12346"]}))];
        Answers::keyed().found::<OpenTrainings<'_>>(text, examples).unreadable().build()
    }
}

/// `PUT /v1/appointment-trainings/{id}/contact`.
#[derive(Debug)]
pub struct TrainingContactResponses;

impl IntoResponses for TrainingContactResponses {
    fn responses() -> Responses {
        let set = json!({"cle_ministere_educatif": TRAINING, "contact": "by_hand", "closed": false});
        let refused = vec![WRONG_EMAIL.example(), UNREADABLE.example()];
        Answers::with_right("Clé refusée, ou sans le droit de gérer les rendez-vous.")
            .with(
                "200",
                answers::error::<TrainingContact<'_>>(
                    "Ce qui vaut désormais.",
                    vec![("set", "Adresse choisie", set)],
                ),
            )
            .with("400", answers::error::<ZResError>("Corps refusé : toutes les erreurs à la fois.", refused))
            .with("404", answers::error::<ZResError>(UNKNOWN_TEXT, vec![UNKNOWN.example()]))
            .build()
    }
}

/// 200: the training, or that one may not ask about it.
fn opening<T: ToSchema>(open: Value, closed: &'static str) -> ResponseBuilder {
    let either = OneOfBuilder::new()
        .item(Ref::from_schema_name(T::name()))
        .item(Ref::from_schema_name(NotOpen::name()))
        .build();
    let closed = json!({"error": closed});
    let examples: Vec<Example> =
        vec![("open", "On peut demander un rendez-vous", open), ("closed", "On ne le peut pas", closed)];
    let text = "La formation et l'adresse de son formulaire ; ou `error` seul : son établissement ne reçoit pas de demandes de ce \
                site, ou n'a pas d'adresse qui les reçoive.";
    answers::list(text, Schema::OneOf(either), examples)
}

fn shown() -> Opening {
    Opening::Open(Box::new(RdvTraining {
        id: TRAINING.to_owned(),
        title: "BOULANGER (CAP)".to_owned(),
        cfd: "50022137".parse().ok(),
        id_rco_formation: Some("24_207466|24_1462357|106291".to_owned()),
        parcoursup_id: Some("12345".to_owned()),
        is_affelnet: false,
        street: Some("9 rue des Exemples".to_owned()),
        zip: Some("57000".to_owned()),
        city: Some("Metz".to_owned()),
        departement: Some("57".to_owned()),
        trainer: super::fields::NO_SIRET.parse().ok(),
        trainer_name: "CFA INVENTÉ".to_owned(),
        manager: None,
        email: None,
    }))
}

fn body(answer: Result<crate::response::Response, ApiError>) -> Value {
    answer.ok().and_then(|answer| serde_json::from_str(&answer.body.text()).ok()).unwrap_or_default()
}

fn of(body: &Value) -> Request {
    Request { body: Some(body.to_string().into_bytes()), ..Request::default() }
}

fn refusal<T>(read: Result<T, ApiError>) -> ApiError {
    read.err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}

const UNKNOWN_TEXT: &str = "Le catalogue ne connaît pas cette formation.";
const UNKNOWN: Shown = Shown::new("unknown", "Formation inconnue", || NotFound::Training.into());
const UNLINKED: Shown = Shown::new("unknown", "Formation inconnue", || NotFound::LinkedTraining.into());
const CRITERION: Shown =
    Shown::new("criterion", "Aucun identifiant, ou plusieurs", || AppointmentRefusal::Criterion.into());
const NO_REFERRER: Shown =
    Shown::new("noReferrer", "Organisation qui n'est aucun site", || AppointmentRefusal::NoReferrer.into());
const WRONG_SITE: Shown = Shown::new("wrongSite", "Un site qui ne va pas avec l'identifiant", || {
    refusal(rdv_request::context(&of(&json!({"idParcoursup": "12345", "referrer": "lba"}))))
});
const NO_ID: Shown =
    Shown::new("noId", "Aucun identifiant, ou plusieurs", || refusal(rdv_request::link(&of(&json!({})))));
const WRONG_EMAIL: Shown = Shown::new("wrongEmail", "Adresse mal écrite", || {
    refusal(rdv_request::contact(&of(&json!({"email": "rdv"}))))
});
