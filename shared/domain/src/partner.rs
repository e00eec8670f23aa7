//! Who calls: a partner, found by the hash of its key.

use serde::{Deserialize, Serialize};

/// What a partner may do beyond searching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See the phones of predicted companies.
    Phones,
    /// Deposit offers.
    DepositOffers,
    /// Submit applications.
    SubmitApplications,
    /// Create appointment links.
    CreateAppointments,
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
}

impl Partner {
    /// Whether it holds `right`.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}
