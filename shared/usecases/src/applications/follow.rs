//! What a partner learns of the applications that came through it: where each stands, and nothing of who applied.

use domain::application::{ApplicationId, Facts};

use crate::following::{self, Followed};
use crate::ports::{Clock, FindApplication, ListApplications, PortError};

/// Follows applications.
#[derive(Clone, Copy)]
pub struct FollowApplications<'a> {
    /// Finds applications.
    pub find: &'a dyn FindApplication,
    /// Lists them.
    pub list: &'a dyn ListApplications,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl FollowApplications<'_> {
    /// One of them. Another partner's answers like one that does not exist.
    pub async fn one(
        &self,
        partner: &str,
        id: &ApplicationId,
    ) -> Result<Option<Followed<ApplicationId, Facts>>, PortError> {
        let found = self.find.find_application(id, self.clock.seconds()).await?;
        let own = found.filter(|found| found.facts.partner == partner);
        Ok(own.map(Followed::from))
    }

    /// Those that changed since an instant, in seconds since 1970, as [`following::changed`] tells; after one of them, where
    /// the page before ended with it. And where the next page begins, if there is one.
    pub async fn changed(
        &self,
        partner: &str,
        since: u32,
        after: Option<&str>,
    ) -> Result<(Vec<Followed<ApplicationId, Facts>>, Option<String>), PortError> {
        let now = self.clock.seconds();
        following::changed(
            since,
            async |since, limit| self.list.list_applications(partner, since, after, limit).await,
            async |id| self.find.find_application(id, now).await,
        )
        .await
    }
}
