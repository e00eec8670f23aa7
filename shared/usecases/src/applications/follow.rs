//! What a partner learns of the applications that came through it: where each stands, and nothing of who applied.

use domain::application::{ApplicationId, Facts};

use crate::ports::{Clock, FindApplication, ListApplications, PortError};

/// Applications of one page.
const PAGE: usize = 100;

/// An application, as its partner sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// Its id.
    pub id: ApplicationId,
    /// Where it stands.
    pub facts: Facts,
}

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
    pub async fn one(&self, partner: &str, id: &ApplicationId) -> Result<Option<Followed>, PortError> {
        let found = self.find.find_application(id, self.clock.seconds()).await?;
        let own = found.filter(|found| found.facts.partner == partner);
        Ok(own.map(|found| Followed { id: found.id, facts: found.facts }))
    }

    /// Those that changed since an instant, in seconds since 1970, the longest ago first; after one of them, where the
    /// page before ended with it. And where the next page begins, if there is one.
    pub async fn changed(
        &self,
        partner: &str,
        since: u32,
        after: Option<&str>,
    ) -> Result<(Vec<Followed>, Option<String>), PortError> {
        let now = self.clock.seconds();
        let listed = self.list.list_applications(partner, since, after, PAGE).await?;
        let mut followed = Vec::with_capacity(listed.len());
        for (_, id) in &listed {
            // One that was changed since it was listed comes again, further on.
            if let Some(found) = self.find.find_application(id, now).await? {
                followed.push(Followed { id: found.id, facts: found.facts });
            }
        }
        let next = listed.last().filter(|_| listed.len() == PAGE).map(|(mark, _)| mark.clone());
        Ok((followed, next))
    }
}
