//! Who calls: a partner, found by the hash of its key.

use serde::{Deserialize, Serialize};

use crate::appointment::Referrer;
use crate::opco::Opco;

/// What a partner may do beyond searching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Right {
    /// See the phones of predicted companies.
    #[serde(rename = "phones:read", alias = "phones")]
    Phones,
    /// Deposit offers.
    #[serde(rename = "jobs:write", alias = "deposit_offers")]
    DepositOffers,
    /// Submit applications.
    #[serde(rename = "applications:write", alias = "submit_applications")]
    SubmitApplications,
    /// Create appointment links.
    #[serde(rename = "appointments:write", alias = "create_appointments")]
    CreateAppointments,
    /// Vouch for the establishments it creates: their accounts need no further validation.
    #[serde(rename = "accounts:vouch")]
    VouchForAccounts,
    /// Validate the accounts that wait: those of its OPCO, or all where it is of none.
    #[serde(rename = "accounts:validate")]
    ValidateAccounts,
    /// Say where requests for appointments about a training go, and close it.
    #[serde(rename = "appointments:manage")]
    ManageAppointments,
}

/// Whether a partner's key still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerState {
    /// May call.
    Active,
    /// Refused until it is made active again.
    Suspended,
}

/// A partner: the owner of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its short stable name, safe to log.
    pub partner: String,
    /// The organisation behind it.
    pub organisation: String,
    /// What it may do.
    #[serde(default)]
    pub rights: Vec<Right>,
    /// Whether it may call at all.
    pub state: PartnerState,
    /// Web origins of its widgets.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The OPCO it is, where it is one: it validates the accounts of its companies.
    #[serde(default)]
    pub opco: Option<Opco>,
    /// The site it is, where candidates come from it to ask for an appointment.
    #[serde(default)]
    pub referrer: Option<Referrer>,
}

impl Partner {
    /// Whether it holds `right`.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}
