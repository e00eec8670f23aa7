//! What the routes that list trades share.

use usecases::partners::Partners;
use usecases::ports::{Clock, FindTrades};

use crate::Error;
use crate::callers::known;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::environment::Environment;

/// What every request of such a route shares.
pub struct Trades {
    /// Knows who calls.
    pub partners: Partners,
    /// Finds trades.
    pub trades: Box<dyn FindTrades>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Trades {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            trades: Box::new(store::Trades::new(client, &tables)),
            clock: Box::new(SystemClock),
        })
    }
}
