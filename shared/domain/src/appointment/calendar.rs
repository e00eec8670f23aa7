//! What is due to an establishment on a day (contract 3.3): invitations, activations, reminders, and the end of a season.
//!
//! It looks at what was done, not at what day it is alone: a night that fell out is made good by the next, and one that runs
//! twice does nothing more.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use super::establishment::Consent;
use super::referrer::Premium;

/// From the invitation to the activation, in days.
pub const ACTIVATION_DAYS: i64 = 15;
/// From an invitation to a premium to its follow-up, in days.
pub const FOLLOW_UP_DAYS: i64 = 10;
/// For how many days a yearly reminder whose night fell out is made good: later it reminds of nothing.
pub const REMINDER_DAYS: i64 = 30;

/// Something to do for an establishment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Tell it that requests will be let through in 15 days, unless it refuses.
    InviteOptOut,
    /// Let requests through, and tell it.
    ActivateOptOut,
    /// Forget its invitation, which reached nobody, or somebody who has left: whoever has its next address is invited anew, and
    /// has 15 days of its own. Nobody is told.
    TakeBackOptOut,
    /// Ask it whether it accepts a premium.
    InvitePremium(Premium),
    /// Ask it a second time.
    FollowUpPremium(Premium),
    /// Remind it that it has accepted the premium, once a year: what it accepted lasts, and people change.
    RemindPremium(Premium),
    /// Forget invitations and refusals of the season: the next one begins anew. Nobody is told.
    EndSeason(Premium),
}

/// What an establishment has, as far as the calendar asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Has<'a> {
    /// The hash of its own address, where that takes mails: where it has none, nothing is due that it would have to be told.
    pub address: Option<&'a str>,
    /// The same, that takes the mails that one may stop, too: those about premiums are such.
    pub stoppable: bool,
    /// A training with an address that takes mails.
    pub training: bool,
    /// Such a training at Parcoursup.
    pub parcoursup: bool,
    /// Such a training at Affelnet.
    pub affelnet: bool,
}

impl Has<'_> {
    const fn premium(self, premium: Premium) -> bool {
        self.stoppable
            && match premium {
                Premium::Parcoursup => self.parcoursup,
                Premium::Affelnet => self.affelnet,
            }
    }
}

/// What is due today, in the order in which it is to be done. Each is done by [`apply`], and then due no more.
pub fn due(consent: &Consent, has: Has<'_>, today: Date) -> Vec<Step> {
    let premiums = Premium::ALL.into_iter().filter_map(|premium| premium_step(consent, has, premium, today));
    optout_step(consent, has, today).into_iter().chain(premiums).collect()
}

fn optout_step(consent: &Consent, has: Has<'_>, today: Date) -> Option<Step> {
    let optout = &consent.optout;
    if optout.refused.is_some() || optout.activated.is_some() {
        return None;
    }
    match optout.scheduled {
        Some(_) if !has.address.is_some_and(|address| optout.is_told(address)) => Some(Step::TakeBackOptOut),
        Some(scheduled) => (has.training && scheduled <= today).then_some(Step::ActivateOptOut),
        None => (has.address.is_some() && has.training).then_some(Step::InviteOptOut),
    }
}

fn premium_step(consent: &Consent, has: Has<'_>, premium: Premium, today: Date) -> Option<Step> {
    let said = consent.premium(premium);
    let season = Season::of(today);
    let is_old = |day: &Option<Date>| day.is_some_and(|day| day < season.began);
    if [said.invited, said.followed_up, said.reminded, said.refused].iter().any(is_old) {
        return Some(Step::EndSeason(premium));
    }
    if !has.premium(premium) || said.refused.is_some() {
        return None;
    }
    if let Some(accepted) = said.accepted {
        let day = season.reminder(premium);
        let is_time = (day..day.saturating_add(days(REMINDER_DAYS))).contains(&today);
        let is_due = is_time && accepted < day && said.reminded.is_none();
        return is_due.then_some(Step::RemindPremium(premium));
    }
    let Some(invited) = said.invited else {
        return season.is_open(today).then_some(Step::InvitePremium(premium));
    };
    let is_due = said.followed_up.is_none() && invited.saturating_add(days(FOLLOW_UP_DAYS)) <= today;
    is_due.then_some(Step::FollowUpPremium(premium))
}

/// Notes that a step was done.
pub fn apply(consent: &mut Consent, step: Step, has: Has<'_>, today: Date) {
    match step {
        Step::InviteOptOut => {
            consent.optout.invited = Some(today);
            consent.optout.invited_to = has.address.map(str::to_owned);
            consent.optout.scheduled = Some(today.saturating_add(days(ACTIVATION_DAYS)));
        }
        Step::ActivateOptOut => consent.optout.activated = Some(today),
        Step::TakeBackOptOut => {
            let optout = &mut consent.optout;
            (optout.invited, optout.invited_to, optout.scheduled) = (None, None, None);
        }
        Step::InvitePremium(premium) => consent.premium_mut(premium).invited = Some(today),
        Step::FollowUpPremium(premium) => consent.premium_mut(premium).followed_up = Some(today),
        Step::RemindPremium(premium) => consent.premium_mut(premium).reminded = Some(today),
        Step::EndSeason(premium) => {
            let said = consent.premium_mut(premium);
            (said.invited, said.followed_up, said.reminded, said.refused) = (None, None, None, None);
        }
    }
}

/// The season of admissions that a day is in, named by the year in which it ends. Of a premium, each
/// thing is due to an establishment once in a season.
pub fn season(today: Date) -> i16 {
    if today < season_end(today.year()) { today.year() } else { today.year().saturating_add(1) }
}

/// Where invitations and refusals of a season are forgotten, and the next one begins.
const fn season_end(year: i16) -> Date {
    date(year, 11, 20)
}

/// A season of admissions.
struct Season {
    year: i16,
    began: Date,
}

impl Season {
    fn of(today: Date) -> Self {
        let year = season(today);
        Self { year, began: season_end(year.saturating_sub(1)) }
    }

    /// Whether invitations leave: from 8 January to 31 August. A follow-up leaves ten days after its invitation, whenever
    /// that was.
    fn is_open(&self, today: Date) -> bool {
        (date(self.year, 1, 8)..=date(self.year, 8, 31)).contains(&today)
    }

    /// When those who accepted before are reminded of it: where the wishes of the year begin.
    const fn reminder(&self, premium: Premium) -> Date {
        match premium {
            Premium::Parcoursup => date(self.year, 1, 8),
            Premium::Affelnet => date(self.year, 3, 23),
        }
    }
}

fn days(count: i64) -> Span {
    count.days()
}
