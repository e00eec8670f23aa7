//! The route by which a CV is uploaded before somebody applies.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use crate::application_request::MAX_SIZE;
use crate::applications_answer::UploadAnswer;
use crate::errors::shapes::ZResError;
use crate::errors::{ApiError, ApplicationRefusal, ApplyRefusal};
use crate::openapi::answers::{self, Answers, Responses, Shown, UNREADABLE};
use crate::openapi::deposit::ABSENT;
use crate::openapi::fields::{Field, between, closed, short};
use crate::request::Request;

/// The body of `POST /v2/application/upload`.
#[derive(Debug)]
pub struct UploadBody;

impl ToSchema for UploadBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("UploadBody")
    }
}

impl PartialSchema for UploadBody {
    fn schema() -> RefOr<Schema> {
        let example = json!({"applicant_attachment_name": "cv.pdf", "size": 123_456});
        let text = format!("Le fichier à envoyer. {ABSENT}");
        closed(&text, &["applicant_attachment_name", "size"], &FIELDS).examples([example]).into()
    }
}

const FIELDS: [Field; 2] = [
    (
        "applicant_attachment_name",
        || short(255),
        "Nom du CV : il finit par `.pdf` ou `.docx`, et dit le type du fichier.",
    ),
    ("size", || between(1, MAX_SIZE).into(), "Taille du fichier en octets : ni plus, ni moins."),
];

/// `POST /v2/application/upload`.
#[derive(Debug)]
pub struct UploadResponses;

impl IntoResponses for UploadResponses {
    fn responses() -> Responses {
        let refused = [NO_CV, WRONG_SIZE, UNREADABLE].iter().map(Shown::example).collect();
        Answers::with_right("Clé refusée, ou sans le droit d'envoyer des candidatures.")
            .with(
                "201",
                answers::error::<UploadAnswer<'_>>(
                    "Le formulaire qui envoie ce fichier.",
                    vec![("prepared", "À envoyer dans les 15 minutes", prepared())],
                ),
            )
            .with("400", answers::error::<ZResError>("Corps refusé.", refused))
            .build()
    }
}

const NO_CV: Shown = Shown::new("noCv", "Le nom ne finit ni par `.pdf` ni par `.docx`", || {
    ApiError::Apply(ApplyRefusal(ApplicationRefusal::NoCv))
});

const WRONG_SIZE: Shown = Shown::new("wrongSize", "Fichier trop grand", || {
    let body = json!({"applicant_attachment_name": "cv.pdf", "size": MAX_SIZE + 1}).to_string().into_bytes();
    let request = Request { body: Some(body), ..Default::default() };
    crate::application_request::upload(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});

fn prepared() -> Value {
    let fields = BTreeMap::from([
        ("Content-Type", "application/pdf"),
        ("key", "uploads/…"),
        ("policy", "eyJleHBpcmF0aW9uIjoi…"),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
        ("x-amz-credential", "…"),
        ("x-amz-date", "20260901T080000Z"),
        ("x-amz-signature", "…"),
    ]);
    json!({
        "id": super::ID, "url": "https://cvs.exemple.invalid/", "fields": fields,
        "expires_at": "2026-09-01T08:15:00.000Z",
    })
}
