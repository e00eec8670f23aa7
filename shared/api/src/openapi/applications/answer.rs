//! The routes by which recruiters answer, and whoever asks for its data.

use std::borrow::Cow;

use serde_json::json;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::ID;
use crate::errors::ApiError;
use crate::errors::shapes::ZResError;
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::fields::{Field, closed, email, short_or_null, text, text_or_null};
use crate::openapi::one_of;
use crate::openapi::parameters::{path, query};

/// Those of both routes.
#[derive(Debug)]
pub struct AnswerParameters;

impl IntoParams for AnswerParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let token = ObjectBuilder::new().schema_type(Type::String).build();
        let token_text = "Jeton d'un lien du mail de cette candidature ; ou dans `Authorization: Bearer`.";
        let token = query("token", token, token_text, json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        vec![path("id", id, "Identifiant de la candidature.", ID), token]
    }
}

/// The body of both routes.
#[derive(Debug)]
pub struct AnswerBody;

impl ToSchema for AnswerBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AnswerBody")
    }
}

impl PartialSchema for AnswerBody {
    fn schema() -> RefOr<Schema> {
        let example = json!({
            "company_recruitment_intention": "entretien", "company_feedback": "Bonjour, venez lundi.",
            "email": "rh@exemple.invalid", "phone": "0199000000",
        });
        let text = "La réponse. Pour `/application/intention/{id}`, l'intention seule.";
        closed(text, &["company_recruitment_intention"], &ANSWER).examples([example]).into()
    }
}

const ANSWER: [Field; 4] = [
    (
        "company_recruitment_intention",
        || one_of(["entretien", "ne_sais_pas", "refus"]).into(),
        "Ce que le recruteur répond.",
    ),
    ("company_feedback", || short_or_null(10_000), "Ce qu'il écrit au candidat."),
    ("email", text_or_null, "Où le candidat peut lui écrire."),
    ("phone", || short_or_null(254), "Où le candidat peut l'appeler."),
];

/// What both routes answer.
#[derive(Debug)]
pub struct AnswerResponses;

impl IntoResponses for AnswerResponses {
    fn responses() -> Responses {
        let done = closed("", &["result"], &DONE).build().into();
        let shown = json!({"result": "ok", "message": "comment registered"});
        let refused = vec![COMMENT.example(), WRONG_ANSWER.example(), UNREADABLE.example()];
        let text = "Corps refusé, ou candidature qui n'existe plus, ou à laquelle il a déjà été répondu.";
        Answers::new()
            .with("200", answers::list("Noté.", done, vec![("done", "Envoyée au candidat", shown)]))
            .with("400", answers::error::<ZResError>(text, refused))
            .with("403", answers::error::<ZResError>("Jeton refusé.", vec![WRONG_TOKEN.example()]))
            .build()
    }
}

const DONE: [Field; 2] = [
    ("result", text, "`ok`."),
    (
        "message",
        text,
        "`comment registered` : le candidat recevra la réponse. Absent quand l'intention seule est notée.",
    ),
];

/// The body of `POST /personal-data`.
#[derive(Debug)]
pub struct PersonalDataBody;

impl ToSchema for PersonalDataBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PersonalDataBody")
    }
}

impl PartialSchema for PersonalDataBody {
    fn schema() -> RefOr<Schema> {
        let example = json!({"email": "aucune.personne@exemple.invalid"});
        closed("Qui demande ses données.", &["email"], &PERSONAL).examples([example]).into()
    }
}

const PERSONAL: [Field; 1] = [("email", email, "L'adresse par laquelle la personne nous est connue.")];

/// `POST /personal-data`.
#[derive(Debug)]
pub struct PersonalDataResponses;

impl IntoResponses for PersonalDataResponses {
    fn responses() -> Responses {
        let done = closed("", &["result"], &DONE[..1]).build().into();
        let refused = vec![WRONG_ADDRESS.example(), UNREADABLE.example()];
        Answers::new()
            .with(
                "202",
                answers::list("Le mail part.", done, vec![("done", "Noté", json!({"result": "ok"}))]),
            )
            .with("400", answers::error::<ZResError>("Corps refusé.", refused))
            .build()
    }
}

const COMMENT: Shown = Shown::new("refused", "Plus rien à répondre", || ApiError::Comment);
const WRONG_TOKEN: Shown =
    Shown::new("wrongToken", "Jeton absent, faux ou d'une autre candidature", || ApiError::WrongToken);
const WRONG_ANSWER: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"company_recruitment_intention": "oui"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::answer_request::comment(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const WRONG_ADDRESS: Shown = Shown::new("wrongAddress", "Ce n'est pas une adresse", || {
    let body = json!({"email": "moi"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::answer_request::personal(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
