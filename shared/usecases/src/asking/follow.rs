//! What a site learns of the appointments that were asked for through it: where each stands, and nothing of who asked.

use domain::appointment::{AppointmentId, Facts, Referrer};

use crate::following::{self, Followed};
use crate::ports::{Clock, FindAppointment, ListAppointments, PortError};

/// Follows appointments.
#[derive(Clone, Copy)]
pub struct FollowAppointments<'a> {
    /// Finds appointments.
    pub find: &'a dyn FindAppointment,
    /// Lists them.
    pub list: &'a dyn ListAppointments,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl FollowAppointments<'_> {
    /// One of them. Another site's answers like one that does not exist.
    pub async fn one(
        &self,
        referrer: Referrer,
        id: &AppointmentId,
    ) -> Result<Option<Followed<AppointmentId, Facts>>, PortError> {
        let found = self.find.find_appointment(id, self.clock.seconds()).await?;
        let own = found.filter(|found| found.facts.referrer == referrer);
        Ok(own.map(Followed::from))
    }

    /// Those that changed since an instant, in seconds since 1970, as [`following::changed`] tells; after one of them, where
    /// the page before ended with it. And where the next page begins, if there is one.
    pub async fn changed(
        &self,
        referrer: Referrer,
        since: u32,
        after: Option<&str>,
    ) -> Result<(Vec<Followed<AppointmentId, Facts>>, Option<String>), PortError> {
        let now = self.clock.seconds();
        following::changed(
            since,
            async |since, limit| self.list.list_appointments(referrer, since, after, limit).await,
            async |id| self.find.find_appointment(id, now).await,
        )
        .await
    }
}
