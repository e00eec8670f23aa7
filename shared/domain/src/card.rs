//! A card: one search result, whole, whatever its source; and the entry by which the index files it.

use crate::company::Company;
use crate::departement::Departement;
use crate::diploma::Diploma;
use crate::formation::Formation;
use crate::geo::Point;
use crate::matcha::MatchaOffer;
use crate::opco::Opco;
use crate::partner_offer::PartnerOffer;
use crate::rome::Romes;
use crate::source::Source;
use crate::years::Years;

/// One search result, whole. A posting row carries it, so that a search needs no second read.
#[derive(Debug, Clone, PartialEq)]
pub enum Card {
    /// A company likely to hire.
    Company(Box<Company>),
    /// An offer from France Travail.
    PartnerOffer(Box<PartnerOffer>),
    /// An offer deposited here.
    Matcha(Box<MatchaOffer>),
    /// A training.
    Formation(Box<Formation>),
}

/// What the index must know of a card: where to file it, how to rank it, what it may be filtered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The id by which results are made unique and ties broken.
    pub id: String,
    /// The trades it is filed under: one posting each.
    pub romes: Romes,
    /// Where it is; without a point it is found by searches without a place only.
    pub point: Option<Point>,
    /// When it was created, in seconds since 1970 (0 when unknown): newest first among equals.
    pub created_at: u32,
    /// When it stops being shown, in seconds since 1970.
    pub expires_at: Option<u32>,
    /// The diploma it leads to or asks for; none means any.
    pub diploma: Option<Diploma>,
    /// The OPCO of the company, where known.
    pub opco: Option<Opco>,
    /// What only trainings are listed and filtered by.
    pub training: Option<TrainingEntry>,
}

/// How a training is listed and filtered, beyond what every card is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrainingEntry {
    /// What sorts it where no place is asked: title, then company, folded (contract 1.8).
    pub order: String,
    /// The département of its post code: `75`, `20` for Corsica, `971`. None where the post code is not known.
    pub departement: Option<Departement>,
    /// The years it is tagged with.
    pub years: Years,
    /// Equal for trainings that a reader could not tell apart; of those one is shown.
    pub twin: u64,
}

impl Card {
    /// Which of the four sources it comes from.
    pub fn source(&self) -> Source {
        match self {
            Self::Company(_) => Source::Lba,
            Self::PartnerOffer(_) => Source::Offres,
            Self::Matcha(_) => Source::Matcha,
            Self::Formation(_) => Source::Formations,
        }
    }

    /// The id by which its detail route finds it: a SIRET, an offer's id, a clé ministère éducatif.
    /// Only a matcha offer has another one in the index, which says whose recruiter it is.
    pub fn record_id(&self) -> &str {
        match self {
            Self::Company(company) => company.siret.as_str(),
            Self::PartnerOffer(offer) => &offer.id,
            Self::Matcha(offer) => &offer.offer_id,
            Self::Formation(formation) => &formation.id,
        }
    }

    /// How the index files it.
    pub fn entry(&self) -> Entry {
        match self {
            Self::Company(company) => company.entry(),
            Self::PartnerOffer(offer) => offer.entry(),
            Self::Matcha(offer) => offer.entry(),
            Self::Formation(formation) => formation.entry(),
        }
    }

    /// The stored form: compact JSON without absent fields.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Company(company) => serde_json::to_vec(company),
            Self::PartnerOffer(offer) => serde_json::to_vec(offer),
            Self::Matcha(offer) => serde_json::to_vec(offer),
            Self::Formation(formation) => serde_json::to_vec(formation),
        }
    }

    /// Reads the stored form of a card of `source`.
    pub fn from_json(source: Source, json: &str) -> Result<Self, serde_json::Error> {
        Ok(match source {
            Source::Lba => Self::Company(serde_json::from_str(json)?),
            Source::Offres => Self::PartnerOffer(serde_json::from_str(json)?),
            Source::Matcha => Self::Matcha(serde_json::from_str(json)?),
            Source::Formations => Self::Formation(serde_json::from_str(json)?),
        })
    }
}
