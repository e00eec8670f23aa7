//! What requests need.

use async_trait::async_trait;
use usecases::ports::{
    Claim, ClaimRequest, CommitError, Consequences, FindRequest, Known, PortError, ReleaseRequest, RequestKey,
};

use super::Ports;

#[async_trait]
impl FindRequest for Ports {
    async fn find_request(&self, key: &RequestKey, now: u32) -> Result<Option<Known>, PortError> {
        let sought = key.clone();
        self.call("find request", key.as_str(), move |world| world.store.find_request(&sought, now)).await
    }
}

#[async_trait]
impl ClaimRequest for Ports {
    async fn claim_request(&self, claim: &Claim) -> Result<Option<Known>, PortError> {
        let claimed = claim.clone();
        self.call("claim", claim.key.as_str(), move |world| world.store.claim(&claimed)).await
    }
}

#[async_trait]
impl ReleaseRequest for Ports {
    async fn release_request(&self, claim: &Claim) -> Result<(), PortError> {
        let released = claim.clone();
        self.call("release", claim.key.as_str(), move |world| world.store.release(&released)).await
    }
}

impl Ports {
    /// As the writes of deposits do it.
    pub(crate) async fn commit(
        &self,
        request: usize,
        cause: &str,
        consequences: Consequences,
    ) -> Result<(), CommitError> {
        let committed = cause.to_owned();
        let first =
            self.call("commit", cause, move |world| world.commit(request, &committed, &consequences)).await?;
        if first { Ok(()) } else { Err(CommitError::NotFirst) }
    }
}
