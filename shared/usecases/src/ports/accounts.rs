//! Accounts of recruiters: found and listed for their partner, validated by their OPCO.

use async_trait::async_trait;
use domain::email::Email;
use domain::opco::Opco;
use domain::recruiter::RecruiterStatus;
use domain::siret::Siret;
use jiff::Timestamp;

use super::{CommitError, Consequences, PortError};

/// Finds the establishment that a partner created.
#[async_trait]
pub trait FindOwnEstablishment: Send + Sync {
    /// The id of that of this SIRET and address; strongly consistent. Another partner's answers like one that does not
    /// exist.
    async fn find_own_establishment(
        &self,
        owner: &str,
        siret: &Siret,
        email: &Email,
    ) -> Result<Option<String>, PortError>;
}

/// Which recruiters of a partner are wanted: what is none lets any pass.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecruiterFilter {
    /// Of this SIRET.
    pub siret: Option<Siret>,
    /// With this address.
    pub email: Option<Email>,
    /// In this state.
    pub status: Option<RecruiterStatus>,
    /// Of this OPCO.
    pub opco: Option<Opco>,
    /// That came from there, in the partner's own word.
    pub origin: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRecruiters {
    /// The ids of the establishments of the page, those created first at the beginning.
    pub ids: Vec<String>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Lists the recruiters of a partner.
#[async_trait]
pub trait ListOwnRecruiters: Send + Sync {
    /// Those from place `skip` on, counted from 0, at most `limit`.
    async fn list_own_recruiters(
        &self,
        owner: &str,
        filter: &RecruiterFilter,
        skip: usize,
        limit: usize,
    ) -> Result<OwnRecruiters, PortError>;
}

/// An account that waits for its validation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAccount {
    /// The partner that created it.
    pub owner: String,
    /// Its id.
    pub establishment_id: String,
    /// Since when it waits.
    pub since: Timestamp,
}

/// Finds an account that waits.
#[async_trait]
pub trait FindWaitingAccount: Send + Sync {
    /// Among those of this OPCO, or among those of none. Another OPCO's answers like one that does not exist.
    async fn find_waiting_account(
        &self,
        opco: Option<Opco>,
        establishment_id: &str,
    ) -> Result<Option<WaitingAccount>, PortError>;
}

/// Lists the accounts that wait.
#[async_trait]
pub trait ListWaitingAccounts: Send + Sync {
    /// Those of this OPCO, or those of none, ordered by their ids: at most `limit` of those after `after`.
    async fn list_waiting_accounts(
        &self,
        opco: Option<Opco>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<WaitingAccount>, PortError>;
}

/// Finds to whom is written that accounts wait.
#[async_trait]
pub trait FindOpcoContact: Send + Sync {
    /// None where the OPCO has given no address.
    async fn find_opco_contact(&self, opco: Opco) -> Result<Option<Email>, PortError>;
}

/// Says to whom is written that accounts wait.
#[async_trait]
pub trait PutOpcoContact: Send + Sync {
    /// In place of the address that the OPCO had.
    async fn put_opco_contact(&self, opco: Opco, email: &Email) -> Result<(), PortError>;
}

/// Writes what follows from the passing of time alone.
#[async_trait]
pub trait WriteConsequences: Send + Sync {
    /// In one transaction. [`CommitError::Taken`] where a mail of it was due before.
    async fn write_consequences(&self, consequences: &Consequences) -> Result<(), CommitError>;
}
