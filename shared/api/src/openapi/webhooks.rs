//! The routes by which partners say where they are told of what happens.

use std::borrow::Cow;

use domain::webhook::{FOLLOWED, MAX_URL_CHARS, Reach};
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::deposit::{RUNNING, later};
use super::fields::{Field, closed, count, date_or_null, flag, list, names, one_of_or_null, short, text};
use super::one_of;
use super::parameters::path;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, NotFound, WebhookRefusal};
use crate::request::Request;
use crate::webhook_request;
use crate::webhooks_answer::{CreatedWebhook, TestedWebhook, WebhookAnswer, WebhooksAnswer};

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

/// The body of `POST /v1/webhooks`.
#[derive(Debug)]
pub struct WebhookBody;

impl ToSchema for WebhookBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("WebhookBody")
    }
}

impl PartialSchema for WebhookBody {
    fn schema() -> RefOr<Schema> {
        let [url, events, _] = BODY;
        let example = json!({"url": HOOK, "events": ["application.answered"]});
        closed("Un webhook à créer.", &["url"], &[url, events]).examples([example]).into()
    }
}

/// The body of `PUT /v1/webhooks/{id}`.
#[derive(Debug)]
pub struct ChangedWebhookBody;

impl ToSchema for ChangedWebhookBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ChangedWebhookBody")
    }
}

impl PartialSchema for ChangedWebhookBody {
    fn schema() -> RefOr<Schema> {
        let example = json!({"url": HOOK, "enabled": true});
        closed("Le webhook tel qu'il doit être.", &["url", "enabled"], &BODY).examples([example]).into()
    }
}

impl ToSchema for WebhookAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Webhook")
    }
}

impl PartialSchema for WebhookAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Un webhook.", &names(&WEBHOOK), &WEBHOOK).into()
    }
}

impl ToSchema for CreatedWebhook<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CreatedWebhook")
    }
}

impl PartialSchema for CreatedWebhook<'_> {
    fn schema() -> RefOr<Schema> {
        let mut fields = WEBHOOK.to_vec();
        fields.push(("secret", text, SECRET_TEXT));
        closed("Un webhook qui vient d'être créé, avec son secret.", &names(&fields), &fields).into()
    }
}

impl ToSchema for WebhooksAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Webhooks")
    }
}

impl PartialSchema for WebhooksAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        let webhooks =
            || ArrayBuilder::new().items(Ref::from_schema_name(WebhookAnswer::name())).build().into();
        closed("Vos webhooks.", &["webhooks"], &[("webhooks", webhooks, "Le plus ancien d'abord.")]).into()
    }
}

impl ToSchema for TestedWebhook {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("TestedWebhook")
    }
}

impl PartialSchema for TestedWebhook {
    fn schema() -> RefOr<Schema> {
        closed("Ce qu'un webhook répond à un essai.", &names(&TESTED), &TESTED).into()
    }
}

const BODY: [Field; 3] = [
    (
        "url",
        || short(MAX_URL_CHARS),
        "Adresse que nous appelons par POST : `https`, un nom de domaine public, port 443 ou à partir de 1024. Les redirections ne \
         sont pas suivies.",
    ),
    (
        "events",
        || list(one_of(FOLLOWED)).min_items(Some(1)).build().into(),
        "Types d'événements à recevoir. Sans ce champ : tous, et ceux à venir.",
    ),
    (
        "enabled",
        flag,
        "`false` : n'est plus appelé, et ce qui devait l'être est abandonné. `true` : l'est, et ses échecs sont oubliés s'il ne \
         l'était pas.",
    ),
];

const WEBHOOK: [Field; 9] = [
    ("id", text, "Son identifiant, un UUID."),
    ("url", text, "Son adresse."),
    (
        "events",
        || {
            let kinds = SchemaType::from_iter([Type::Array, Type::Null]);
            let kinds = ObjectBuilder::new().schema_type(kinds);
            kinds.build().into()
        },
        "Les types d'événements qu'il reçoit ; `null` : tous, et ceux à venir.",
    ),
    ("enabled", flag, "S'il est appelé."),
    (
        "disabled_reason",
        || one_of_or_null(["paused", "failing", "gone"]),
        "Pourquoi il ne l'est pas. `paused` : vous l'avez arrêté. `failing` : chaque appel a échoué pendant cinq jours. `gone` : il a \
         répondu 410.",
    ),
    ("created_at", date, "Sa création, ISO 8601 en UTC."),
    ("last_success_at", date_or_null, "Sa dernière réponse 2xx, à la minute près."),
    ("last_failure_at", date_or_null, "Son dernier échec."),
    ("failing_since", date_or_null, "Le premier échec depuis sa dernière réponse 2xx ; `null` s'il répond."),
];

const TESTED: [Field; 4] = [
    ("delivered", flag, "S'il a répondu 2xx."),
    (
        "status",
        || super::number_or_null().into(),
        "Le code HTTP de sa réponse ; `null` s'il n'a pas répondu.",
    ),
    (
        "error",
        || one_of_or_null(["address", "connection", "timed_out"]),
        "Pourquoi il n'a pas répondu. `address` : son nom ne mène à aucune adresse publique. `connection` : pas de connexion, ou pas \
         de TLS valable. `timed_out` : rien en 8 secondes.",
    ),
    ("milliseconds", count, "Durée de l'appel."),
];

fn date() -> Schema {
    use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
    let date = ObjectBuilder::new().schema_type(Type::String);
    date.format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).build().into()
}

const SECRET_TEXT: &str =
    "`whsec_` puis 32 octets en base64 : la clé de la signature (Standard Webhooks). N'est montré qu'ici.";
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

#[cfg(test)]
mod tests {
    use domain::webhook::{Health, Wanted, Webhook, WebhookId, WebhookSecret, WebhookState, WebhookUrl};

    use super::*;

    #[test]
    fn the_table_names_the_fields_that_are_answered_and_no_others() {
        let webhook = Webhook {
            id: WebhookId::from_random([1; 16]),
            url: WebhookUrl::parse(HOOK, Reach::Public).unwrap(),
            wanted: Wanted::All,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            state: WebhookState::Enabled,
            health: Health::default(),
        };
        let answered = serde_json::to_value(WebhookAnswer::from(&webhook)).unwrap();
        let mut said = names(&WEBHOOK);
        said.sort_unstable();
        assert_eq!(answered.as_object().unwrap().keys().collect::<Vec<_>>(), said);
        let secret = WebhookSecret::from_random([0; 32]);
        let created = serde_json::to_value(CreatedWebhook::of(&webhook, &secret)).unwrap();
        assert_eq!(created["secret"], SECRET);
        assert!(!answered.to_string().contains("whsec_"));
    }
}
