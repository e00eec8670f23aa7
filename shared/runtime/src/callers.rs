//! What the routes share that read nothing of the store but who calls.

use usecases::partners::Partners;
use usecases::ports::Clock;

use crate::Error;
use crate::clients::{self, Clients};
use crate::clock::SystemClock;
use crate::environment::Environment;

/// What every request of such a route shares.
pub struct Callers {
    /// Knows who calls.
    pub partners: Partners,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Callers {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let client = Clients::load().await.dynamodb();
        let partners = Partners::new(Box::new(store::Partners::new(client, &environment.tables())));
        clients::warm_up(&partners).await;
        Ok(Self { partners, clock: Box::new(SystemClock) })
    }
}
