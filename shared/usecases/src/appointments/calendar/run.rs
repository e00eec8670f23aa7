//! What a run did, in numbers that name nobody.

use std::ops::AddAssign;

use domain::appointment::calendar::Step;

use crate::ports::PortError;

/// What a run did.
#[derive(Debug, Default)]
pub struct CalendarRun {
    /// Establishments that were looked at.
    pub establishments: usize,
    /// Those that were told that requests will be let through.
    pub invited: usize,
    /// Those whose requests are let through from now on.
    pub activated: usize,
    /// Premiums that were asked about.
    pub asked: usize,
    /// Premiums that were asked about once more.
    pub followed_up: usize,
    /// Premiums that were recalled to those who have accepted.
    pub reminded: usize,
    /// Invitations that reached nobody, and seasons that are over.
    pub forgotten: usize,
    /// Establishments, or parts of their list, of which something could not be done: the next run does it.
    pub failed: usize,
    /// Why, of the first of them.
    pub why: Option<PortError>,
}

impl CalendarRun {
    /// So many establishments are looked at.
    pub(super) fn of(establishments: usize) -> Self {
        Self { establishments, ..Self::default() }
    }

    /// Something could not be done.
    pub(super) fn failed(why: PortError) -> Self {
        Self { failed: 1, why: Some(why), ..Self::default() }
    }

    /// A step was done.
    pub(super) const fn note(&mut self, step: Step) {
        let count = match step {
            Step::InviteOptOut => &mut self.invited,
            Step::ActivateOptOut => &mut self.activated,
            Step::InvitePremium(_) => &mut self.asked,
            Step::FollowUpPremium(_) => &mut self.followed_up,
            Step::RemindPremium(_) => &mut self.reminded,
            Step::TakeBackOptOut | Step::EndSeason(_) => &mut self.forgotten,
        };
        *count += 1;
    }
}

impl AddAssign for CalendarRun {
    fn add_assign(&mut self, other: Self) {
        self.establishments += other.establishments;
        self.invited += other.invited;
        self.activated += other.activated;
        self.asked += other.asked;
        self.followed_up += other.followed_up;
        self.reminded += other.reminded;
        self.forgotten += other.forgotten;
        self.failed += other.failed;
        self.why = self.why.take().or(other.why);
    }
}
