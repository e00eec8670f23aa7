//! What an establishment decided about requests for appointments (contract 3.3).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::referrer::{Premium, Referrer};

/// The decisions of one establishment, and what was written to it about them. Days are those of Paris.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consent {
    /// Opt-out: open to all sites but the premium ones, unless it refuses.
    pub optout: OptOut,
    /// Parcoursup.
    pub parcoursup: PremiumConsent,
    /// Affelnet.
    pub affelnet: PremiumConsent,
}

/// The opt-out of an establishment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptOut {
    /// When it was told that requests will be let through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited: Option<Date>,
    /// The hash of the address that was told so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited_to: Option<String>,
    /// From when on they are let through, unless it refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled: Option<Date>,
    /// Since when they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated: Option<Date>,
    /// When it refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Date>,
}

/// What an establishment says of one premium.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PremiumConsent {
    /// When it was invited in this season.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited: Option<Date>,
    /// When it was asked a second time after an invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followed_up: Option<Date>,
    /// When it was reminded in this season that it has accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Date>,
    /// When it accepted. It lasts until it refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Date>,
    /// When it refused in this season.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Date>,
}

impl Consent {
    /// Whether requests of candidates that come from this site are let through.
    pub fn is_open_to(&self, referrer: Referrer) -> bool {
        match referrer.premium() {
            Some(premium) => self.premium(premium).is_open(),
            None => self.optout.is_open(),
        }
    }

    /// What it says of a premium.
    pub const fn premium(&self, premium: Premium) -> &PremiumConsent {
        match premium {
            Premium::Parcoursup => &self.parcoursup,
            Premium::Affelnet => &self.affelnet,
        }
    }

    /// The same, to change it.
    pub const fn premium_mut(&mut self, premium: Premium) -> &mut PremiumConsent {
        match premium {
            Premium::Parcoursup => &mut self.parcoursup,
            Premium::Affelnet => &mut self.affelnet,
        }
    }

    /// It refuses to be open to all but the premium sites: also after it was.
    pub fn refuse_optout(&mut self, today: Date) {
        self.optout.refused.get_or_insert(today);
    }

    /// It accepts a premium. Of an answer and a later one, the later counts.
    pub fn accept(&mut self, premium: Premium, today: Date) {
        let consent = self.premium_mut(premium);
        consent.accepted.get_or_insert(today);
        consent.refused = None;
    }

    /// It refuses a premium.
    pub fn refuse(&mut self, premium: Premium, today: Date) {
        let consent = self.premium_mut(premium);
        consent.accepted = None;
        consent.refused.get_or_insert(today);
    }
}

impl OptOut {
    /// Whether this address is the one that was told, or nobody knows which one was.
    pub(super) fn is_told(&self, address: &str) -> bool {
        self.invited_to.as_deref().is_none_or(|told| told == address)
    }

    fn is_open(&self) -> bool {
        self.activated.is_some() && self.refused.is_none()
    }
}

impl PremiumConsent {
    fn is_open(&self) -> bool {
        self.accepted.is_some()
    }
}
