//! The register of establishments, and what else is known of companies.

use async_trait::async_trait;
use domain::email::Email;
use domain::registry::RegisteredCompany;
use domain::registry::known::KnownAddresses;
use domain::siret::Siret;

use super::PortError;

/// Finds a company in the register of establishments.
#[async_trait]
pub trait FindCompany: Send + Sync {
    /// None where the register has no such SIRET.
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError>;
}

/// What we keep of an establishment of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptCompany {
    /// The establishment.
    pub company: RegisteredCompany,
    /// When the register said so, in seconds since 1970; 0 where that was not written down.
    pub fetched_at: u32,
}

/// Finds what we keep of an establishment.
#[async_trait]
pub trait FindKeptCompany: Send + Sync {
    /// However old it is.
    async fn find_kept_company(&self, siret: &Siret) -> Result<Option<KeptCompany>, PortError>;
}

/// Keeps what the register said of an establishment.
#[async_trait]
pub trait PutCompany: Send + Sync {
    /// In place of all that was kept under its SIRET.
    async fn put_company(&self, company: &RegisteredCompany, fetched_at: u32) -> Result<(), PortError>;
}

/// By whom the apprentices of a company are funded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// Label of its OPCO.
    pub opco: &'static str,
    /// Its convention collective.
    pub idcc: Option<String>,
}

/// Finds the OPCO of an establishment.
#[async_trait]
pub trait FindOpco: Send + Sync {
    /// None where it is of none that we know.
    async fn find_opco(&self, siret: &Siret) -> Result<Option<Funding>, PortError>;
}

/// Knows addresses of companies.
#[async_trait]
pub trait KnowAddress: Send + Sync {
    /// Whether the address, or its domain unless anybody may open a mailbox there, is known to be of the company that
    /// owns the establishment.
    async fn knows_address(&self, siret: &Siret, email: &Email) -> Result<bool, PortError>;
}

/// Writes down addresses of companies.
#[async_trait]
pub trait PutKnownAddresses: Send + Sync {
    /// Beside those that are known already.
    async fn put_known_addresses(&self, known: &KnownAddresses) -> Result<(), PortError>;
}
