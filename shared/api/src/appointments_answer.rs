//! The answers of the routes of appointments: those of version 1 (contract 1.12), and what a site follows.

use domain::appointment::{AppointmentId, Facts, Intention, Slot};
use domain::date;
use domain::siret::Siret;
use jiff::Timestamp;
use serde::Serialize;
use usecases::asking::{KnownAppointment, Recalled, Requested};
use usecases::following::Followed;

use crate::applications_query::text_of;
use crate::response::Response;

/// What `POST /appointment-request/validate` answers.
pub fn requested(requested: &Requested) -> Response {
    let Requested { recalled, token, replayed } = requested;
    let appointment = Appointment::of(recalled);
    let answer = Validated { user_id: &recalled.user, appointment, token: token.as_str() };
    let response = Response::json(200, &answer);
    if *replayed { response.with_header("idempotency-replayed", "true") } else { response }
}

#[derive(Serialize)]
struct Validated<'a> {
    #[serde(rename = "userId")]
    user_id: &'a str,
    appointment: Appointment<'a>,
    token: &'a str,
}

#[derive(Serialize)]
struct Appointment<'a> {
    #[serde(flatten)]
    said: Said<'a>,
    cfa_gestionnaire_siret: Option<&'a str>,
    cfa_formateur_siret: Option<&'a str>,
    #[serde(rename = "appointment_origin")]
    origin: &'static str,
    #[serde(serialize_with = "date::iso_form::serialize")]
    created_at: Timestamp,
}

impl<'a> Appointment<'a> {
    fn of(recalled: &'a Recalled) -> Self {
        let facts = &recalled.known.facts;
        Self {
            said: Said::of(recalled),
            cfa_gestionnaire_siret: facts.manager.as_ref().map(Siret::as_str),
            cfa_formateur_siret: facts.trainer.as_ref().map(Siret::as_str),
            origin: facts.referrer.as_str(),
            created_at: facts.created_at,
        }
    }
}

/// What was said by both sides.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    applicant_id: &'a str,
    cfa_intention_to_applicant: Option<&'static str>,
    cfa_message_to_applicant: Option<&'a str>,
    #[serde(serialize_with = "date::option::serialize")]
    cfa_message_to_applicant_date: Option<Timestamp>,
    applicant_message_to_cfa: Option<&'a str>,
    applicant_reasons: Vec<&'static str>,
    cle_ministere_educatif: &'a str,
}

impl<'a> Said<'a> {
    fn of(recalled: &'a Recalled) -> Self {
        let KnownAppointment { id, facts, letter } = &recalled.known;
        Self {
            id: id.as_str(),
            applicant_id: &recalled.user,
            cfa_intention_to_applicant: facts.intention.map(Intention::as_str),
            cfa_message_to_applicant: letter.reply.as_deref(),
            cfa_message_to_applicant_date: facts.answered_at,
            applicant_message_to_cfa: letter.message.as_deref(),
            applicant_reasons: facts.reasons.iter().map(|reason| reason.as_str()).collect(),
            cle_ministere_educatif: &facts.training,
        }
    }
}

#[derive(Serialize)]
struct User<'a> {
    firstname: &'a str,
    lastname: &'a str,
    phone: &'a str,
    email: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

impl<'a> User<'a> {
    fn of(known: &'a KnownAppointment, kind: Option<&'static str>) -> Self {
        let applicant = &known.letter.applicant;
        Self {
            firstname: &applicant.first_name,
            lastname: &applicant.last_name,
            phone: &applicant.phone,
            email: applicant.email.as_str(),
            kind,
        }
    }
}

/// An answer that names a person, to a browser that others may sit at.
fn not_kept(answer: &impl Serialize) -> Response {
    Response::json(200, answer).with_header("cache-control", "no-store")
}

/// What `GET /appointment-request/context/short-recap` answers to who asked.
pub fn short_recap(recalled: &Recalled) -> Response {
    let known = &recalled.known;
    let answer = ShortRecap {
        user: User::of(known, None),
        etablissement: ShortCentre {
            etablissement_formateur_raison_sociale: &known.letter.centre,
            lieu_formation_email: known.letter.address.as_str(),
        },
    };
    not_kept(&answer)
}

#[derive(Serialize)]
struct ShortRecap<'a> {
    user: User<'a>,
    etablissement: ShortCentre<'a>,
}

#[derive(Serialize)]
struct ShortCentre<'a> {
    etablissement_formateur_raison_sociale: &'a str,
    lieu_formation_email: &'a str,
}

/// What `GET /appointment-request/context/recap` answers to the centre.
pub fn recap(recalled: &Recalled) -> Response {
    let KnownAppointment { facts, letter, .. } = &recalled.known;
    let answer = Recap {
        appointment: Said::of(recalled),
        user: User::of(&recalled.known, Some(facts.asker.as_str())),
        etablissement: Centre {
            training_intitule_long: &letter.training,
            etablissement_formateur_raison_sociale: &letter.centre,
            lieu_formation_street: letter.street.as_deref(),
            lieu_formation_zip_code: letter.zip.as_deref(),
            lieu_formation_email: letter.address.as_str(),
            lieu_formation_city: letter.city.as_deref(),
        },
    };
    not_kept(&answer)
}

#[derive(Serialize)]
struct Recap<'a> {
    appointment: Said<'a>,
    user: User<'a>,
    etablissement: Centre<'a>,
}

#[derive(Serialize)]
struct Centre<'a> {
    training_intitule_long: &'a str,
    etablissement_formateur_raison_sociale: &'a str,
    lieu_formation_street: Option<&'a str>,
    lieu_formation_zip_code: Option<&'a str>,
    lieu_formation_email: &'a str,
    lieu_formation_city: Option<&'a str>,
}

/// What `POST /appointment-request/reply` answers: what was said.
pub fn replied(recalled: &Recalled) -> Response {
    let KnownAppointment { id, facts, letter } = &recalled.known;
    let answer = Replied {
        appointment_id: id.as_str(),
        cfa_intention_to_applicant: facts.intention.map(Intention::as_str),
        cfa_message_to_applicant: letter.reply.as_deref(),
        cfa_message_to_applicant_date: facts.answered_at,
    };
    Response::json(200, &answer)
}

#[derive(Serialize)]
struct Replied<'a> {
    appointment_id: &'a str,
    cfa_intention_to_applicant: Option<&'static str>,
    cfa_message_to_applicant: Option<&'a str>,
    #[serde(serialize_with = "date::option::serialize")]
    cfa_message_to_applicant_date: Option<Timestamp>,
}

/// An appointment as its site sees it: nothing of who asked, and nothing of what was written.
#[derive(Debug, Serialize)]
pub struct AppointmentAnswer<'a> {
    id: &'a str,
    status: &'static str,
    cle_ministere_educatif: &'a str,
    etablissement_formateur_siret: Option<&'a str>,
    etablissement_gestionnaire_siret: Option<&'a str>,
    referrer: &'static str,
    applicant_type: &'static str,
    applicant_reasons: Vec<&'static str>,
    cfa_intention_to_applicant: Option<&'static str>,
    slots: &'a [Slot],
    picked: Option<Slot>,
    #[serde(serialize_with = "date::iso_form::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "date::iso_form::serialize")]
    updated_at: Timestamp,
}

impl<'a> AppointmentAnswer<'a> {
    /// Of one that is followed.
    pub fn of(followed: &'a Followed<AppointmentId, Facts>) -> Self {
        Self::with(followed.id.as_str(), &followed.facts)
    }

    fn with(id: &'a str, facts: &'a Facts) -> Self {
        Self {
            id,
            status: facts.stage.as_str(),
            cle_ministere_educatif: &facts.training,
            etablissement_formateur_siret: facts.trainer.as_ref().map(Siret::as_str),
            etablissement_gestionnaire_siret: facts.manager.as_ref().map(Siret::as_str),
            referrer: facts.referrer.as_str(),
            applicant_type: facts.asker.as_str(),
            applicant_reasons: facts.reasons.iter().map(|reason| reason.as_str()).collect(),
            cfa_intention_to_applicant: facts.intention.map(Intention::as_str),
            slots: &facts.slots,
            picked: facts.picked,
            created_at: facts.created_at,
            updated_at: facts.updated_at,
        }
    }
}

/// A page of appointments.
#[derive(Debug, Serialize)]
pub struct AppointmentsAnswer<'a> {
    appointments: Vec<AppointmentAnswer<'a>>,
    after: Option<String>,
}

impl<'a> AppointmentsAnswer<'a> {
    /// Of those that changed, and where the next page begins.
    pub fn of(followed: &'a [Followed<AppointmentId, Facts>], next: Option<&str>) -> Self {
        Self { appointments: followed.iter().map(AppointmentAnswer::of).collect(), after: next.map(text_of) }
    }
}

/// What is known of somebody's appointment, for that somebody.
#[derive(Serialize)]
pub(crate) struct PersonalAppointment<'a> {
    #[serde(flatten)]
    appointment: AppointmentAnswer<'a>,
    applicant: &'a domain::application::Applicant,
    message: Option<&'a str>,
    training: &'a str,
    centre: &'a str,
    centre_email: &'a str,
    centre_message: Option<&'a str>,
}

impl std::fmt::Debug for PersonalAppointment<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonalAppointment").finish_non_exhaustive()
    }
}

impl<'a> PersonalAppointment<'a> {
    pub(crate) fn of(known: &'a KnownAppointment) -> Self {
        let letter = &known.letter;
        Self {
            appointment: AppointmentAnswer::with(known.id.as_str(), &known.facts),
            applicant: &letter.applicant,
            message: letter.message.as_deref(),
            training: &letter.training,
            centre: &letter.centre,
            centre_email: letter.address.as_str(),
            centre_message: letter.reply.as_deref(),
        }
    }
}
