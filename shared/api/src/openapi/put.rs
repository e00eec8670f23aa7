//! The routes by which offers are put under their partner's own names, and many at once.

mod bodies;
mod results;

pub use bodies::{NamedOfferBody, OfferOfMany, OffersBody};
pub use results::{DepositedOffer, RefusedOffer, ShortOffer};
use serde_json::json;
use utoipa::openapi::Required;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::deposit::{BAD_KEY, RUNNING, key_header, later, replayed};
use super::parameters::path;
use crate::deposit_request::{self, MAX_REFERENCE_CHARS};
use crate::errors::shapes::ZResError;
use crate::errors::{ApiError, DepositRefusal};
use crate::offers_answer::OffersAnswer;
use crate::request::Request;

/// Those of `PUT /v1/jobs/by-reference/{reference}`.
#[derive(Debug)]
pub struct NamedOfferParameters;

impl IntoParams for NamedOfferParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let if_match = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(IF_MATCH_TEXT))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
            .build();
        vec![path("reference", reference(), REFERENCE_TEXT, "REF-2027-001"), if_match, key_header(KEY_TEXT)]
    }
}

/// A partner's own name for an offer.
fn reference() -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(REFERENCE));
    text.min_length(Some(1)).max_length(Some(MAX_REFERENCE_CHARS)).build()
}

const REFERENCE: &str = r"^[^\s%]+$";
const REFERENCE_TEXT: &str = "Votre référence pour cette offre : 1 à 255 caractères visibles, sans espace ni `%`, encodés comme \
     dans toute adresse (`/` s'écrit `%2F`). Elle n'est gardée que sous forme d'empreinte, mais l'adresse est dans vos \
     journaux : n'y mettez pas de nom de personne.";
const IF_MATCH_TEXT: &str = "L'`ETag` de l'offre telle que vous l'avez vue (ou plusieurs, séparés par des virgules) : si elle \
     a changé depuis, ou si aucune offre n'a cette référence, rien n'est écrit et la réponse est 412. Sans cet en-tête, ou avec \
     `*`, le dernier arrivé a raison.";
const KEY_TEXT: &str = "Nom que vous donnez à cette requête, 1 à 255 caractères ASCII visibles : renvoyée sous le même nom dans \
     les 24 heures, elle reçoit la réponse du premier envoi, avec `Idempotency-Replayed`. Facultatif : ce qui est déjà ainsi \
     n'est pas écrit deux fois.";

/// `PUT /v1/jobs/by-reference/{reference}`.
#[derive(Debug)]
pub struct NamedOfferResponses;

impl IntoResponses for NamedOfferResponses {
    fn responses() -> Responses {
        let put = |text: &str, name, summary| {
            answers::error::<ShortOffer>(text, vec![(name, summary, results::short())])
                .header("etag", offer_tag())
                .header("idempotency-replayed", replayed())
        };
        let there =
            put("L'offre qui avait cette référence, telle qu'elle est désormais.", "changed", "Changée");
        let new = put("L'offre est nouvelle.", "deposited", "Déposée");
        let refused = [
            WRONG_NAMED,
            WRONG_REFERENCE,
            BAD_KEY,
            UNKNOWN_ESTABLISHMENT,
            OTHER_ESTABLISHMENT,
            UNKNOWN_APPELLATION,
            ARCHIVED,
            UNREADABLE,
        ];
        let text = "L'offre a changé depuis la réponse dont `If-Match` donne l'`ETag`, ou il n'y en a pas : rien n'est écrit.";
        written([("200", there), ("201", new)], &refused)
            .with("412", answers::error::<ZResError>(text, vec![CHANGED.example()]))
            .build()
    }
}

/// `POST /v1/jobs/bulk`.
#[derive(Debug)]
pub struct OffersResponses;

impl IntoResponses for OffersResponses {
    fn responses() -> Responses {
        let text = "Ce que chaque offre est devenue, dans l'ordre de la requête.";
        let retry = "Secondes à attendre. Présent quand des offres sont à 409 ou 503 : renvoyez alors la même requête.";
        let retry = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build()))
            .description(Some(retry))
            .build();
        let done = answers::error::<OffersAnswer>(
            text,
            vec![("mixed", "L'une déposée, l'autre non", results::mixed())],
        )
        .header("retry-after", retry);
        let refusals =
            "Ce qui entoure les offres est mal écrit, ou `Idempotency-Key` l'est. Rien n'est écrit.";
        let refused = [NO_OFFERS, BAD_KEY, UNREADABLE].iter().map(Shown::example).collect();
        Answers::depositing()
            .with("200", done)
            .with("400", answers::error::<ZResError>(refusals, refused))
            .with("503", later::<ZResError>(UNAVAILABLE_TEXT, &answers::TIMED_OUT))
            .build()
    }
}

/// The answers of a route that writes once: `done` are those where it was done.
pub(super) fn written<const N: usize>(done: [(&str, ResponseBuilder); N], refused: &[Shown]) -> Answers {
    let refusals = "Requête refusée par le cadre, toutes les erreurs à la fois ; ou règle du service enfreinte (`error` est alors \
         `true`). Rien n'est écrit.";
    let refused = refused.iter().map(Shown::example).collect();
    let answers = Answers::depositing()
        .with("400", answers::families_of_deposits(refusals, refused))
        .with("409", later::<ZResError>(RUNNING_TEXT, &RUNNING))
        .with("422", answers::error::<ZResError>(OTHER_BODY_TEXT, vec![OTHER_BODY.example()]))
        .with("503", later::<ZResError>(UNAVAILABLE_TEXT, &answers::TIMED_OUT));
    done.into_iter().fold(answers, |answers, (status, response)| answers.with(status, response))
}

/// The entity tag of the offer that an answer tells of.
pub(super) fn offer_tag() -> Header {
    let tag = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\"[0-9a-f]{24}\"$")).build();
    HeaderBuilder::new()
        .schema(Some(tag))
        .description(Some("L'état de cette offre, à renvoyer dans `If-Match` pour ne la changer que si personne ne l'a fait depuis."))
        .build()
}

const RUNNING_TEXT: &str = "La même requête est encore en cours, ou d'autres changent sans cesse cet établissement : renvoyez-la \
     telle quelle après le délai de `Retry-After`.";
const OTHER_BODY_TEXT: &str = "Cette `Idempotency-Key` a déjà servi pour un autre corps.";
const UNAVAILABLE_TEXT: &str = "Le service n'a pas répondu à temps : renvoyez la même requête, avec la même `Idempotency-Key` si \
     elle en avait une, après le délai de `Retry-After`. Ce qui est fait ne l'est pas deux fois.";

const CHANGED: Shown = Shown::new("changed", "L'offre n'est plus celle de `If-Match`", || ApiError::Changed);
const OTHER_BODY: Shown = Shown::new("otherBody", "Même clé, autre corps", || ApiError::OtherBody);
pub(super) const UNKNOWN_ESTABLISHMENT: Shown =
    Shown::new("unknownEstablishment", "Aucun établissement à vous n'a cet identifiant", || {
        ApiError::Deposit(DepositRefusal::UnknownEstablishment)
    });
const OTHER_ESTABLISHMENT: Shown = Shown::new(
    "otherEstablishment",
    "La référence est celle d'une offre d'un autre établissement",
    || ApiError::Deposit(DepositRefusal::OtherEstablishment),
);
const UNKNOWN_APPELLATION: Shown = Shown::new("unknownAppellation", "Code d'appellation inconnu", || {
    ApiError::Deposit(DepositRefusal::UnknownAppellation)
});
const ARCHIVED: Shown =
    Shown::new("archived", "Compte archivé", || ApiError::Deposit(DepositRefusal::Archived));
const WRONG_NAMED: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    refusal(deposit_request::named(&bearing(r#"{"job_duration":5,"job_start_date":"demain"}"#)))
});
const WRONG_REFERENCE: Shown = Shown::new("wrongReference", "Référence mal écrite", || {
    refusal(deposit_request::reference(&Request::default()))
});
const NO_OFFERS: Shown = Shown::new("noOffers", "Aucune offre, et un champ inconnu", || {
    refusal(deposit_request::many(&bearing(r#"{"offers":[],"extra":1}"#)))
});

fn bearing(body: &str) -> Request {
    Request { body: Some(body.as_bytes().to_vec()), ..Request::default() }
}

fn refusal<T>(outcome: Result<T, ApiError>) -> ApiError {
    outcome.err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}

/// The offer of examples, of the establishment of examples.
fn an_offer() -> serde_json::Value {
    json!({
        "establishment_id": super::recruiter::ESTABLISHMENT_ID,
        "job_level_label": domain::diploma::ANY_LEVEL, "job_duration": 12, "job_type": ["Apprentissage"],
        "job_start_date": "2027-09-01", "appellation_code": super::recruiter::trade().map(|trade| trade.code),
        "job_description": "Pétrir, façonner, enfourner.",
    })
}
