//! What mails tell establishments of RDV Apprentissage. `Debug` leaves out names, and links.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::appointment::Premium;
use crate::link::LinkId;

/// What « La prise de RDV sera activée dans 15 jours … » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RdvInvited {
    /// The establishment, as the public knows it.
    pub establishment: String,
    /// From which day on requests are let through, in Paris.
    pub scheduled: Date,
    /// Of how many of its trainings.
    pub trainings: u32,
    /// The link that refuses.
    pub refuse: LinkId,
}

/// What « La prise de RDV est activée … » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RdvActivated {
    /// The establishment, as the public knows it.
    pub establishment: String,
    /// How many of its trainings were opened.
    pub trainings: u32,
    /// The link that refuses.
    pub refuse: LinkId,
}

/// What « Trouvez et recrutez vos candidats sur … ! » asks, and what asks it a second time.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PremiumAsked {
    /// The establishment, as the public knows it.
    pub establishment: String,
    /// The platform.
    pub premium: Premium,
    /// How many of its trainings are there.
    pub trainings: u32,
    /// The link that accepts.
    pub accept: LinkId,
    /// The link that refuses.
    pub refuse: LinkId,
    /// The link by which the establishment stops these mails.
    pub unsubscribe: LinkId,
}

/// What « Rappel : la prise de RDV est activée sur … » tells whoever has accepted it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PremiumReminded {
    /// The establishment, as the public knows it.
    pub establishment: String,
    /// The platform.
    pub premium: Premium,
    /// How many of its trainings are there.
    pub trainings: u32,
    /// Since when it is so, in Paris.
    pub accepted: Date,
    /// The link that refuses.
    pub refuse: LinkId,
    /// The link by which the establishment stops these mails.
    pub unsubscribe: LinkId,
}

impl fmt::Debug for RdvInvited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RdvInvited").field("scheduled", &self.scheduled).finish_non_exhaustive()
    }
}

impl fmt::Debug for RdvActivated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RdvActivated").field("trainings", &self.trainings).finish_non_exhaustive()
    }
}

impl fmt::Debug for PremiumAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PremiumAsked").field("premium", &self.premium).finish_non_exhaustive()
    }
}

impl fmt::Debug for PremiumReminded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PremiumReminded").field("premium", &self.premium).finish_non_exhaustive()
    }
}
