//! What the routes share by which partners look at what they deposited.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use domain::partner::{Partner, Right};
use store::Recruiters;

use crate::Error;
use crate::callers::Callers;
use crate::clients::Clients;
use crate::environment::Environment;

/// What every request of such a route shares.
pub struct OwnRecruiters {
    /// Knows who calls.
    pub callers: Callers,
    /// Recruiters with their offers.
    pub recruiters: Recruiters,
}

impl OwnRecruiters {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            recruiters: Recruiters::new(client, tables),
        })
    }

    /// The partner that calls, which must be one that deposits.
    pub async fn partner(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        self.callers.partner(request, Right::DepositOffers).await
    }
}
