//! What deposits are refused for, each made by the very code that refuses.

use serde_json::{Value, json};

use super::super::answers::Shown;
use crate::deposit_request;
use crate::errors::{ApiError, DepositRefusal};
use crate::request::Request;

pub(in super::super) const RUNNING: Shown =
    Shown::new("running", "Encore en cours", || ApiError::StillRunning { retry_after_seconds: 1 });
pub(in super::super) const CHANGED: Shown =
    Shown::new("changed", "L'offre n'est plus celle de `If-Match`", || ApiError::Changed);
pub(in super::super) const UNKNOWN_OFFER: Shown =
    Shown::new("unknownOffer", "Aucune offre à vous n'a cet identifiant", || {
        ApiError::Deposit(DepositRefusal::UnknownOffer)
    });
pub(in super::super) const ALREADY_PROVIDED: Shown =
    Shown::new("alreadyProvided", "Déjà pourvue", || ApiError::Deposit(DepositRefusal::AlreadyProvided));
pub(in super::super) const ALREADY_CANCELED: Shown =
    Shown::new("alreadyCanceled", "Déjà annulée", || ApiError::Deposit(DepositRefusal::AlreadyCanceled));
pub(in super::super) const EXTENDED_ALREADY: Shown =
    Shown::new("extendedAlready", "Déjà prolongée aujourd'hui, ou déposée aujourd'hui", || {
        ApiError::Deposit(DepositRefusal::ExtendedAlready)
    });
pub(in super::super) const NOT_ACTIVE: Shown =
    Shown::new("notActive", "Fermée, ou pas encore publiée", || {
        ApiError::Deposit(DepositRefusal::NotActive)
    });
pub(in super::super) const CLOSED_OFFER: Shown =
    Shown::new("closedOffer", "L'offre est fermée", || ApiError::Deposit(DepositRefusal::ClosedOffer));
pub(in super::super) const NO_PLACE: Shown =
    Shown::new("noPlace", "Le lieu de l'offre n'est pas connu", || {
        ApiError::Deposit(DepositRefusal::NoPlace)
    });
pub(in super::super) const UNKNOWN_CFA: Shown =
    Shown::new("unknownCfa", "Un CFA n'est pas de ceux proposés", || {
        ApiError::Deposit(DepositRefusal::UnknownCfa)
    });
pub(in super::super) const OTHER_BODY: Shown =
    Shown::new("otherBody", "Même clé, autre corps", || ApiError::OtherBody);
pub(in super::super) const BAD_KEY: Shown =
    Shown::new("badKey", "Idempotency-Key mal écrite", || ApiError::BadIdempotencyKey);
pub(super) const UNKNOWN_SIRET: Shown = Shown::new("unknownSiret", "SIRET inconnu du registre", || {
    ApiError::Deposit(DepositRefusal::UnknownSiret)
});
pub(super) const NOT_DIFFUSIBLE: Shown = Shown::new("notDiffusible", "Entreprise non diffusible", || {
    ApiError::Deposit(DepositRefusal::NotDiffusible)
});
pub(super) const CLOSED: Shown =
    Shown::new("closed", "Établissement fermé", || ApiError::Deposit(DepositRefusal::Closed));
pub(super) const TRAINING_CENTRE: Shown =
    Shown::new("trainingCentre", "Centre de formation", || ApiError::Deposit(DepositRefusal::TrainingCentre));
pub(super) const EMAIL_TAKEN: Shown =
    Shown::new("emailTaken", "Adresse déjà prise", || ApiError::Deposit(DepositRefusal::EmailTaken));
pub(in super::super) const UNKNOWN_ESTABLISHMENT: Shown =
    Shown::new("unknownEstablishment", "Aucun établissement à vous n'a cet identifiant", || {
        ApiError::Deposit(DepositRefusal::UnknownEstablishment)
    });
pub(in super::super) const UNKNOWN_APPELLATION: Shown =
    Shown::new("unknownAppellation", "Code d'appellation inconnu", || {
        ApiError::Deposit(DepositRefusal::UnknownAppellation)
    });
pub(super) const TOO_MANY_OFFERS: Shown =
    Shown::new("tooManyOffers", "Établissement plein", || ApiError::Deposit(DepositRefusal::TooManyOffers));
pub(super) const WRONG_COMPANY: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    refusal(deposit_request::establishment(&bearing(&json!({"establishment_siret": "1", "phone": "12"}))))
});
pub(super) const WRONG_OFFER: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    refusal(read(&json!({"job_duration": 5, "job_start_date": "demain", "custom_address": "ici"})))
});

pub(in super::super) const WRONG_PATCH: Shown = Shown::new("wrongFields", "Des champs sont faux", || {
    refusal(deposit_request::patch(&bearing(&json!({"appellation_code": "1", "custom_address": "ici"}))))
});
pub(in super::super) const WRONG_CHOICE: Shown = Shown::new("wrongFields", "Aucun CFA n'est choisi", || {
    refusal(deposit_request::chosen_cfas(&bearing(&json!({"establishmentIds": []}))))
});

pub(super) fn read(body: &Value) -> Result<usecases::deposit::JobFields, ApiError> {
    deposit_request::offer(&bearing(body))
}

pub(in super::super) fn bearing(body: &Value) -> Request {
    Request { body: Some(body.to_string().into_bytes()), ..Request::default() }
}

pub(in super::super) fn refusal<T>(outcome: Result<T, ApiError>) -> ApiError {
    outcome.err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}
