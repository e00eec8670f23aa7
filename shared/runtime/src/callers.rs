//! What the routes share that read nothing of the store but who calls.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use domain::partner::{Partner, Right};
use store::Tables;
use usecases::partners::Partners;
use usecases::ports::Clock;

use crate::Error;
use crate::clients::{self, Clients};
use crate::clock::SystemClock;
use crate::environment::Environment;

/// Knows who calls by the partners' table, over a connection that is open already: it is the first thing that every
/// request asks.
pub async fn known(client: aws_sdk_dynamodb::Client, tables: &Tables) -> Partners {
    let partners = Partners::new(Box::new(store::Partners::new(client, tables)));
    clients::warm_up(&partners).await;
    partners
}

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
        Ok(Self::over(Clients::load().await.dynamodb(), &environment.tables()).await)
    }

    /// Over these tables.
    pub async fn over(client: aws_sdk_dynamodb::Client, tables: &Tables) -> Self {
        Self { partners: known(client, tables).await, clock: Box::new(SystemClock) }
    }

    /// The partner that calls.
    pub async fn identify(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        Ok(self.partners.identify(request.api_key(), &*self.clock).await?)
    }

    /// The partner that calls, which must hold `right`.
    pub async fn partner(&self, request: &Request, right: Right) -> Result<Arc<Partner>, ApiError> {
        let partner = self.identify(request).await?;
        if partner.may(right) { Ok(partner) } else { Err(ApiError::NoRight) }
    }
}
