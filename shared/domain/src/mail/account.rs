//! What the mails on accounts of recruiters tell. `Debug` leaves out names of people and companies.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::link::LinkId;

/// What « Confirmez votre adresse mail » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmAddress {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that was deposited.
    pub offer_title: String,
    /// The link that confirms the address.
    pub link: LinkId,
    /// Whether the account still waits for its validation, and the offer with it.
    #[serde(default)]
    pub waiting: bool,
}

/// What « Votre compte recruteur n'a pas pu être validé » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountRefused {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
}

/// What « Des entreprises attendent la validation de leur compte » tells an OPCO.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountsWaiting {
    /// Its label.
    pub opco: String,
    /// How many accounts wait: one at least.
    pub count: u32,
    /// The day from which the oldest of them has waited, in Paris.
    pub oldest: Date,
}

impl fmt::Debug for ConfirmAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfirmAddress").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl fmt::Debug for AccountRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountRefused").finish_non_exhaustive()
    }
}

impl fmt::Debug for AccountsWaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountsWaiting").field("count", &self.count).finish_non_exhaustive()
    }
}
