//! The routes by which partners say what becomes of their offers.

mod bodies;

pub use bodies::{DelegationBody, OfferPatchBody};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::answers::{self, Answers, Responses, UNREADABLE};
use super::conditional::if_match;
use super::deposit::{
    ALREADY_CANCELED, ALREADY_PROVIDED, BAD_KEY, CHANGED, CLOSED_OFFER, EXTENDED_ALREADY, NO_PLACE,
    NOT_ACTIVE, UNKNOWN_CFA, UNKNOWN_OFFER, WRONG_CHOICE, WRONG_PATCH, done_once, key_header, offer_tag,
};
use super::parameters::path;
use super::recruiter::{self, OFFER_ID, Recruiter};
use crate::errors::shapes::ZResError;

/// `{id}`: an offer's.
#[derive(Debug)]
pub struct OfferIdParameter;

impl IntoParams for OfferIdParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "`_id` d'une offre que vous avez déposée. Celle d'un autre partenaire est inconnue ici.";
        vec![path("id", id, text, OFFER_ID)]
    }
}

/// `Idempotency-Key` of a route that changes an offer.
#[derive(Debug)]
pub struct ChangeKeyHeader;

impl IntoParams for ChangeKeyHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_header(CHANGE_KEY_TEXT)]
    }
}

const CHANGE_KEY_TEXT: &str = "Nom que vous donnez à cette requête, 1 à 255 caractères ASCII visibles, un UUID neuf par \
     exemple : renvoyée sous le même nom dans les 24 heures, elle reçoit la réponse du premier envoi, avec \
     `Idempotency-Replayed`. Un refus n'est pas retenu. Le nom vaut pour cette route et cette offre ; avec un autre corps, \
     422. Sans cet en-tête, chaque envoi compte.";

/// `If-Match` of a route that changes an offer.
#[derive(Debug)]
pub struct IfMatchHeader;

impl IntoParams for IfMatchHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![if_match(IF_MATCH_TEXT)]
    }
}

const IF_MATCH_TEXT: &str = "L'`ETag` de l'offre telle que vous l'avez vue (ou plusieurs, séparés par des virgules) : si elle \
     a changé depuis, rien n'est écrit et la réponse est 412. Sans cet en-tête, ou avec `*`, le dernier arrivé a raison.";

/// `PATCH /v1/jobs/{id}`.
#[derive(Debug)]
pub struct EditResponses;

impl IntoResponses for EditResponses {
    fn responses() -> Responses {
        let text = "L'établissement avec toutes ses offres, celle-ci changée.";
        let refused = [WRONG_PATCH, BAD_KEY, UNKNOWN_OFFER, UNREADABLE];
        if_unchanged(done_once("200", whole(text), &refused))
    }
}

/// `POST /v1/jobs/provided/{id}` and `POST /v1/jobs/canceled/{id}`.
#[derive(Debug)]
pub struct CloseResponses;

impl IntoResponses for CloseResponses {
    fn responses() -> Responses {
        let refused = [BAD_KEY, UNKNOWN_OFFER, ALREADY_PROVIDED, ALREADY_CANCELED, UNREADABLE];
        if_unchanged(done_once("204", done("L'offre est fermée. Sans corps."), &refused))
    }
}

/// `POST /v1/jobs/extend/{id}`.
#[derive(Debug)]
pub struct ExtendResponses;

impl IntoResponses for ExtendResponses {
    fn responses() -> Responses {
        let refused = [BAD_KEY, UNKNOWN_OFFER, EXTENDED_ALREADY, NOT_ACTIVE, UNREADABLE];
        if_unchanged(done_once("204", done("L'offre est prolongée. Sans corps."), &refused))
    }
}

/// `POST /v1/jobs/delegations/{id}`.
#[derive(Debug)]
pub struct DelegateResponses;

impl IntoResponses for DelegateResponses {
    fn responses() -> Responses {
        let text = "L'établissement avec toutes ses offres : celle-ci porte les CFA sollicités.";
        let refused = [WRONG_CHOICE, BAD_KEY, UNKNOWN_OFFER, CLOSED_OFFER, NO_PLACE, UNKNOWN_CFA, UNREADABLE];
        done_once("200", whole(text), &refused).build()
    }
}

fn whole(text: &str) -> ResponseBuilder {
    let example = ("changed", "Changée", recruiter::with_an_offer());
    answers::error::<Recruiter>(text, vec![example]).header("etag", offer_tag())
}

fn done(text: &str) -> ResponseBuilder {
    ResponseBuilder::new().description(text).header("etag", offer_tag())
}

fn if_unchanged(answers: Answers) -> Responses {
    let text = "L'offre a changé depuis la réponse dont `If-Match` donne l'`ETag` : rien n'est écrit.";
    answers.with("412", answers::error::<ZResError>(text, vec![CHANGED.example()])).build()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn said<T: IntoResponses>() -> Value {
        serde_json::to_value(T::responses()).unwrap()
    }

    #[test]
    fn what_changes_an_offer_tells_its_tag_and_when_it_is_refused_for_it() {
        for (said, status) in [
            (said::<EditResponses>(), "200"),
            (said::<CloseResponses>(), "204"),
            (said::<ExtendResponses>(), "204"),
        ] {
            for header in ["etag", "idempotency-replayed"] {
                assert!(said[status]["headers"][header].is_object(), "{said}");
            }
            assert_eq!(said[status].get("content").is_some(), status == "200");
            assert!(said["412"].is_object() && said["400"]["headers"]["x-error-code"].is_object(), "{said}");
        }
        assert_eq!(said::<DelegateResponses>().get("412"), None, "nobody overwrites anything there");
    }

    #[test]
    fn the_refusals_of_the_contract_are_told_in_its_words() {
        let messages = |said: Value| {
            let examples =
                said["400"]["content"]["application/json"]["examples"].as_object().unwrap().clone();
            examples.values().map(|example| example["value"]["message"].to_string()).collect::<String>()
        };
        let told = messages(said::<CloseResponses>()) + &messages(said::<ExtendResponses>());
        for message in [
            "Job does not exists",
            "Job is already provided",
            "Job is already canceled",
            "Job is already extended up to a month",
            "Job cannot be extended as it is not active",
        ] {
            assert!(told.contains(message), "{told}");
        }
    }
}
