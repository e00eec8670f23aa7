//! `GET /v1/jobs/{id}/publication`.

use std::borrow::Cow;

use domain::recruiter::JobStatus;
use serde_json::Value;
use usecases::deposit::{Obstacle, Publication, Publishing};
use utoipa::openapi::RefOr;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::deposit::{UNKNOWN_OFFER, offer_tag};
use super::fields::{Field, closed, date_or_null, names, text};
use super::parameters::path;
use super::recruiter::{ESTABLISHMENT_ID, OFFER_ID};
use super::{job_status, one_of};
use crate::publication_answer::{CODES, PublicationAnswer, STATES, response};

/// Those of the route.
#[derive(Debug)]
pub struct PublicationParameters;

impl IntoParams for PublicationParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "`_id` d'une offre que vous avez déposée. Celle d'un autre partenaire est inconnue ici.";
        vec![path("id", id, text, OFFER_ID), if_none_match()]
    }
}

/// The answers of the route.
#[derive(Debug)]
pub struct PublicationResponses;

impl IntoResponses for PublicationResponses {
    fn responses() -> Responses {
        let text = "Ce que l'offre est devenue.";
        let examples = vec![
            ("published", "Publiée", example(Publishing::Published, None)),
            ("waiting", "Attend la validation du compte", example(Publishing::WillBe, None)),
            ("expired", "Expirée", example(Publishing::WillNotBe, Some(Obstacle::Expired))),
        ];
        let found = answers::error::<PublicationAnswer<'_>>(text, examples);
        let same = ResponseBuilder::new()
            .description("L'offre est celle dont `If-None-Match` donne l'`ETag`, et rien n'a changé pour elle. Sans corps.");
        let refused = [UNKNOWN_OFFER, UNREADABLE].iter().map(Shown::example).collect();
        let tagged = |response: ResponseBuilder| {
            response.header("etag", offer_tag()).header("cache-control", cache_control())
        };
        Answers::depositing()
            .with("200", tagged(found))
            .with("304", tagged(same))
            .with("400", answers::families_of_deposits("Aucune offre à vous, ou requête illisible.", refused))
            .build()
    }
}

fn cache_control() -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .description(Some(
            "`private, no-cache` : gardez la réponse pour vous, et redemandez-la avant chaque usage. `no-store` quand le temps \
             ou le compte s'oppose à la publication : la réponse peut changer sans que l'offre change.",
        ))
        .build()
}

impl ToSchema for PublicationAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PublicationAnswer")
    }
}

impl PartialSchema for PublicationAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Ce qu'une offre est devenue.", &names(&ANSWER), &ANSWER).into()
    }
}

const ANSWER: [Field; 7] = [
    (
        "publishing",
        || closed("", &names(&PUBLISHING), &PUBLISHING).build().into(),
        "Si elle est montrée, et pourquoi non.",
    ),
    ("id", text, "Identifiant de l'offre."),
    ("establishment_id", text, "Identifiant de l'établissement."),
    ("job_status", || job_status().into(), "État de l'offre."),
    ("job_creation_date", date_or_null, "Dépôt de l'offre, ISO 8601 en UTC."),
    ("job_update_date", date_or_null, "Dernier changement, ISO 8601 en UTC."),
    ("published_until", date_or_null, "Fin de publication, à venir ou passée, ISO 8601 en UTC."),
];

const PUBLISHING: [Field; 2] = [
    (
        "status",
        || one_of(STATES).into(),
        "`PUBLISHED` : montrée. `WILL_BE_PUBLISHED` : dès que le compte sera validé. `WILL_NOT_BE_PUBLISHED` : elle ne l'est plus, \
         ou ne le sera pas.",
    ),
    (
        "error",
        reason,
        "Ce qui s'oppose à la publication, ou la limite ; `null` s'il n'y a rien à en dire (publiée, en attente, pourvue, \
         annulée).",
    ),
];

const REASON: [Field; 2] = [
    ("code", || one_of(CODES).into(), "Code stable, pour vos programmes."),
    ("label", text, "Message à lire : il dit quoi faire."),
];

fn reason() -> Schema {
    let object = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
    let object = REASON.iter().fold(object, |object, (name, takes, text)| {
        let mut schema = takes();
        if let Schema::Object(object) = &mut schema {
            object.description = Some((*text).to_owned());
        }
        object.property(*name, schema).required(*name)
    });
    object.build().into()
}

/// Written by the code that answers.
fn example(publishing: Publishing, obstacle: Option<Obstacle>) -> Value {
    let publication = Publication {
        offer_id: OFFER_ID.to_owned(),
        establishment_id: ESTABLISHMENT_ID.to_owned(),
        publishing,
        obstacle,
        status: match (publishing, obstacle) {
            (Publishing::Published, _) => JobStatus::Active,
            (Publishing::WillBe, _) => JobStatus::EnAttente,
            (Publishing::WillNotBe, _) => JobStatus::Annulee,
        },
        created_at: "2027-05-03T08:00:00Z".parse().ok(),
        updated_at: "2027-05-03T08:00:00Z".parse().ok(),
        ends_at: "2027-07-03T08:00:00Z".parse().ok(),
        etag: String::new(),
    };
    serde_json::from_str(&response(&publication).body.text()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_name_the_fields_that_are_answered_and_no_others() {
        let answered = example(Publishing::WillNotBe, Some(Obstacle::Expired));
        for (value, table) in [
            (&answered, names(&ANSWER)),
            (&answered["publishing"], names(&PUBLISHING)),
            (&answered["publishing"]["error"], names(&REASON)),
        ] {
            let mut said = table;
            said.sort_unstable();
            assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), said);
        }
    }
}
