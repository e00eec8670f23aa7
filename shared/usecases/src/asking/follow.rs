//! What a site learns of the appointments that were asked for through it: where each stands, and nothing of who asked.

use domain::appointment::{AppointmentId, Facts, Referrer};

use crate::ports::{Clock, FindAppointment, ListAppointments, PortError};

/// Appointments of one page.
const PAGE: usize = 100;

/// An appointment, as its site sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedAppointment {
    /// Its id.
    pub id: AppointmentId,
    /// Where it stands.
    pub facts: Facts,
}

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
    ) -> Result<Option<FollowedAppointment>, PortError> {
        let found = self.find.find_appointment(id, self.clock.seconds()).await?;
        let own = found.filter(|found| found.facts.referrer == referrer);
        Ok(own.map(|found| FollowedAppointment { id: found.id, facts: found.facts }))
    }

    /// Those that changed since an instant, in seconds since 1970, the longest ago first; after one of them, where the
    /// page before ended with it. And where the next page begins, if there is one.
    pub async fn changed(
        &self,
        referrer: Referrer,
        since: u32,
        after: Option<&str>,
    ) -> Result<(Vec<FollowedAppointment>, Option<String>), PortError> {
        let now = self.clock.seconds();
        let listed = self.list.list_appointments(referrer, since, after, PAGE).await?;
        let mut followed = Vec::with_capacity(listed.len());
        for (_, id) in &listed {
            // One that was changed since it was listed comes again, further on.
            if let Some(found) = self.find.find_appointment(id, now).await? {
                followed.push(FollowedAppointment { id: found.id, facts: found.facts });
            }
        }
        let next = listed.last().filter(|_| listed.len() == PAGE).map(|(mark, _)| mark.clone());
        Ok((followed, next))
    }
}
