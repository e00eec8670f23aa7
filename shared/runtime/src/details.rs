//! What the routes that show one item share.

use usecases::partners::Partners;
use usecases::ports::{Clock, FindItem};

use crate::Error;
use crate::callers::known;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::environment::Environment;

/// What every request of a detail route shares.
pub struct Details {
    /// Knows who calls.
    pub partners: Partners,
    /// Finds the item.
    pub items: Box<dyn FindItem>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Details {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            items: Box::new(store::Items::new(client, &tables)),
            clock: Box::new(SystemClock),
        })
    }
}
