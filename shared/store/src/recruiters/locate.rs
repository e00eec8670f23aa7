//! Finds whose an offer is, and which recruiter is meant.

use async_trait::async_trait;
use domain::card::Card;
use domain::link::OfferRef;
use domain::source::Source;
use search::codec;
use search::keys::DEPOSIT;
use usecases::ports::{
    FindOfferOnRecord, FindOwnReference, LocateOffer, LocateOwnOffer, OfferOnRecord, PortError, ReferenceHash,
};

use super::{ESTABLISHMENT_ID, OWNER, Recruiters, SITE};
use crate::attributes::{BadItem, CARD, Item, get_bytes, get_hash, get_text};
use crate::keys::{self, Key};

const LOCATE: &str = "find whose an offer is";
const OFFER_ID: &str = "offer_id";

impl Recruiters {
    /// Strongly consistent.
    pub(super) async fn item_at(&self, key: &Key) -> Result<Option<Item>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.records)
            .set_key(Some(key.attributes()))
            .consistent_read(true)
            .send()
            .await;
        Ok(got.map_err(|error| PortError::new(LOCATE, error))?.item)
    }
}

fn get(item: &Item, name: &'static str) -> Result<String, PortError> {
    get_text(item, name).map(str::to_owned).map_err(|error| PortError::new(LOCATE, error))
}

#[async_trait]
impl LocateOwnOffer for Recruiters {
    async fn locate_own_offer(&self, owner: &str, offer_id: &str) -> Result<Option<String>, PortError> {
        let item = self.item_at(&keys::own_offer(owner, offer_id)).await?;
        item.map(|item| get(&item, ESTABLISHMENT_ID)).transpose()
    }
}

#[async_trait]
impl LocateOffer for Recruiters {
    async fn locate_offer(&self, offer_id: &str) -> Result<Option<OfferRef>, PortError> {
        let version = keys::version(Source::Matcha, offer_id, DEPOSIT);
        Ok(self.item_at(&version).await?.and_then(|item| offer_of(&item, offer_id)))
    }
}

#[async_trait]
impl FindOfferOnRecord for Recruiters {
    async fn find_offer_on_record(&self, offer_id: &str) -> Result<Option<OfferOnRecord>, PortError> {
        let bad = |error: BadItem| PortError::new(LOCATE, error);
        let Some(version) = self.item_at(&keys::version(Source::Matcha, offer_id, DEPOSIT)).await? else {
            return Ok(None);
        };
        let Some(offer) = offer_of(&version, offer_id) else { return Ok(None) };
        let key = keys::offer(&offer.partner, &offer.establishment_id, offer_id);
        let Some(item) = self.item_at(&key).await? else { return Ok(None) };
        let card = codec::unpack(Source::Matcha, get_bytes(&version, CARD).map_err(bad)?);
        let Card::Matcha(card) = card.map_err(|error| PortError::new(LOCATE, error))? else {
            return Ok(None);
        };
        Ok(Some(OfferOnRecord { offer, card: *card, hash: get_hash(&item).map_err(bad)? }))
    }
}

/// Whose the offer of a version is.
fn offer_of(version: &Item, offer_id: &str) -> Option<OfferRef> {
    // Written before the owner stood there: nothing but the demonstration's data is as old and still open.
    let partner = get(version, OWNER).unwrap_or_else(|_| SITE.to_owned());
    let establishment_id = get(version, ESTABLISHMENT_ID).ok()?;
    Some(OfferRef { partner, establishment_id, offer_id: offer_id.to_owned() })
}

#[async_trait]
impl FindOwnReference for Recruiters {
    async fn find_own_reference(
        &self,
        owner: &str,
        reference: &ReferenceHash,
    ) -> Result<Option<OfferRef>, PortError> {
        let item = self.item_at(&keys::own_reference(owner, reference.as_str())).await?;
        item.map(|item| {
            Ok(OfferRef {
                partner: owner.to_owned(),
                establishment_id: get(&item, ESTABLISHMENT_ID)?,
                offer_id: get(&item, OFFER_ID)?,
            })
        })
        .transpose()
    }
}
