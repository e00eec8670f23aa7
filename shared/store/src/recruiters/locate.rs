//! Finds whose an offer is, and which recruiter is meant.

use async_trait::async_trait;
use domain::link::OfferRef;
use domain::source::Source;
use search::keys::DEPOSIT;
use usecases::ports::{FindOwnReference, LocateOffer, LocateOwnOffer, PortError, ReferenceHash};

use super::{ESTABLISHMENT_ID, OWNER, Recruiters, SITE};
use crate::attributes::{Item, get_text};
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
        let Some(item) = self.item_at(&version).await? else { return Ok(None) };
        // Written before the owner stood there: nothing but the demonstration's data is as old and still open.
        let partner = get(&item, OWNER).unwrap_or_else(|_| SITE.to_owned());
        let Ok(establishment_id) = get(&item, ESTABLISHMENT_ID) else { return Ok(None) };
        Ok(Some(OfferRef { partner, establishment_id, offer_id: offer_id.to_owned() }))
    }
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
