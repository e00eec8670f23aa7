//! An offer deposited here, as a search shows it.

use serde::{Deserialize, Serialize};

use crate::card::Entry;
use crate::diploma::Diploma;
use crate::opco::Opco;
use crate::place::{Address, Establishment};
use crate::recruiter::JobStatus;
use crate::rome::Romes;
use crate::seal::SealedEmail;
use crate::siret::Siret;

/// An offer deposited by a recruiter or, for it, by a CFA.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchaOffer {
    /// `{establishment_id}-{index of the offer}`: its id in search results.
    pub id: String,
    /// The offer's own id, by which its detail is asked.
    pub offer_id: String,
    /// Appellation, else the wording of its ROME.
    pub title: String,
    /// Its trades.
    pub romes: Romes,
    /// Active only while recruiter and offer both are.
    pub status: JobStatus,
    /// Where the company is; only the city of a delegated offer is shown.
    pub address: Address,
    /// The company's SIRET.
    pub siret: Siret,
    /// Enseigne, else raison sociale, else « Enseigne inconnue ».
    pub company_name: String,
    /// Size bracket.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_size: Option<String>,
    /// When the establishment was created, ISO date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub company_created_at: Option<String>,
    /// Wording of its NAF.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub naf_label: Option<String>,
    /// The CFA that publishes for the company, with its mandate.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub delegate: Option<Establishment>,
    /// The contact's name: recruiter, or CFA when delegated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_name: Option<String>,
    /// The contact's phone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact_phone: Option<String>,
    /// The contact's address, sealed: it never leaves in clear.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<SealedEmail>,
    /// What the job is, only when longer than 50 characters (contract 1.7).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// About the employer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employer_description: Option<String>,
    /// Seconds since 1970.
    pub created_at: u32,
    /// Seconds since 1970.
    pub expires_at: u32,
    /// First day of work, ISO-8601.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start_date: Option<String>,
    /// `Apprentissage`, `Professionnalisation`.
    #[serde(default)]
    pub contract_types: Vec<String>,
    /// Duration in months.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration_months: Option<u32>,
    /// Posts to fill.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub openings: Option<u32>,
    /// Open to disabled persons.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub disabled_eligible: Option<bool>,
    /// School and company weeks, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rhythm: Option<String>,
    /// The label of `job_level_label`, as the recruiter chose it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level_label: Option<String>,
    /// The diploma of that label; none for « Indifférent ».
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diploma: Option<Diploma>,
    /// The company's OPCO.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opco: Option<Opco>,
    /// The sheet of its ROME, as deposited.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rome_detail: Option<serde_json::Value>,
    /// Applications received.
    #[serde(default)]
    pub application_count: u32,
}

impl MatchaOffer {
    /// The offer as it stands at `now`, in seconds since 1970: one that has expired is closed, whether the store
    /// was told yet or not.
    #[must_use]
    pub fn as_of(mut self, now: u32) -> Self {
        if self.expires_at <= now && self.status == JobStatus::Active {
            self.status = JobStatus::Annulee;
        }
        self
    }

    /// How the index files it.
    pub fn entry(&self) -> Entry {
        Entry {
            id: self.id.clone(),
            romes: self.romes.clone(),
            point: self.address.point,
            created_at: self.created_at,
            expires_at: Some(self.expires_at),
            diploma: self.diploma,
            opco: self.opco,
            training: None,
        }
    }
}
