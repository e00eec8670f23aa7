//! The pages behind the links of mails, what mail providers tell, and the wish to get no more mails.

use std::borrow::Cow;

use serde_json::json;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::fields::{Field, closed, email, open, text, text_or_null};
use super::one_of;
use super::parameters::{path, query};
use crate::errors::ApiError;
use crate::errors::shapes::ZResError;
use crate::mail_webhook::{self, SECRET_PARAMETER};
use crate::request::Request;
use crate::unsubscribe_request::{self, REASONS};

/// `{token}`.
#[derive(Debug)]
pub struct LinkTokenParameter;

impl IntoParams for LinkTokenParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let token = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text =
            "Jeton du lien, tel que le mail le porte : 43 caractères. Qui l'a peut agir, ne le montrez pas.";
        vec![path("token", token, text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    }
}

/// `GET` and `POST /links/{token}`.
#[derive(Debug)]
pub struct LinkPageResponses;

impl IntoResponses for LinkPageResponses {
    fn responses() -> Responses {
        Answers::new()
            .with(
                "200",
                page("Page HTML : ce que le lien va faire, avec un bouton, ou ce qu'il vient de faire."),
            )
            .with("410", page("Page HTML : le lien a déjà servi, a expiré, n'en est pas un, ou son offre ne permet plus ce qu'il fait."))
            .unreadable()
            .build()
    }
}

pub(super) fn page(text: &str) -> ResponseBuilder {
    let schema = RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::String).build()));
    ResponseBuilder::new()
        .description(text)
        .content("text/html", ContentBuilder::new().schema(Some(schema)).build())
}

/// The query parameter by which a mail provider shows that it is one.
#[derive(Debug)]
pub struct MailWebhookKeyParameter;

impl IntoParams for MailWebhookKeyParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let secret = ObjectBuilder::new().schema_type(Type::String).build();
        let text = "Secret convenu avec le fournisseur de mails. Il n'est jamais journalisé.";
        let mut parameter = query(SECRET_PARAMETER, secret, text, json!("un-secret-invente"));
        parameter.required = Required::True;
        vec![parameter]
    }
}

/// The body of `POST /emails/webhook`.
#[derive(Debug)]
pub struct MailEventBody;

impl ToSchema for MailEventBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("MailEventBody")
    }
}

impl PartialSchema for MailEventBody {
    fn schema() -> RefOr<Schema> {
        let text = "Un événement de Brevo. Ses autres champs ne sont pas lus.";
        let example = json!({
            "event": "hard_bounce", "email": "rh@exemple.invalid",
            "message-id": "<0123456789abcdef0123456789abcdef@exemple.invalid>",
        });
        open(text, &["event", "email"], &EVENT).examples([example]).into()
    }
}

const EVENT: [Field; 3] = [
    (
        "event",
        text,
        "Ce qui est arrivé. `hard_bounce`, `blocked`, `invalid_email`, `spam`, `complaint` et `unsubscribed` arrêtent \
         les mails à cette adresse ; `delivered`, `request`, `opened`, `unique_opened` et `click` disent que le mail est \
         parti ; de tout autre mot rien ne suit.",
    ),
    ("email", text, "L'adresse concernée."),
    ("message-id", text_or_null, "Identifiant du mail, tel que nous l'avons écrit dans son en-tête."),
];

/// `POST /emails/webhook`.
#[derive(Debug)]
pub struct MailEventResponses;

impl IntoResponses for MailEventResponses {
    fn responses() -> Responses {
        let empty = ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .build();
        let taken = "Noté : renvoyer le même événement ne change rien. Un objet vide.";
        let wrong = vec![WRONG_SECRET.example()];
        let refused = vec![NO_EVENT.example(), UNREADABLE.example()];
        Answers::new()
            .with("200", answers::list(taken, empty.into(), vec![("taken", "Noté", json!({}))]))
            .with("400", answers::error::<ZResError>("Ce n'est pas un événement.", refused))
            .with("403", answers::error::<ZResError>("Secret absent ou faux.", wrong))
            .build()
    }
}

/// The body of `POST /unsubscribe`.
#[derive(Debug)]
pub struct UnsubscribeBody;

impl ToSchema for UnsubscribeBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("UnsubscribeBody")
    }
}

impl PartialSchema for UnsubscribeBody {
    fn schema() -> RefOr<Schema> {
        let example = json!({"email": "rh@exemple.invalid", "reason": "Autre"});
        closed("Qui ne veut plus de mails, et pourquoi.", &["email", "reason"], &UNSUBSCRIBE)
            .examples([example])
            .into()
    }
}

const UNSUBSCRIBE: [Field; 2] = [
    ("email", email, "L'adresse à laquelle ne plus écrire."),
    ("reason", || one_of(REASONS).into(), "Pourquoi. L'apostrophe peut être droite ou courbe."),
];

/// `POST /unsubscribe`.
#[derive(Debug)]
pub struct UnsubscribeResponses;

impl IntoResponses for UnsubscribeResponses {
    fn responses() -> Responses {
        let text = "Toujours `OK`, que l'adresse soit connue ou non. Les mails nécessaires à vos offres (confirmation de \
             l'adresse, candidatures) partent encore.";
        let refused = vec![WRONG_WISH.example(), UNREADABLE.example()];
        Answers::keyed()
            .with("200", answers::list(text, one_of(["OK"]).into(), vec![("stopped", "Noté", json!("OK"))]))
            .with("400", answers::error::<ZResError>("Corps refusé : toutes les erreurs à la fois.", refused))
            .build()
    }
}

const WRONG_SECRET: Shown = Shown::new("wrongSecret", "Secret faux", || ApiError::WrongSecret);
const NO_EVENT: Shown = Shown::new("noEvent", "Ni `event` ni `email`", || {
    mail_webhook::event(&Request { body: Some(b"{}".to_vec()), ..Request::default() })
        .err()
        .unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const WRONG_WISH: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"email": "rh", "reason": "parce que"}).to_string().into_bytes();
    unsubscribe_request::parse(&Request { body: Some(body), ..Request::default() })
        .err()
        .unwrap_or(ApiError::WrongParameters(Vec::new()))
});
