//! The routes of applications.

mod answer;
mod body;
mod follow;
mod upload;

pub use answer::{AnswerBody, AnswerParameters, AnswerResponses, PersonalDataBody, PersonalDataResponses};
pub use body::{ApplicationBody, ApplicationByIdBody};
pub use follow::{
    ApplicationParameters, ApplicationsParameters, ApplicationsResponses, FollowedApplication,
    FollowedResponses,
};
pub use upload::{UploadBody, UploadResponses};

use serde_json::json;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, IntoResponses, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::deposit::{
    BAD_KEY, OTHER_BODY, OTHER_BODY_TEXT, RUNNING, UNAVAILABLE_TEXT, key_header, later, replayed,
};
use crate::applications_answer::{Id, Taken};
use crate::errors::shapes::{ApplicationError, ZResError};
use crate::errors::{ApiError, ApplicationRefusal, ApplyRefusal};

/// `Idempotency-Key`, where somebody applies.
#[derive(Debug)]
pub struct ApplicationKeyHeader;

impl IntoParams for ApplicationKeyHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_header(KEY_TEXT)]
    }
}

const KEY_TEXT: &str = "Nom que vous donnez à cette candidature, pour pouvoir la renvoyer sans la faire deux fois : 1 à 255 \
     caractères ASCII visibles, un UUID neuf par exemple. Gardez-le, et renvoyez-le avec le même corps si aucune réponse \
     n'arrive, ou après 409, 429, 500 et 503 : la réponse est alors celle du premier envoi. Retenu 24 heures, par partenaire. \
     Sans cet en-tête, le même corps envoyé dans les dix minutes est pris pour la même candidature.";

/// An application as an example: of nobody, to nobody.
pub(super) const ID: &str = "8cb7015d-db7a-479d-8920-aec0d5f66435";

/// `POST /v1/application`.
#[derive(Debug)]
pub struct ApplicationResponses;

impl IntoResponses for ApplicationResponses {
    fn responses() -> Responses {
        let taken = answers::error::<Taken>(
            "Prise, avec tout ce qui en suit : les mails partiront.",
            vec![("taken", "Prise", json!({"result": "ok", "message": "messages sent"}))],
        );
        let refused = V1.iter().chain([&WRONG_BODY, &BAD_KEY, &UNREADABLE]).map(Shown::example).collect();
        let families = OneOfBuilder::new()
            .item(Ref::from_schema_name(ApplicationError::name()))
            .item(Ref::from_schema_name(ZResError::name()))
            .build();
        let text = "Corps refusé par le cadre, toutes les erreurs à la fois ; ou règle du service enfreinte (`error` seul, dans cet \
                    ordre). Rien n'est envoyé.";
        once()
            .with(
                "200",
                taken.header("x-application-id", id_header()).header("idempotency-replayed", replayed()),
            )
            .with("400", answers::list(text, Schema::OneOf(families), refused))
            .build()
    }
}

/// `POST /v2/application`.
#[derive(Debug)]
pub struct ApplicationByIdResponses;

impl IntoResponses for ApplicationByIdResponses {
    fn responses() -> Responses {
        let text = "Prise, avec tout ce qui en suit : les mails partiront.";
        let taken = answers::error::<Id>(text, vec![("taken", "Prise", json!({"id": ID}))]);
        let refused = V2.iter().chain([&WRONG_BODY, &BAD_KEY, &UNREADABLE]).map(Shown::example).collect();
        let too_many = TOO_MANY.iter().map(Shown::example).collect();
        once()
            .with("202", taken.header("idempotency-replayed", replayed()))
            .with(
                "400",
                answers::error::<ZResError>("Corps refusé, ou candidature qui ne peut être prise.", refused),
            )
            .with("429", answers::error::<ZResError>("Trop de candidatures.", too_many))
            .build()
    }
}

fn once() -> Answers {
    Answers::with_right("Clé refusée, ou sans le droit d'envoyer des candidatures.")
        .with(
            "409",
            later::<ZResError>("La même requête est encore en cours : renvoyez-la telle quelle.", &RUNNING),
        )
        .with("422", answers::error::<ZResError>(OTHER_BODY_TEXT, vec![OTHER_BODY.example()]))
        .with("503", later::<ZResError>(UNAVAILABLE_TEXT, &answers::TIMED_OUT))
}

fn id_header() -> Header {
    HeaderBuilder::new()
        .schema(Some(RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::String).build()))))
        .description(Some("L'identifiant de la candidature."))
        .build()
}

macro_rules! v1 {
    ($name:literal, $text:literal, $refusal:ident) => {
        Shown::new($name, $text, || ApiError::Application(ApplicationRefusal::$refusal))
    };
}

macro_rules! v2 {
    ($name:literal, $text:literal, $refusal:ident) => {
        Shown::new($name, $text, || ApiError::Apply(ApplyRefusal(ApplicationRefusal::$refusal)))
    };
}

const V1: [Shown; 10] = [
    v1!("missingSecret", "`crypted_company_email` sans `secret`", MissingSecret),
    v1!("wrongSecret", "`secret` faux, ou aucun essai n'est prévu ici", WrongSecret),
    v1!("missingCaller", "Pas de `caller`", MissingCaller),
    v1!("wrongCompany", "SIRET inconnu, ou `job_id` qui ne va pas avec `company_type`", WrongCompany),
    v1!("disposable", "Adresse jetable", Disposable),
    v1!("expired", "L'offre n'est plus ouverte, n'existe pas, ou a reçu 80 candidatures", Expired),
    v1!(
        "wrongAddress",
        "`company_email` et `iv` ne sont pas ceux de cette offre ou entreprise",
        WrongAddress
    ),
    v1!("unsubscribed", "L'entreprise ne reçoit plus de candidatures", Unsubscribed),
    v1!("tooManyToday", "100 candidatures de cette personne aujourd'hui", TooManyToday),
    v1!("tooManyForTarget", "3 de cette personne, ou 20 de ce `caller` aujourd'hui", TooManyForTarget),
];

const V2: [Shown; 6] = [
    v2!("noCv", "Ni un PDF ni un docx, ou nom, type et contenu ne vont pas ensemble", NoCv),
    v2!("disposable", "Adresse jetable", Disposable),
    v2!("unknown", "Rien sous ce `recipient_id`", Unknown),
    v2!("expired", "L'offre n'est plus ouverte", Expired),
    v2!("noAddress", "Personne à qui l'envoyer", NoAddress),
    v2!("noUpload", "Aucun fichier sous cet `applicant_attachment_id`, ou plus aucun", NoUpload),
];

const TOO_MANY: [Shown; 3] = [
    v2!("tooManyToday", "100 de cette personne aujourd'hui", TooManyToday),
    v2!("tooManyForTarget", "3 de cette personne pour cette offre ou entreprise", TooManyForTarget),
    v2!("tooManyForRecruiter", "20 de ce partenaire à cette entreprise aujourd'hui", TooManyForRecruiter),
];

const WRONG_BODY: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"applicant_email": "moi", "company_siret": "1"}).to_string().into_bytes();
    let request = crate::request::Request { body: Some(body), ..Default::default() };
    let test = crate::application_request::TestMode::Off;
    crate::application_request::v1(&request, &test).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
