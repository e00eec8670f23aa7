//! What the centre answers.

use std::borrow::Cow;

use domain::appointment::Intention;
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::{FORGOTTEN, GONE, ID, WRONG_TOKEN, token};
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, AskingRefusal};
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::fields::{Field, closed, date_or_null, names, short_or_null, text, text_or_null};
use crate::openapi::one_of;

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

const ANSWERED: Shown = Shown::new("answered", "Déjà répondu", || AskingRefusal::Answered.into());
const OVER: Shown = Shown::new("over", "Retirée, ou non remise", || AskingRefusal::Over.into());
const EMPTY: Shown =
    Shown::new("empty", "`personalised_answer` sans message", || AskingRefusal::Empty.into());

const WRONG_REPLY: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"appointment_id": "1"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    crate::appointment_request::reply(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
