//! What is said of a webhook, and by it: bodies and answers.

use std::borrow::Cow;

use domain::webhook::{FOLLOWED, MAX_URL_CHARS};
use serde_json::json;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::HOOK;
use crate::openapi::fields::{
    Field, closed, count, date_or_null, flag, list, names, one_of_or_null, short, text,
};
use crate::openapi::{number_or_null, one_of};
use crate::webhooks_answer::{CreatedWebhook, TestedWebhook, WebhookAnswer, WebhooksAnswer};

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
    ("status", || number_or_null().into(), "Le code HTTP de sa réponse ; `null` s'il n'a pas répondu."),
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

#[cfg(test)]
mod tests {
    use domain::webhook::{
        Health, Reach, Wanted, Webhook, WebhookId, WebhookSecret, WebhookState, WebhookUrl,
    };

    use super::super::SECRET;
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
