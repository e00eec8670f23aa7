//! Trainings that one may ask about, and what their establishments decided.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::appointment::{CatalogueId, Consent, Decision, Eligibility, RdvEstablishment};
use domain::siret::Siret;

use super::{Consequences, PortError};
use crate::ingest::ContentHash;

/// Finds a training that one may ask about.
#[async_trait]
pub trait FindEligibility: Send + Sync {
    /// By its clé ministère éducatif, with what its establishment and we decided of it; none where the catalogue has it no
    /// more. Eventually consistent: what is decided counts a moment later.
    async fn find_eligibility(&self, cle_ministere_educatif: &str) -> Result<Option<Eligibility>, PortError>;
}

/// Finds trainings by another id than ours.
#[async_trait]
pub trait FindByCatalogueId: Send + Sync {
    /// Their clés ministère éducatif, sorted, [`super::MAX_TRAININGS_OF_ID`] at most; none where no training has that id.
    async fn find_by_catalogue_id(&self, id: &CatalogueId) -> Result<Vec<String>, PortError>;
}

/// Into how many parts the list of establishments is cut.
pub const ESTABLISHMENT_SHARDS: u8 = 8;

/// Lists the establishments that answer for trainings.
#[async_trait]
pub trait ListRdvEstablishments: Send + Sync {
    /// Those of one part, by SIRET, the trainings of each from every feed.
    async fn list_rdv_establishments(&self, shard: u8) -> Result<Vec<RdvEstablishment>, PortError>;
}

/// What an establishment decided, and what the store must still hold when it is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenConsent {
    /// What it decided; nothing yet where nothing is stored.
    pub consent: Consent,
    /// None where nothing is stored.
    pub hash: Option<ContentHash>,
}

/// Finds what an establishment decided.
#[async_trait]
pub trait FindConsent: Send + Sync {
    /// Strongly consistent.
    async fn find_consent(&self, siret: &Siret) -> Result<SeenConsent, PortError>;
}

/// Finds what many establishments decided.
#[async_trait]
pub trait FindConsents: Send + Sync {
    /// Those that decided nothing yet are left out. Eventually consistent.
    async fn find_consents(&self, establishments: &[Siret]) -> Result<HashMap<Siret, Consent>, PortError>;
}

/// Changes what an establishment decided.
#[async_trait]
pub trait ChangeConsent: Send + Sync {
    /// With what follows from it, in one transaction. False where it was changed meanwhile, or what follows was done before.
    async fn change_consent(
        &self,
        siret: &Siret,
        seen: &SeenConsent,
        consent: &Consent,
        consequences: &Consequences,
    ) -> Result<bool, PortError>;
}

/// Finds what was decided of many trainings alone.
#[async_trait]
pub trait FindDecisions: Send + Sync {
    /// By clé ministère éducatif; those that nothing was decided of are left out. Eventually consistent.
    async fn find_decisions(&self, trainings: &[String]) -> Result<HashMap<String, Decision>, PortError>;
}

/// Decides of one training.
#[async_trait]
pub trait PutDecision: Send + Sync {
    /// In place of what was decided before.
    async fn put_decision(&self, cle_ministere_educatif: &str, decision: &Decision) -> Result<(), PortError>;
}
