//! The form, and the request that it makes.

use std::borrow::Cow;

use domain::appointment::{Asker, Reason, Referrer};
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::{FORGOTTEN, GONE, KEY, TOKEN, USER, any_object, both, said};
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, AskingRefusal};
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::deposit::{OTHER_BODY, RUNNING, later, replayed};
use crate::openapi::fields::{Field, NO_SIRET, closed, email, list, names, short, short_or_null, text};
use crate::openapi::mails::page;
use crate::openapi::one_of;
use crate::openapi::parameters::query;

/// Those of the address of the form.
#[derive(Debug)]
pub struct AppointmentFormParameters;

impl IntoParams for AppointmentFormParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let referrer = "Le site d'où vient le candidat, tel que `form_url` le nomme.";
        let training = "Clé ministère éducatif de la formation.";
        vec![
            query("referrer", text(), referrer, json!("lba")),
            query("cleMinistereEducatif", text(), training, json!(KEY)),
        ]
    }
}

/// `GET /espace-pro/form`.
#[derive(Debug)]
pub struct AppointmentFormResponses;

impl IntoResponses for AppointmentFormResponses {
    fn responses() -> Responses {
        let closed = "Page HTML : cette formation ne prend pas de rendez-vous. Elle mène à la recherche.";
        Answers::new()
            .with("200", page("Page HTML : le formulaire."))
            .with("404", page(closed))
            .unreadable()
            .build()
    }
}

/// The body of `POST /appointment-request/validate`.
#[derive(Debug)]
pub struct AppointmentRequestBody;

impl ToSchema for AppointmentRequestBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AppointmentRequestBody")
    }
}

impl PartialSchema for AppointmentRequestBody {
    fn schema() -> RefOr<Schema> {
        let required = [
            "firstname",
            "lastname",
            "phone",
            "email",
            "type",
            "applicantReasons",
            "cleMinistereEducatif",
            "appointmentOrigin",
        ];
        let example = json!({
            "firstname": "Aucune", "lastname": "PERSONNE", "phone": "0199000000",
            "email": "aucune.personne@exemple.invalid", "type": "etudiant",
            "applicantMessageToCfa": "Bonjour,\nje voudrais visiter.", "applicantReasons": ["modalite", "frais"],
            "cleMinistereEducatif": KEY, "appointmentOrigin": "lba",
        });
        closed("La demande.", &required, &REQUEST).examples([example]).into()
    }
}

pub(super) fn reasons() -> Schema {
    list(Schema::from(one_of(Reason::ALL.map(Reason::as_str)))).build().into()
}

pub(super) fn referrer() -> Schema {
    one_of(Referrer::ALL.map(Referrer::as_str)).into()
}

pub(super) fn asker() -> Schema {
    one_of(Asker::ALL.map(Asker::as_str)).into()
}

const REQUEST: [Field; 9] = [
    ("firstname", || short(50), "Prénom : les adresses du web en sont retirées."),
    ("lastname", || short(50), "Nom : les adresses du web en sont retirées."),
    ("phone", || short(50), "Téléphone : écrit au format international s'il peut l'être."),
    ("email", email, "Adresse de qui demande."),
    ("type", asker, "Qui demande."),
    ("applicantMessageToCfa", || short_or_null(10_000), "Ce qu'il écrit au centre. Le balisage est retiré."),
    ("applicantReasons", reasons, "Sur quoi portent ses questions. La liste peut être vide."),
    ("cleMinistereEducatif", || short(200), "La formation."),
    ("appointmentOrigin", referrer, "Le site d'où il vient."),
];

/// `POST /appointment-request/validate`.
#[derive(Debug)]
pub struct AppointmentRequestResponses;

impl IntoResponses for AppointmentRequestResponses {
    fn responses() -> Responses {
        let taken = closed("", &names(&VALIDATED), &VALIDATED).build().into();
        let shown = json!({"userId": USER, "appointment": appointment(), "token": TOKEN});
        let taken = answers::list("Les mails partent.", taken, vec![("taken", "Demandé", shown)]);
        let refused =
            vec![NOT_OPEN.example(), RECENT.example(), WRONG_REQUEST.example(), UNREADABLE.example()];
        let text = "Corps refusé ; ou `Formation introuvable.` ; ou une demande de la même personne pour la même formation dans \
                    les quatre derniers jours, avec sa date.";
        Answers::new()
            .with("200", taken.header("idempotency-replayed", replayed()))
            .with("400", answers::error::<ZResError>(text, refused))
            .with("404", answers::error::<ZApiError>(FORGOTTEN, vec![GONE.example()]))
            .with("409", later::<ZResError>("La même demande est encore en cours.", &RUNNING))
            .with(
                "422",
                answers::error::<ZResError>("Jamais sans `Idempotency-Key`.", vec![OTHER_BODY.example()]),
            )
            .build()
    }
}

const VALIDATED: [Field; 3] = [
    ("userId", text, "Identifiant de qui demande, le même pour une même adresse."),
    ("appointment", any_object, "La demande, dans les mots de la version 1."),
    ("token", text, "Jeton de cette demande, pour qui l'a faite."),
];

fn appointment() -> Value {
    let more = json!({
        "cfa_gestionnaire_siret": NO_SIRET, "cfa_formateur_siret": NO_SIRET, "appointment_origin": "lba",
        "created_at": "2026-09-01T08:00:00.000Z",
    });
    both(said(), more)
}

const NOT_OPEN: Shown =
    Shown::new("notOpen", "Formation inconnue, ou qui ne prend pas de rendez-vous", || {
        AskingRefusal::NotOpen.into()
    });
const RECENT: Shown = Shown::new("recent", "Déjà demandé il y a moins de quatre jours", || {
    let since = "2026-09-01T08:00:00Z".parse().unwrap_or_default();
    AskingRefusal::Recent { since }.into()
});

const WRONG_REQUEST: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"email": "moi", "type": "professeur"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::appointment_request::wish(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
