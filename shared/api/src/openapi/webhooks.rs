//! The routes by which partners say where they are told of what happens.

mod shapes;

use domain::webhook::Reach;
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::deposit::{RUNNING, later};
use super::parameters::path;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, NotFound, WebhookRefusal};
use crate::request::Request;
use crate::webhook_request;
use crate::webhooks_answer::{CreatedWebhook, TestedWebhook, WebhookAnswer, WebhooksAnswer};
pub use shapes::{ChangedWebhookBody, WebhookBody};

/// `{id}`.
#[derive(Debug)]
pub struct WebhookParameters;

impl IntoParams for WebhookParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "Identifiant d'un de vos webhooks. Celui d'un autre partenaire est inconnu ici.";
        vec![path("id", id, text, ID)]
    }
}

/// What a list heeds.
#[derive(Debug)]
pub struct WebhooksParameters;

impl IntoParams for WebhooksParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![if_none_match()]
    }
}

/// `POST /v1/webhooks`.
#[derive(Debug)]
pub struct CreatedWebhookResponses;

impl IntoResponses for CreatedWebhookResponses {
    fn responses() -> Responses {
        let mut created = webhook();
        created.as_object_mut().map(|fields| fields.insert("secret".to_owned(), json!(SECRET)));
        let created = answers::error::<CreatedWebhook<'_>>(
            "Créé, et appelé dès maintenant. `secret` n'est montré qu'ici : gardez-le.",
            vec![("created", "Créé", created)],
        );
        let refused = [TOO_MANY, URL_TAKEN, WRONG_BODY, UNREADABLE].iter().map(Shown::example).collect();
        written().with("201", created).with("400", answers::error::<ZResError>(REFUSED_TEXT, refused)).build()
    }
}

/// `GET /v1/webhooks`.
#[derive(Debug)]
pub struct WebhooksResponses;

impl IntoResponses for WebhooksResponses {
    fn responses() -> Responses {
        let shown = json!({"webhooks": [webhook()]});
        managing()
            .found::<WebhooksAnswer<'_>>(
                "Tous vos webhooks, le plus ancien d'abord.",
                vec![("one", "Un", shown)],
            )
            .unreadable()
            .build()
    }
}

/// `PUT /v1/webhooks/{id}`.
#[derive(Debug)]
pub struct ChangedWebhookResponses;

impl IntoResponses for ChangedWebhookResponses {
    fn responses() -> Responses {
        let changed =
            answers::error::<WebhookAnswer<'_>>("Modifié.", vec![("changed", "Modifié", webhook())]);
        let refused = [URL_TAKEN, WRONG_BODY, UNREADABLE].iter().map(Shown::example).collect();
        known(written())
            .with("200", changed)
            .with("400", answers::error::<ZResError>(REFUSED_TEXT, refused))
            .build()
    }
}

/// `DELETE /v1/webhooks/{id}`.
#[derive(Debug)]
pub struct DeletedWebhookResponses;

impl IntoResponses for DeletedWebhookResponses {
    fn responses() -> Responses {
        let done = ResponseBuilder::new()
            .description("Supprimé, avec ce qui devait encore lui être envoyé. Sans corps.");
        known(written()).with("204", done).unreadable().build()
    }
}

/// `POST /v1/webhooks/{id}/test`.
#[derive(Debug)]
pub struct TestedWebhookResponses;

impl IntoResponses for TestedWebhookResponses {
    fn responses() -> Responses {
        let said = |delivered: bool, status: Value, error: Value| json!({"delivered": delivered, "status": status, "error": error, "milliseconds": 87});
        let examples = vec![
            ("delivered", "Il a répondu 2xx", said(true, json!(204), Value::Null)),
            ("refused", "Il a répondu autre chose", said(false, json!(401), Value::Null)),
            ("unanswered", "Il n'a pas répondu", said(false, Value::Null, json!("connection"))),
        ];
        let text = "Ce que votre webhook a répondu. Un refus de sa part est aussi un 200 ici.";
        known(managing()).with("200", answers::error::<TestedWebhook>(text, examples)).unreadable().build()
    }
}

fn managing() -> Answers {
    Answers::with_right("Clé refusée, ou sans le droit `webhooks:manage`.")
}

fn written() -> Answers {
    let text = "D'autres requêtes changent vos webhooks : renvoyez la même après le délai de `Retry-After`.";
    managing().with("409", later::<ZResError>(text, &RUNNING))
}

fn known(answers: Answers) -> Answers {
    let unknown = vec![UNKNOWN.example()];
    answers.with("404", answers::error::<ZApiError>("Aucun webhook à vous sous cet identifiant.", unknown))
}

const REFUSED_TEXT: &str = "Corps refusé, toutes les erreurs à la fois ; ou règle du service enfreinte.";
const ID: &str = "1c7f0a52-6f0e-4f53-9a51-2f8f0c9a7b3e";
const HOOK: &str = "https://partenaire.exemple.invalid/alternance";
/// Of zeros.
const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn webhook() -> Value {
    json!({
        "id": ID, "url": HOOK, "events": ["application.answered"], "enabled": true, "disabled_reason": null,
        "created_at": "2026-09-01T08:00:00.000Z", "last_success_at": null, "last_failure_at": null,
        "failing_since": null,
    })
}

const UNKNOWN: Shown =
    Shown::new("unknown", "Inconnu, ou d'un autre partenaire", || NotFound::Webhook.into());
const TOO_MANY: Shown =
    Shown::new("tooMany", "Vous en avez déjà cinq", || ApiError::Webhook(WebhookRefusal::TooMany));
const URL_TAKEN: Shown = Shown::new("urlTaken", "Vous en avez déjà un à cette adresse", || {
    ApiError::Webhook(WebhookRefusal::UrlTaken)
});
const WRONG_BODY: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    let body = json!({"url": "http://169.254.169.254/", "events": []}).to_string().into_bytes();
    let request = Request { body: Some(body), ..Request::default() };
    let refused = webhook_request::created(&request, Reach::Public);
    refused.err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
