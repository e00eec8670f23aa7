//! What the catalogue says of a training that one may ask about, and of the establishment that answers for it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Decision;
use crate::cfd::Cfd;
use crate::email::Email;
use crate::mail::address_hash;
use crate::seal::{ContactCipher, SealedEmail};
use crate::siret::Siret;

/// A training by which the catalogue is asked, other than by its clé ministère éducatif (contract 1.12).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CatalogueId {
    /// Its id at Parcoursup.
    Parcoursup(String),
    /// Its id in the catalogue of the Réseau des Carif-Oref.
    RcoFormation(String),
    /// The id of one of its actions at Onisep.
    OnisepAction(String),
}

impl CatalogueId {
    /// What kind of id it is.
    pub const fn family(&self) -> &'static str {
        match self {
            Self::Parcoursup(_) => "parcoursup",
            Self::RcoFormation(_) => "rco",
            Self::OnisepAction(_) => "onisep",
        }
    }

    /// The id.
    pub fn id(&self) -> &str {
        match self {
            Self::Parcoursup(id) | Self::RcoFormation(id) | Self::OnisepAction(id) => id,
        }
    }
}

impl FromStr for CatalogueId {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (family, id) = text.split_once('#').filter(|(_, id)| !id.is_empty()).ok_or(UnknownId)?;
        [Self::Parcoursup, Self::RcoFormation, Self::OnisepAction]
            .into_iter()
            .map(|of| of(id.to_owned()))
            .find(|known| known.family() == family)
            .ok_or(UnknownId)
    }
}

/// The text is no id of a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("parcoursup, rco or onisep, # and an id are expected")]
pub struct UnknownId;

impl fmt::Display for CatalogueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.family(), self.id())
    }
}

/// A training as the form and its mails show it. Nobody but us sees its address, which is sealed for its clé ministère
/// éducatif.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RdvTraining {
    /// Clé ministère éducatif.
    pub id: String,
    /// Intitulé long.
    pub title: String,
    /// Its diploma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cfd: Option<Cfd>,
    /// Its id in the catalogue of the Réseau des Carif-Oref.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_rco_formation: Option<String>,
    /// Its id at Parcoursup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcoursup_id: Option<String>,
    /// Whether it is at Affelnet.
    #[serde(default)]
    pub is_affelnet: bool,
    /// Where it is taught: the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Where it is taught: code postal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// Where it is taught: commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Code of the département of the establishment that teaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departement: Option<String>,
    /// The establishment that teaches (formateur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainer: Option<Siret>,
    /// Its raison sociale, else its name for the public.
    pub trainer_name: String,
    /// The establishment that answers for it (gestionnaire).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Siret>,
    /// Where requests go, and the hash of that address: the training's, else the trainer's, else the manager's, else the
    /// one that most trainings of the trainer have (contract 3.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<(SealedEmail, String)>,
}

impl RdvTraining {
    /// Seals an address as where requests go.
    pub fn send_to(&mut self, email: &Email, cipher: &ContactCipher) {
        self.email = Some((cipher.seal(email, &self.id), address_hash(email)));
    }
}

/// An establishment that answers for trainings, with what its invitations say. Its address is sealed for its SIRET.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RdvEstablishment {
    /// Of the gestionnaire.
    pub siret: Siret,
    /// Its raison sociale, else its name for the public, else its SIRET.
    pub name: String,
    /// Where it is written to, and the hash of that address; none where the catalogue knows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<(SealedEmail, String)>,
    /// Its trainings, by clé ministère éducatif.
    pub trainings: Vec<ManagedTraining>,
}

/// The little of a training that the list of its establishment keeps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ManagedTraining {
    /// Clé ministère éducatif.
    pub id: String,
    /// Its id at Parcoursup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcoursup_id: Option<String>,
    /// Whether it is at Affelnet.
    #[serde(default)]
    pub is_affelnet: bool,
    /// The hash of the address where requests go; none where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_hash: Option<String>,
}

impl ManagedTraining {
    /// The hash of the address where requests go, given what was decided of it alone; none where they go nowhere. It is the
    /// rule of [`super::Eligibility`], by what the list knows.
    pub fn written_to<'a>(&'a self, decision: Option<&'a Decision>) -> Option<&'a str> {
        let Some(decision) = decision else { return self.address_hash.as_deref() };
        let set = decision.email.as_ref().map(|(_, hash)| hash);
        set.or(self.address_hash.as_ref()).filter(|_| !decision.is_closed).map(String::as_str)
    }
}
