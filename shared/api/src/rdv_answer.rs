//! What a site is told of a training that one may ask about (contract 1.12, 2.5).

use domain::appointment::{RdvTraining, Referrer};
use domain::cfd::Cfd;
use serde::Serialize;
use usecases::appointments::{Contact, Opening};
use utoipa::ToSchema;

use crate::errors::{ApiError, NotFound};
use crate::response::Response;

/// Said by version 1 of a training that one may not ask about.
pub(crate) const CLOSED: &str = "Prise de rendez-vous non disponible.";
/// The same, in the present form.
pub(crate) const CLOSED_LINK: &str = "Appointment request not available";

/// The address of the form of a training; `pages` is that of our pages, without a slash at its end. It is no secret, and
/// leads there for as long as the training is open.
pub fn form_url(pages: &str, referrer: Referrer, training: &str) -> String {
    let training: String = form_urlencoded::byte_serialize(training.as_bytes()).collect();
    format!("{pages}/espace-pro/form?referrer={referrer}&cleMinistereEducatif={training}")
}

/// A training that one may ask about. The contract has texts everywhere: what the catalogue does not say is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppointmentLink<'a> {
    /// The establishment that teaches.
    etablissement_formateur_entreprise_raison_sociale: &'a str,
    /// The training.
    intitule_long: &'a str,
    /// Where it is taught: the street.
    lieu_formation_adresse: &'a str,
    /// Where it is taught: code postal.
    code_postal: &'a str,
    /// SIRET of the establishment that teaches.
    etablissement_formateur_siret: &'a str,
    /// Its diploma.
    cfd: &'a str,
    /// Where it is taught: commune.
    localite: &'a str,
    /// Clé ministère éducatif.
    cle_ministere_educatif: &'a str,
    /// The form.
    form_url: String,
}

/// The same in version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppointmentContext<'a> {
    /// The establishment that teaches.
    etablissement_formateur_entreprise_raison_sociale: &'a str,
    /// The training.
    intitule_long: &'a str,
    /// Where it is taught: the street.
    lieu_formation_adresse: &'a str,
    /// Where it is taught: code postal.
    code_postal: &'a str,
    /// SIRET of the establishment that teaches.
    etablissement_formateur_siret: &'a str,
    /// Its diploma.
    cfd: &'a str,
    /// Where it is taught: commune.
    localite: &'a str,
    /// Its id in the catalogue of the Réseau des Carif-Oref.
    #[schema(required)]
    id_rco_formation: Option<&'a str>,
    /// Clé ministère éducatif.
    cle_ministere_educatif: &'a str,
    /// The form.
    form_url: String,
}

/// A training that one may not ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotOpen {
    /// So.
    pub error: &'static str,
}

impl<'a> AppointmentLink<'a> {
    /// Of a training, for a site.
    pub fn of(training: &'a RdvTraining, pages: &str, referrer: Referrer) -> Self {
        Self {
            etablissement_formateur_entreprise_raison_sociale: &training.trainer_name,
            intitule_long: &training.title,
            lieu_formation_adresse: training.street.as_deref().unwrap_or_default(),
            code_postal: training.zip.as_deref().unwrap_or_default(),
            etablissement_formateur_siret: training
                .trainer
                .as_ref()
                .map(domain::siret::Siret::as_str)
                .unwrap_or_default(),
            cfd: training.cfd.as_ref().map(Cfd::as_str).unwrap_or_default(),
            localite: training.city.as_deref().unwrap_or_default(),
            cle_ministere_educatif: &training.id,
            form_url: form_url(pages, referrer, &training.id),
        }
    }
}

impl<'a> AppointmentContext<'a> {
    /// Of a training, for a site.
    pub fn of(training: &'a RdvTraining, pages: &str, referrer: Referrer) -> Self {
        let link = AppointmentLink::of(training, pages, referrer);
        Self {
            etablissement_formateur_entreprise_raison_sociale: link
                .etablissement_formateur_entreprise_raison_sociale,
            intitule_long: link.intitule_long,
            lieu_formation_adresse: link.lieu_formation_adresse,
            code_postal: link.code_postal,
            etablissement_formateur_siret: link.etablissement_formateur_siret,
            cfd: link.cfd,
            localite: link.localite,
            id_rco_formation: training.id_rco_formation.as_deref(),
            cle_ministere_educatif: link.cle_ministere_educatif,
            form_url: link.form_url,
        }
    }
}

/// The answer of `POST /appointment-request/context/create`. To a site that is gone nothing is open.
pub fn context(opening: &Opening, pages: &str, referrer: Option<Referrer>) -> Result<Response, ApiError> {
    match (opening, referrer) {
        (Opening::Unknown, _) => Err(NotFound::Training.into()),
        (Opening::Open(training), Some(referrer)) => {
            Ok(Response::json(200, &AppointmentContext::of(training, pages, referrer)))
        }
        _ => Ok(Response::json(200, &NotOpen { error: CLOSED })),
    }
}

/// The answer of `POST /v2/appointment`.
pub fn link(opening: &Opening, pages: &str, referrer: Referrer) -> Result<Response, ApiError> {
    match opening {
        Opening::Unknown => Err(NotFound::LinkedTraining.into()),
        Opening::Open(training) => Ok(Response::json(200, &AppointmentLink::of(training, pages, referrer))),
        Opening::Closed => Ok(Response::json(200, &NotOpen { error: CLOSED_LINK })),
    }
}

/// The trainings that are open to Parcoursup.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenTrainings<'a> {
    /// Their ids there, sorted.
    pub ids: &'a [String],
}

/// To whom requests about a training go. The address is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingContact<'a> {
    cle_ministere_educatif: &'a str,
    /// Whose address it is.
    contact: &'static str,
    /// Whether it is closed.
    closed: bool,
}

impl<'a> TrainingContact<'a> {
    /// What counts from now on.
    pub const fn of(training: &'a str, contact: Contact, is_closed: bool) -> Self {
        let contact = match contact {
            Contact::ByHand => "by_hand",
            Contact::Catalogue => "catalogue",
            Contact::Nobody => "nobody",
        };
        Self { cle_ministere_educatif: training, contact, closed: is_closed }
    }
}
