//! What the mails on offers tell. `Debug` leaves out names of people and companies, and links.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::link::LinkId;

/// What « Votre offre d'alternance est publiée » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferPublished {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that was deposited.
    pub offer_title: String,
    /// The last day it is shown, in Paris.
    pub shown_until: Date,
    /// The link by which the recruiter stops these mails.
    pub unsubscribe: LinkId,
    /// Whether other offers of the company came with it, which have no mail of their own.
    #[serde(default)]
    pub others: bool,
}

/// What « Votre offre expire demain » tells, or « Vos offres expirent bientôt »: one mail for all offers of a recruiter
/// that expire on the same day.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferExpiresSoon {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// Days until they expire: 7 or 1, or what is left where a night fell out.
    pub days: u8,
    /// The offers: one at least, [`OfferExpiresSoon::MAX_OFFERS`] at most.
    pub offers: Vec<ExpiringOffer>,
    /// The link by which the recruiter stops these mails.
    pub unsubscribe: LinkId,
}

impl OfferExpiresSoon {
    /// Offers that one mail tells of: each brings two links, and one transaction, of a hundred writes at most, makes
    /// them all.
    pub const MAX_OFFERS: usize = 20;
}

/// An offer that expires soon.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ExpiringOffer {
    /// Its title.
    pub title: String,
    /// The last day it is shown, in Paris.
    pub last_day: Date,
    /// The link that closes it, since somebody was hired.
    pub filled: LinkId,
    /// The link that extends it.
    pub extend: LinkId,
}

/// What « Votre offre d'alternance a expiré » tells.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferExpired {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that has expired.
    pub offer_title: String,
    /// The link by which the recruiter stops these mails.
    pub unsubscribe: LinkId,
}

/// What « Une entreprise recrute dans votre domaine » tells a CFA. Who recruits there is not in it: the page behind the
/// link says so.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegationAsked {
    /// The name of the CFA.
    pub cfa: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// Where the company is, if known.
    pub city: Option<String>,
    /// The offer.
    pub offer_title: String,
    /// The link that shows the CFA the offer, and how to reach the company.
    pub link: LinkId,
    /// The link by which the CFA stops these mails.
    pub unsubscribe: LinkId,
}

impl fmt::Debug for OfferPublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferPublished").field("others", &self.others).finish_non_exhaustive()
    }
}

impl fmt::Debug for OfferExpiresSoon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OfferExpiresSoon");
        shown.field("days", &self.days).field("offers", &self.offers.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for ExpiringOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpiringOffer").finish_non_exhaustive()
    }
}

impl fmt::Debug for OfferExpired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferExpired").finish_non_exhaustive()
    }
}

impl fmt::Debug for DelegationAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DelegationAsked").finish_non_exhaustive()
    }
}
