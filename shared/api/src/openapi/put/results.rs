//! What is answered to who put offers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use usecases::once::Answered;
use usecases::ports::StoredAnswer;
use utoipa::openapi::schema::{OneOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::super::deposit::bearing;
use super::super::fields::{
    Field, any_object_or_null, closed, count, date_or_null, flag, list, names, pattern, text,
};
use super::super::job_status;
use super::super::recruiter::{ESTABLISHMENT_ID, OFFER_ID};
use crate::deposit_request;
use crate::offers_answer::OffersAnswer;

impl ToSchema for OffersAnswer {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OffersAnswer")
    }
}

impl PartialSchema for OffersAnswer {
    fn schema() -> RefOr<Schema> {
        closed("Ce que chaque offre est devenue.", &names(&ANSWER), &ANSWER).into()
    }
}

const ANSWER: [Field; 1] = [("results", results, "Un résultat par offre, dans l'ordre de la requête.")];

fn results() -> Schema {
    let either = OneOfBuilder::new()
        .item(Ref::from_schema_name(DepositedOffer::name()))
        .item(Ref::from_schema_name(RefusedOffer::name()))
        .build();
    list(RefOr::T(either.into())).build().into()
}

/// An offer in short.
#[derive(Debug)]
pub struct ShortOffer;

impl ToSchema for ShortOffer {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ShortOffer")
    }
}

impl PartialSchema for ShortOffer {
    fn schema() -> RefOr<Schema> {
        closed("L'offre, en bref.", &names(&SHORT), &SHORT).into()
    }
}

const SHORT: [Field; 4] = [
    ("id", text, "Identifiant de l'offre : `job.id` dans une recherche."),
    ("establishment_id", text, "Identifiant de l'établissement."),
    ("job_status", || job_status().into(), "État de l'offre."),
    ("job_expiration_date", date_or_null, "Fin de publication, ISO 8601 en UTC."),
];

/// One of many that was deposited.
#[derive(Debug)]
pub struct DepositedOffer;

impl ToSchema for DepositedOffer {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DepositedOffer")
    }
}

impl PartialSchema for DepositedOffer {
    fn schema() -> RefOr<Schema> {
        let fields = [&PLACE[..], &SHORT[..], &DEPOSITED[..]].concat();
        closed("Une offre déposée, ou mise à jour.", &names(&fields), &fields).into()
    }
}

const PLACE: [Field; 2] = [
    ("index", count, "Place de l'offre dans la requête, à partir de 0."),
    (
        "status",
        count,
        "201 : déposée ; 200 : mise à jour ; 400 et 422 : refusée, corrigez-la ; 409, 500 et 503 : renvoyez-la telle quelle.",
    ),
];

const DEPOSITED: [Field; 2] = [
    ("etag", || pattern("^\"[0-9a-f]{24}\"$"), "L'état de cette offre, à renvoyer dans `If-Match`."),
    ("replayed", flag, "Si c'était fait déjà, par la même requête."),
];

/// One of many that was refused.
#[derive(Debug)]
pub struct RefusedOffer;

impl ToSchema for RefusedOffer {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RefusedOffer")
    }
}

impl PartialSchema for RefusedOffer {
    fn schema() -> RefOr<Schema> {
        let fields = [&PLACE[..], &REFUSED[..]].concat();
        closed("Une offre refusée.", &names(&fields), &fields).into()
    }
}

const REFUSED: [Field; 1] = [("error", error, "Pourquoi.")];

fn error() -> Schema {
    closed("", &["code", "message"], &ERROR).build().into()
}

const ERROR: [Field; 3] = [
    (
        "code",
        || pattern("^[A-Z_]+$"),
        "Code stable, pour vos programmes : `WRONG_DATA` quand l'offre est mal écrite.",
    ),
    ("message", text, "Message à lire : il dit quoi faire."),
    (
        "issues",
        || list(any_object_or_null()).build().into(),
        "Chaque champ faux, comme dans `validationError` ; absent quand il n'y en a pas.",
    ),
];

/// The answer to two offers of which one is wrong, made by the code that answers.
pub(super) fn mixed() -> Value {
    let answer = StoredAnswer {
        status: 201,
        body: short().to_string(),
        etag: Some("0123456789abcdef01234567".to_owned()),
    };
    let offer = json!({"establishment_id": "1", "job_duration": 5, "job_type": ["Stage"]});
    let wrong = bearing(&json!({"offers": [offer]}));
    let mut outcomes = BTreeMap::from([(0, Ok(Answered { answer, replayed: false }))]);
    let read = deposit_request::many(&wrong).unwrap_or_default();
    outcomes.extend(read.into_iter().filter_map(|one| Some((1, Err(one.err()?.1)))));
    serde_json::to_value(OffersAnswer::new(outcomes)).unwrap_or_default()
}

/// An offer in short, as it is answered.
pub(super) fn short() -> Value {
    json!({
        "id": OFFER_ID, "establishment_id": ESTABLISHMENT_ID, "job_status": "Active",
        "job_expiration_date": "2027-07-03T08:00:00.000Z",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&'static str>) -> Vec<&'static str> {
        names.sort_unstable();
        names
    }

    #[test]
    fn the_tables_name_the_fields_that_are_answered_and_no_others() {
        let answered = mixed();
        let [deposited, refused] = [0, 1].map(|index| &answered["results"][index]);
        for (value, table) in [
            (&answered, names(&ANSWER)),
            (deposited, names(&[&PLACE[..], &SHORT[..], &DEPOSITED[..]].concat())),
            (refused, names(&[&PLACE[..], &REFUSED[..]].concat())),
            (&refused["error"], names(&ERROR)),
        ] {
            assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), sorted(table));
        }
    }
}
