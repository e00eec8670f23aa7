//! What the handler asks beside the index, answered from memory as in a warm Lambda.

use api::cursor::CursorKey;
use async_trait::async_trait;
use domain::partner::{Partner, PartnerState};
use domain::rome::RomeCode;
use domain::source::Source;
use jiff::Timestamp;
use runtime::searching::GetCursorKey;
use usecases::ports::{Clock, FindItem, FindPartner, FindTrades, GetSketch, Item, PortError, TradesOf};

use crate::data::NOW;

/// Always the same partner, no trades of sheets, the time of the data.
pub(crate) struct Surroundings;

#[async_trait]
impl FindPartner for Surroundings {
    async fn find_partner(&self, _: &str) -> Result<Option<Partner>, PortError> {
        Ok(Some(partner()))
    }
}

/// The partner that asks.
pub(crate) fn partner() -> Partner {
    let (partner, organisation) = ("bench".to_owned(), "Bench".to_owned());
    Partner {
        partner,
        organisation,
        rights: Vec::new(),
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
        referrer: None,
    }
}

#[async_trait]
impl FindTrades for Surroundings {
    async fn find_trades(&self, _: &TradesOf) -> Result<Vec<RomeCode>, PortError> {
        Ok(Vec::new())
    }
}

impl Clock for Surroundings {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(i64::from(NOW)).unwrap_or_default()
    }
}

#[async_trait]
impl FindItem for Surroundings {
    async fn find_item(&self, _: Source, _: &str) -> Result<Option<Item>, PortError> {
        Ok(None)
    }
}

#[async_trait]
impl GetCursorKey for Surroundings {
    async fn get_cursor_key(&self) -> Result<CursorKey, PortError> {
        CursorKey::new("a secret of the bench").ok_or_else(|| PortError::new("make a key", "no secret"))
    }
}

/// The sketch, in memory.
pub(crate) struct Held(pub(crate) Vec<u8>);

#[async_trait]
impl GetSketch for Held {
    async fn get_sketch(&self, _: Source) -> Result<Option<Vec<u8>>, PortError> {
        Ok(Some(self.0.clone()))
    }
}
