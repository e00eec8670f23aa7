//! The routes by which offers are put under their partner's own names, and many at once.

mod bodies;
mod results;

pub use bodies::{NamedOfferBody, OfferOfMany, OffersBody};
pub use results::{DepositedOffer, RefusedOffer, ShortOffer};
use serde_json::json;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_match;
use super::deposit::{
    BAD_KEY, CHANGED, UNAVAILABLE_TEXT, UNKNOWN_APPELLATION, UNKNOWN_ESTABLISHMENT, bearing, key_header,
    later, offer_tag, once, refusal, replayed,
};
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
        let reference = path("reference", reference(), REFERENCE_TEXT, "REF-2027-001");
        vec![reference, if_match(IF_MATCH_TEXT), key_header(KEY_TEXT)]
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
        once(&refused)
            .with("200", there)
            .with("201", new)
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

const OTHER_ESTABLISHMENT: Shown = Shown::new(
    "otherEstablishment",
    "La référence est celle d'une offre d'un autre établissement",
    || ApiError::Deposit(DepositRefusal::OtherEstablishment),
);
const ARCHIVED: Shown =
    Shown::new("archived", "Compte archivé", || ApiError::Deposit(DepositRefusal::Archived));
const WRONG_NAMED: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    refusal(deposit_request::named(&bearing(&json!({"job_duration": 5, "job_start_date": "demain"}))))
});
const WRONG_REFERENCE: Shown = Shown::new("wrongReference", "Référence mal écrite", || {
    refusal(deposit_request::reference(&Request::default()))
});
const NO_OFFERS: Shown = Shown::new("noOffers", "Aucune offre, et un champ inconnu", || {
    refusal(deposit_request::many(&bearing(&json!({"offers": [], "extra": 1}))))
});

/// The offer of examples, of the establishment of examples.
fn an_offer() -> serde_json::Value {
    json!({
        "establishment_id": super::recruiter::ESTABLISHMENT_ID,
        "job_level_label": domain::diploma::ANY_LEVEL, "job_duration": 12, "job_type": ["Apprentissage"],
        "job_start_date": "2027-09-01", "appellation_code": super::recruiter::trade().map(|trade| trade.code),
        "job_description": "Pétrir, façonner, enfourner.",
    })
}
