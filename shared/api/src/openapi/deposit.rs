//! The routes by which partners deposit.

mod refusals;

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::fields::{
    Field, NO_SIRET, between, closed, email, flag_or_null, one_of_or_null, pattern, pattern_or_null, short,
    short_or_null, siret,
};
use super::one_of;
use super::parameters::path;
use super::recruiter::{self, ESTABLISHMENT_ID, Recruiter};
use crate::deposit_request::RHYTHMS;
use crate::errors::shapes::ZResError;
pub(super) use refusals::{
    ALREADY_CANCELED, ALREADY_PROVIDED, BAD_KEY, CHANGED, CLOSED_OFFER, EXTENDED_ALREADY, NO_PLACE,
    NOT_ACTIVE, OTHER_BODY, RUNNING, UNKNOWN_APPELLATION, UNKNOWN_CFA, UNKNOWN_ESTABLISHMENT, UNKNOWN_OFFER,
    WRONG_CHOICE, WRONG_PATCH, bearing, refusal,
};
use refusals::{
    CLOSED, EMAIL_TAKEN, NOT_DIFFUSIBLE, TOO_MANY_OFFERS, TRAINING_CENTRE, UNKNOWN_SIRET, WRONG_COMPANY,
    WRONG_OFFER,
};

/// The body of `POST /v1/jobs/establishment`.
#[derive(Debug)]
pub struct EstablishmentBody;

impl ToSchema for EstablishmentBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("EstablishmentBody")
    }
}

impl PartialSchema for EstablishmentBody {
    fn schema() -> RefOr<Schema> {
        let required = ["establishment_siret", "first_name", "last_name", "email"];
        closed(&format!("L'établissement, et la personne qui dépose. {ABSENT}"), &required, &ESTABLISHMENT)
            .examples([establishment()])
            .into()
    }
}

const ESTABLISHMENT: [Field; 8] = [
    ("establishment_siret", siret, "SIRET : 14 chiffres, clé de Luhn juste. Le registre donne le reste."),
    ("first_name", || short(100), "Prénom de la personne qui dépose."),
    ("last_name", || short(100), "Nom de la personne qui dépose."),
    ("email", email, "Adresse de la personne : les candidatures y arrivent. D'aucun autre établissement."),
    ("phone", || pattern_or_null("^(0[1-9][0-9]{8})?$"), "Téléphone : dix chiffres, sans espace."),
    (
        "idcc",
        || pattern_or_null("^([0-9]{1,4})?$"),
        "Convention collective (IDCC), si le registre se trompe.",
    ),
    ("origin", || short_or_null(100), "Un mot à vous pour la provenance : il revient derrière votre nom."),
    (
        "cfa_delegated_siret",
        || pattern_or_null("^([0-9]{14})?$"),
        "SIRET du CFA qui publie pour l'entreprise, avec son mandat : la personne est alors du CFA, et c'est lui que les \
         offres montrent.",
    ),
];

/// The body of `POST /v1/jobs/{id}`.
#[derive(Debug)]
pub struct OfferBody;

impl ToSchema for OfferBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OfferBody")
    }
}

impl PartialSchema for OfferBody {
    fn schema() -> RefOr<Schema> {
        let required = ["job_level_label", "job_duration", "job_type", "job_start_date", "appellation_code"];
        closed(&format!("L'offre. {ABSENT}"), &required, &OFFER).examples([offer()]).into()
    }
}

pub(super) const ABSENT: &str =
    "Un champ facultatif vide ou `null` compte comme absent, un champ inconnu est refusé.";

pub(super) const OFFER: [Field; 12] = [
    ("job_level_label", || one_of(recruiter::levels()).into(), "Niveau de diplôme visé."),
    ("job_duration", || between(6, 36).into(), "Durée du contrat en mois."),
    (
        "job_type",
        || recruiter::job_types().min_items(Some(1)).build().into(),
        "Contrats proposés : un, ou les deux.",
    ),
    (
        "job_start_date",
        || pattern(DATE),
        "Premier jour de travail, ISO 8601 : aujourd'hui au plus tôt, à Paris.",
    ),
    (
        "appellation_code",
        || pattern("^[0-9]{1,20}$"),
        "Code de l'appellation, tel que `GET /v1/metiers/intitule` le donne : elle devient le titre de l'offre.",
    ),
    (
        "is_disabled_elligible",
        flag_or_null,
        "Si le poste est ouvert aux personnes en situation de handicap ; non si rien n'est dit.",
    ),
    ("job_count", || or_null(1, 100), "Postes à pourvoir ; un si rien n'est dit."),
    ("job_rythm", || one_of_or_null(RHYTHMS.into_iter().chain([""])), "Rythme de l'alternance."),
    ("job_employer_description", || short_or_null(10_000), "L'employeur."),
    ("job_description", || short_or_null(10_000), "Le poste."),
    (
        "custom_address",
        || short_or_null(300),
        "Lieu de travail, si ce n'est pas l'adresse de l'établissement. Va avec `custom_geo_coordinates`.",
    ),
    ("custom_geo_coordinates", || pattern_or_null(POINT), "« latitude,longitude » de ce lieu."),
];
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$";
const POINT: &str = r"^(-?[0-9]+(\.[0-9]+)?, ?-?[0-9]+(\.[0-9]+)?)?$";

fn or_null(least: u32, most: u32) -> Schema {
    let mut number = between(least, most);
    number.schema_type = [Type::Integer, Type::Null].into_iter().collect();
    number.into()
}

/// `Idempotency-Key`, which every route that deposits reads.
#[derive(Debug)]
pub struct IdempotencyKeyHeader;

impl IntoParams for IdempotencyKeyHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_header(KEY_TEXT)]
    }
}

/// `Idempotency-Key` of a route that counts.
#[derive(Debug)]
pub struct ViewKeyHeader;

impl IntoParams for ViewKeyHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_header(VIEW_KEY_TEXT)]
    }
}

pub(super) fn key_header(text: &str) -> Parameter {
    let key = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[!-~]+$"));
    let key = key.min_length(Some(1)).max_length(Some(255)).build();
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(key))
        .example(Some(json!("7c1d3a52-9a0e-4b62-8d53-0f4f6f1f9b11")))
        .build()
}

const VIEW_KEY_TEXT: &str = "Nom que vous donnez à cette consultation, 1 à 255 caractères ASCII visibles : envoyée plusieurs \
     fois en 24 heures sous le même nom, elle n'est comptée qu'une fois. Sans cet en-tête, chaque appel compte.";

const KEY_TEXT: &str = "Nom que vous donnez à cette requête, pour pouvoir la renvoyer sans la faire deux fois : 1 à 255 \
     caractères ASCII visibles, un UUID neuf par exemple. Gardez-le, et renvoyez-le avec le même corps si aucune réponse \
     n'arrive, ou après 409, 429, 500 et 503. La réponse 201 est alors celle du premier envoi, et porte \
     `Idempotency-Replayed`. Elle est retenue 24 heures, par partenaire et par route (établissement compris) ; un refus ne \
     l'est pas : corrigez le corps et gardez la clé. La même clé avec un autre corps est refusée (422) ; une requête encore \
     en cours donne 409. Sans cet en-tête, le même corps envoyé sur la même route dans les dix minutes est pris pour la \
     même requête : pour deux offres pareilles, donnez deux clés.";

/// `{id}`: an establishment's.
#[derive(Debug)]
pub struct EstablishmentIdParameter;

impl IntoParams for EstablishmentIdParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "`establishment_id` d'un établissement que vous avez créé.";
        vec![path("id", id, text, ESTABLISHMENT_ID)]
    }
}

/// `POST /v1/jobs/establishment`.
#[derive(Debug)]
pub struct EstablishmentResponses;

impl IntoResponses for EstablishmentResponses {
    fn responses() -> Responses {
        let created = "L'établissement, sans offre encore. Rien ne lui est envoyé avant sa première offre.";
        let refused = [
            WRONG_COMPANY,
            BAD_KEY,
            UNKNOWN_SIRET,
            NOT_DIFFUSIBLE,
            CLOSED,
            TRAINING_CENTRE,
            EMAIL_TAKEN,
            UNREADABLE,
        ];
        let created = answers::error::<Recruiter>(created, vec![("created", "Créé", recruiter::created())]);
        done_once("201", created, &refused).build()
    }
}

/// `POST /v1/jobs/{id}`.
#[derive(Debug)]
pub struct OfferResponses;

impl IntoResponses for OfferResponses {
    fn responses() -> Responses {
        let created = "L'établissement avec toutes ses offres : la nouvelle est la dernière.";
        let refused =
            [WRONG_OFFER, BAD_KEY, UNKNOWN_ESTABLISHMENT, UNKNOWN_APPELLATION, TOO_MANY_OFFERS, UNREADABLE];
        let example = ("deposited", "Déposée", recruiter::with_an_offer());
        let created = answers::error::<Recruiter>(created, vec![example]).header("etag", offer_tag());
        done_once("201", created, &refused).build()
    }
}

/// The answers of a route that does something once: `done` is the one where it was done.
pub(super) fn done_once(status: &str, done: ResponseBuilder, refused: &[Shown]) -> Answers {
    once(refused).with(status, done.header("idempotency-replayed", replayed()))
}

/// The same without those where it was done.
pub(super) fn once(refused: &[Shown]) -> Answers {
    let refusals = "Requête refusée par le cadre, toutes les erreurs à la fois ; ou règle du service enfreinte (`error` est alors \
         `true`). Rien n'est écrit.";
    let refused = refused.iter().map(Shown::example).collect();
    Answers::depositing()
        .with("400", answers::families_of_deposits(refusals, refused))
        .with("409", later::<ZResError>(RUNNING_TEXT, &RUNNING))
        .with("422", answers::error::<ZResError>(OTHER_BODY_TEXT, vec![OTHER_BODY.example()]))
        .with("503", later::<ZResError>(UNAVAILABLE_TEXT, &answers::TIMED_OUT))
}

/// The entity tag of the offer that a request was about.
pub(super) fn offer_tag() -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\"[0-9a-f]{24}\"$")).build()))
        .description(Some("L'état de cette offre, à renvoyer dans `If-Match` pour ne la changer que si personne ne l'a fait depuis."))
        .build()
}

pub(super) fn later<T: ToSchema>(text: &str, shown: &Shown) -> ResponseBuilder {
    answers::error::<T>(text, vec![shown.example()]).header("retry-after", answers::retry_after())
}

pub(super) fn replayed() -> Header {
    HeaderBuilder::new()
        .schema(Some(one_of(["true"])))
        .description(Some("Présent quand cette réponse est celle qui fut donnée à la même requête : rien n'a été fait de plus."))
        .build()
}

const RUNNING_TEXT: &str = "La même requête est encore en cours, ou d'autres changent sans cesse cet établissement : renvoyez-la \
     telle quelle après le délai de `Retry-After`.";
pub(super) const OTHER_BODY_TEXT: &str = "Cette `Idempotency-Key` a déjà servi pour un autre corps.";
pub(super) const UNAVAILABLE_TEXT: &str = "Le service n'a pas répondu à temps : renvoyez la même requête, avec la même \
     `Idempotency-Key` si elle en avait une, après le délai de `Retry-After`. Avec cette clé, rien n'est fait deux fois.";

fn establishment() -> Value {
    json!({
        "establishment_siret": NO_SIRET, "first_name": "Aucune", "last_name": "PERSONNE",
        "email": "rh@exemple.invalid", "phone": "0199000000", "origin": "formulaire",
    })
}

fn offer() -> Value {
    json!({
        "job_level_label": domain::diploma::ANY_LEVEL, "job_duration": 12, "job_type": ["Apprentissage"],
        "job_start_date": "2027-09-01", "appellation_code": recruiter::trade().map(|trade| trade.code), "is_disabled_elligible": true,
        "job_count": 1, "job_rythm": "1 semaine / 1 semaine",
        "job_description": "Pétrir, façonner, enfourner.",
    })
}

#[cfg(test)]
mod tests;
