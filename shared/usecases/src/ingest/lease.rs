//! Holding the lease of a feed while its import runs.

use domain::feed::FeedKey;

use super::ImportError;
use crate::ports::{Clock, Lease, LeaseError, ReleaseLease, TakeLease};

/// How long a lease outlives a killed import. Shorter than the minute after which a failed event comes back.
const LEASE_SECONDS: i64 = 50;
/// How often it is taken again.
const RENEW_SECONDS: i64 = 15;

/// A lease that is held.
pub(crate) struct HeldLease<'a> {
    take: &'a dyn TakeLease,
    release: &'a dyn ReleaseLease,
    clock: &'a dyn Clock,
    lease: Lease,
}

impl<'a> HeldLease<'a> {
    pub(crate) async fn take(
        take: &'a dyn TakeLease,
        release: &'a dyn ReleaseLease,
        clock: &'a dyn Clock,
        key: &FeedKey,
        run_id: &str,
    ) -> Result<Self, ImportError> {
        let now = clock.now().as_second();
        let lease = Lease {
            kind: key.kind,
            feed: key.feed.clone(),
            holder: run_id.to_owned(),
            now,
            until: now + LEASE_SECONDS,
        };
        match take.take(&lease).await {
            Ok(()) => Ok(Self { take, release, clock, lease }),
            Err(LeaseError::Busy) => Err(ImportError::Busy),
            Err(LeaseError::Failed(error)) => Err(ImportError::Failed(error)),
        }
    }

    /// Takes it again when it is time to. It was lost when this import stalled for longer than it lasts.
    pub(crate) async fn keep(&mut self) -> Result<(), ImportError> {
        let now = self.clock.now().as_second();
        if now - self.lease.now < RENEW_SECONDS {
            return Ok(());
        }
        self.lease.now = now;
        self.lease.until = now + LEASE_SECONDS;
        match self.take.take(&self.lease).await {
            Ok(()) => Ok(()),
            Err(LeaseError::Busy) => Err(ImportError::LeaseLost),
            Err(LeaseError::Failed(error)) => Err(ImportError::Failed(error)),
        }
    }

    pub(crate) async fn release(self) -> Result<(), ImportError> {
        self.release.release(&self.lease).await.map_err(ImportError::Failed)
    }
}
