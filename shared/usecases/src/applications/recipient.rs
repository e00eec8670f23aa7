//! To whom an application goes: the recruiter of an offer, or a company that is likely to hire.

use domain::application::Target;
use domain::card::Card;
use domain::email::Email;
use domain::link::OfferRef;
use domain::recruiter::JobStatus;
use domain::rome::RomeCode;
use domain::seal::{ContactCipher, SealedEmail};
use domain::siret::Siret;
use domain::source::Source;

use super::ApplyError;
use crate::ingest::ContentHash;
use crate::ports::{FindItem, FindOfferOnRecord, OfferOnRecord};

/// Characters of the longest id that an offer has.
const MAX_ID_CHARS: usize = 64;

/// What somebody wants to apply for, as they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An offer.
    Offer {
        /// Its own id.
        offer_id: String,
        /// The company's SIRET, where the caller gave it back.
        siret: Option<Siret>,
    },
    /// A company, by its SIRET.
    Company {
        /// Which.
        siret: Siret,
    },
}

/// To whom an application goes.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    pub(super) target: Target,
    pub(super) siret: Siret,
    pub(super) romes: Vec<RomeCode>,
    /// As the public knows it.
    pub(super) company: String,
    /// The title of the offer; none where there is none.
    pub(super) title: Option<String>,
    /// The address as it is stored, and what it was sealed for.
    address: Option<SealedEmail>,
    subject: String,
    /// The offer, and what must still be stored of it.
    pub(super) offer: Option<(OfferRef, ContentHash)>,
    is_open: bool,
}

/// Finds recipients.
#[derive(Clone, Copy)]
pub(super) struct Recipients<'a> {
    pub(super) offers: &'a dyn FindOfferOnRecord,
    pub(super) companies: &'a dyn FindItem,
}

impl Recipients<'_> {
    pub(super) async fn find(&self, wanted: &Wanted, now: u32) -> Result<Recipient, ApplyError> {
        match wanted {
            Wanted::Offer { offer_id, siret } => {
                let found =
                    if is_key(offer_id) { self.offers.find_offer_on_record(offer_id).await? } else { None };
                let found = found.ok_or(ApplyError::Unknown)?;
                if siret.as_ref().is_some_and(|siret| *siret != found.card.siret) {
                    return Err(ApplyError::OtherCompany);
                }
                Ok(of_offer(found, now))
            }
            Wanted::Company { siret } => {
                let found = self.companies.find_item(Source::Lba, siret.as_str()).await?;
                let Some(Card::Company(company)) = found.map(|item| item.card) else {
                    return Err(ApplyError::Unknown);
                };
                Ok(Recipient {
                    target: Target::Company { siret: siret.clone() },
                    siret: siret.clone(),
                    romes: company.romes.iter().collect(),
                    company: company.name,
                    title: None,
                    address: company.email,
                    subject: siret.as_str().to_owned(),
                    offer: None,
                    is_open: true,
                })
            }
        }
    }
}

/// Whether a store may have something under this id: what holds a blank or is very long is nobody's.
fn is_key(id: &str) -> bool {
    (1..=MAX_ID_CHARS).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

fn of_offer(found: OfferOnRecord, now: u32) -> Recipient {
    let OfferOnRecord { offer, card, hash } = found;
    let card = card.as_of(now);
    Recipient {
        target: Target::Offer(offer.clone()),
        siret: card.siret,
        romes: card.romes.iter().collect(),
        company: card.company_name,
        title: Some(card.title),
        address: card.email,
        subject: card.offer_id,
        offer: Some((offer, hash)),
        is_open: card.status == JobStatus::Active,
    }
}

impl Recipient {
    /// That it takes applications.
    pub(super) fn open(&self) -> Result<(), ApplyError> {
        if self.is_open { Ok(()) } else { Err(ApplyError::Expired) }
    }

    /// Its address. What a caller gave back must be what it was given for this very offer or company.
    pub(super) fn address(
        &self,
        cipher: &ContactCipher,
        given: Option<&SealedEmail>,
    ) -> Result<Email, ApplyError> {
        let stored = self.address.as_ref().ok_or(ApplyError::NoAddress)?;
        let address = cipher.open(stored, &self.subject).map_err(|_| ApplyError::NoAddress)?;
        let is_the_same = |given| cipher.open(given, &self.subject).is_ok_and(|given| given == address);
        if given.is_none_or(is_the_same) { Ok(address) } else { Err(ApplyError::OtherAddress) }
    }
}
