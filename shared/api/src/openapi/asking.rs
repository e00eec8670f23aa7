//! The routes by which somebody asks for an appointment and a centre answers (contract 1.12).

mod follow;

pub use follow::{
    AppointmentParameters, AppointmentsParameters, AppointmentsResponses, FollowedAppointment,
    FollowedAppointmentResponses,
};

use std::borrow::Cow;

use domain::appointment::{Asker, Intention, Reason, Referrer};
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Example, Responses, Shown, UNREADABLE};
use super::deposit::{OTHER_BODY, RUNNING, later, replayed};
use super::fields::{
    Field, NO_SIRET, closed, date_or_null, email, list, names, open, short, short_or_null, text, text_or_null,
};
use super::mails::page;
use super::one_of;
use super::parameters::query;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, AskingRefusal, NotFound};

/// An appointment that nobody asked for.
const ID: &str = "8cb7015d-db7a-479d-8920-aec0d5f66435";
const KEY: &str = "088281P01313885594860007038855948600070-67118#L01";
const USER: &str = "5f2b0c1d7f3e2a4968c6d4f1";
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

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

fn reasons() -> Schema {
    list(Schema::from(one_of(Reason::ALL.map(Reason::as_str)))).build().into()
}

fn referrer() -> Schema {
    one_of(Referrer::ALL.map(Referrer::as_str)).into()
}

fn asker() -> Schema {
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

const FORGOTTEN: &str = "La demande a été effacée par qui l'avait faite, ou date de plus d'un an.";

fn any_object() -> Schema {
    open("", &[], &[]).build().into()
}

const VALIDATED: [Field; 3] = [
    ("userId", text, "Identifiant de qui demande, le même pour une même adresse."),
    ("appointment", any_object, "La demande, dans les mots de la version 1."),
    ("token", text, "Jeton de cette demande, pour qui l'a faite."),
];

fn said() -> Value {
    json!({
        "_id": ID, "applicant_id": USER, "cfa_intention_to_applicant": null, "cfa_message_to_applicant": null,
        "cfa_message_to_applicant_date": null, "applicant_message_to_cfa": "Bonjour,\nje voudrais visiter.",
        "applicant_reasons": ["modalite", "frais"], "cle_ministere_educatif": KEY,
    })
}

fn appointment() -> Value {
    let more = json!({
        "cfa_gestionnaire_siret": NO_SIRET, "cfa_formateur_siret": NO_SIRET, "appointment_origin": "lba",
        "created_at": "2026-09-01T08:00:00.000Z",
    });
    both(said(), more)
}

/// One object of the fields of two.
fn both(mut one: Value, other: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut one, other) {
        fields.extend(more);
    }
    one
}

/// Those of both recaps.
#[derive(Debug)]
pub struct RecallParameters;

impl IntoParams for RecallParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let mut id = query("appointmentId", text(), "Identifiant de la demande.", json!(ID));
        id.required = Required::True;
        vec![id, token()]
    }
}

fn token() -> Parameter {
    let token = ObjectBuilder::new().schema_type(Type::String).build();
    let text = "Jeton d'un lien de cette demande ; ou dans `Authorization: Bearer`.";
    query("token", token, text, json!(TOKEN))
}

/// Both recaps.
#[derive(Debug)]
pub struct RecallResponses;

impl IntoResponses for RecallResponses {
    fn responses() -> Responses {
        let recap = closed("", &["user", "etablissement"], &RECAP).build().into();
        let user = both(user(), json!({"type": "etudiant"}));
        let centre = json!({
            "training_intitule_long": "BOULANGER (CAP)", "etablissement_formateur_raison_sociale": "CFA INVENTÉ",
            "lieu_formation_street": "1 rue Imaginaire", "lieu_formation_zip_code": "67000",
            "lieu_formation_email": "rdv@cfa-invente.invalid", "lieu_formation_city": "Strasbourg",
        });
        let long = json!({"appointment": said(), "user": user, "etablissement": centre});
        let short = json!({
            "user": self::user(),
            "etablissement": {
                "etablissement_formateur_raison_sociale": "CFA INVENTÉ", "lieu_formation_email": "rdv@cfa-invente.invalid",
            },
        });
        let examples: Vec<Example> = vec![("recap", "Au centre", long), ("shortRecap", "Au candidat", short)];
        Answers::new()
            .kept(answers::list("La demande.", recap, examples))
            .with(
                "400",
                answers::error::<ZResError>(
                    "Identifiant absent ou mal écrit.",
                    vec![WRONG_ID.example(), UNREADABLE.example()],
                ),
            )
            .with("403", answers::error::<ZResError>("Jeton refusé.", vec![WRONG_TOKEN.example()]))
            .with("404", answers::error::<ZApiError>(FORGOTTEN, vec![GONE.example()]))
            .build()
    }
}

fn user() -> Value {
    json!({
        "firstname": "Aucune", "lastname": "PERSONNE", "phone": "+33199000000",
        "email": "aucune.personne@exemple.invalid",
    })
}

const RECAP: [Field; 3] = [
    ("appointment", any_object, "La demande et sa réponse. Pour le centre seul."),
    ("user", any_object, "Qui demande."),
    ("etablissement", any_object, "Le centre de formation."),
];

/// That of the answer.
#[derive(Debug)]
pub struct ReplyParameters;

impl IntoParams for ReplyParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![token()]
    }
}

/// The body of `POST /appointment-request/reply`.
#[derive(Debug)]
pub struct ReplyBody;

impl ToSchema for ReplyBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ReplyBody")
    }
}

impl PartialSchema for ReplyBody {
    fn schema() -> RefOr<Schema> {
        let required = ["appointment_id", "cfa_intention_to_applicant"];
        closed("La réponse.", &required, &REPLY).examples([replied()]).into()
    }
}

fn intention() -> Schema {
    one_of(Intention::ALL.map(Intention::as_str)).into()
}

const REPLY: [Field; 4] = [
    ("appointment_id", text, "Identifiant de la demande."),
    (
        "cfa_intention_to_applicant",
        intention,
        "`personalised_answer` : le message est envoyé au candidat ; `other_channel` : répondu autrement ; `no_answer` : candidat \
         injoignable.",
    ),
    ("cfa_message_to_applicant", || short_or_null(10_000), "Ce que le centre écrit au candidat."),
    ("cfa_message_to_applicant_date", date_or_null, "Quand il répond."),
];

fn replied() -> Value {
    json!({
        "appointment_id": ID, "cfa_intention_to_applicant": "personalised_answer",
        "cfa_message_to_applicant": "Bonjour, appelez-nous lundi.",
        "cfa_message_to_applicant_date": "2026-09-02T09:00:00.000Z",
    })
}

/// `POST /appointment-request/reply`.
#[derive(Debug)]
pub struct ReplyResponses;

impl IntoResponses for ReplyResponses {
    fn responses() -> Responses {
        let noted = closed("", &names(&REPLY), &REPLIED).build().into();
        let refused = vec![
            ANSWERED.example(),
            OVER.example(),
            EMPTY.example(),
            WRONG_REPLY.example(),
            UNREADABLE.example(),
        ];
        let text = "Corps refusé, ou demande à laquelle il a déjà été répondu, ou qui a été retirée.";
        Answers::new()
            .with("200", answers::list("Noté.", noted, vec![("noted", "Noté", replied())]))
            .with("400", answers::error::<ZResError>(text, refused))
            .with("403", answers::error::<ZResError>("Jeton refusé.", vec![WRONG_TOKEN.example()]))
            .with("404", answers::error::<ZApiError>(FORGOTTEN, vec![GONE.example()]))
            .build()
    }
}

const REPLIED: [Field; 4] = [
    ("appointment_id", text, "Comme envoyé."),
    ("cfa_intention_to_applicant", text_or_null, "Comme envoyé."),
    ("cfa_message_to_applicant", text_or_null, "Ce que le candidat lit."),
    ("cfa_message_to_applicant_date", date_or_null, "Comme envoyé ; à défaut, maintenant."),
];

const NOT_OPEN: Shown =
    Shown::new("notOpen", "Formation inconnue, ou qui ne prend pas de rendez-vous", || {
        AskingRefusal::NotOpen.into()
    });
const RECENT: Shown = Shown::new("recent", "Déjà demandé il y a moins de quatre jours", || {
    let since = "2026-09-01T08:00:00Z".parse().unwrap_or_default();
    AskingRefusal::Recent { since }.into()
});
const ANSWERED: Shown = Shown::new("answered", "Déjà répondu", || AskingRefusal::Answered.into());
const OVER: Shown = Shown::new("over", "Retirée, ou non remise", || AskingRefusal::Over.into());
const EMPTY: Shown =
    Shown::new("empty", "`personalised_answer` sans message", || AskingRefusal::Empty.into());
const GONE: Shown = Shown::new("gone", "Effacée", || NotFound::Appointment.into());
const WRONG_TOKEN: Shown =
    Shown::new("wrongToken", "Jeton absent, faux, d'une autre demande ou de l'autre côté", || {
        ApiError::WrongToken
    });
const WRONG_REQUEST: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"email": "moi", "type": "professeur"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::appointment_request::wish(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const WRONG_REPLY: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"appointment_id": "1"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::appointment_request::reply(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const WRONG_ID: Shown = Shown::new("wrongId", "`appointmentId` n'est pas un identifiant", || {
    let request = crate::request::Request::default();
    crate::appointment_request::appointment_id(&request)
        .err()
        .unwrap_or(ApiError::WrongParameters(Vec::new()))
});
