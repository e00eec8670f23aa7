//! What the routes share by which partners look at what they deposited.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use domain::partner::{Partner, Right};
use store::Recruiters;
use usecases::partners::Partners;
use usecases::ports::Clock;

use crate::Error;
use crate::callers::known;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::environment::Environment;

/// What every request of such a route shares.
pub struct OwnRecruiters {
    /// Knows who calls.
    pub partners: Partners,
    /// Recruiters with their offers.
    pub recruiters: Recruiters,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl OwnRecruiters {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            recruiters: Recruiters::new(client, tables),
            clock: Box::new(SystemClock),
        })
    }

    /// The partner that calls, which must be one that deposits.
    pub async fn partner(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        let partner = self.partners.identify(request.api_key(), &*self.clock).await?;
        if partner.may(Right::DepositOffers) { Ok(partner) } else { Err(ApiError::NoRight) }
    }
}
