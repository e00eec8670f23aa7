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

/// Something to do for an establishment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Tell it that requests will be let through in 15 days, unless it refuses.
    InviteOptOut,
    /// Let requests through, and tell it.
    ActivateOptOut,
    /// Ask it whether it accepts a premium.
    InvitePremium(Premium),
    /// Ask it a second time.
    FollowUpPremium(Premium),
    /// Remind it of the premium, on the days of the year for that.
    RemindPremium(Premium),
    /// Forget invitations and refusals of the season: the next one begins anew. Nobody is told.
    EndSeason(Premium),
}

/// What an establishment has, as far as the calendar asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Has {
    /// A training with an address that takes mails.
    pub training: bool,
    /// Such a training at Parcoursup.
    pub parcoursup: bool,
    /// Such a training at Affelnet.
    pub affelnet: bool,
}

impl Has {
    const fn premium(self, premium: Premium) -> bool {
        match premium {
            Premium::Parcoursup => self.parcoursup,
            Premium::Affelnet => self.affelnet,
        }
    }
}

/// What is due today, in the order in which it is to be done. Each is done by [`apply`], and then due no more.
pub fn due(consent: &Consent, has: Has, today: Date) -> Vec<Step> {
    let mut steps = Vec::new();
    let optout = &consent.optout;
    if has.training && optout.refused.is_none() && optout.activated.is_none() {
        match optout.scheduled {
            None => steps.push(Step::InviteOptOut),
            Some(scheduled) if scheduled <= today => steps.push(Step::ActivateOptOut),
            Some(_) => {}
        }
    }
    steps.extend(Premium::ALL.into_iter().filter_map(|premium| premium_step(consent, has, premium, today)));
    steps
}

fn premium_step(consent: &Consent, has: Has, premium: Premium, today: Date) -> Option<Step> {
    let said = consent.premium(premium);
    let season = Season::of(today);
    let is_old = |day: &Option<Date>| day.is_some_and(|day| day < season.began);
    if [said.invited, said.followed_up, said.reminded, said.refused].iter().any(is_old) {
        return Some(Step::EndSeason(premium));
    }
    let is_asked = has.premium(premium) && said.accepted.is_none() && said.refused.is_none();
    if !is_asked || !season.is_open(today) {
        return None;
    }
    let Some(invited) = said.invited else { return Some(Step::InvitePremium(premium)) };
    if said.followed_up.is_none() && invited.saturating_add(days(FOLLOW_UP_DAYS)) <= today {
        return Some(Step::FollowUpPremium(premium));
    }
    // The one of 8 January is the invitation itself, for whoever is there by then.
    let is_due = season.reminder <= today && invited < season.reminder;
    (is_due && said.reminded.is_none_or(|day| day < season.reminder)).then_some(Step::RemindPremium(premium))
}

/// Notes that a step was done.
pub fn apply(consent: &mut Consent, step: Step, today: Date) {
    match step {
        Step::InviteOptOut => {
            consent.optout.invited = Some(today);
            consent.optout.scheduled = Some(today.saturating_add(days(ACTIVATION_DAYS)));
        }
        Step::ActivateOptOut => consent.optout.activated = Some(today),
        Step::InvitePremium(premium) => consent.premium_mut(premium).invited = Some(today),
        Step::FollowUpPremium(premium) => consent.premium_mut(premium).followed_up = Some(today),
        Step::RemindPremium(premium) => consent.premium_mut(premium).reminded = Some(today),
        Step::EndSeason(premium) => {
            let said = consent.premium_mut(premium);
            (said.invited, said.followed_up, said.reminded, said.refused) = (None, None, None, None);
        }
    }
}

/// A season of admissions: it begins where invitations and refusals of the last are forgotten, on 20 November.
struct Season {
    began: Date,
    opens: Date,
    reminder: Date,
    closes: Date,
}

impl Season {
    fn of(today: Date) -> Self {
        let turn = date(today.year(), 11, 20);
        let year = if today >= turn { today.year().saturating_add(1) } else { today.year() };
        Self {
            began: date(year.saturating_sub(1), 11, 20),
            opens: date(year, 1, 8),
            reminder: date(year, 3, 23),
            closes: date(year, 8, 31),
        }
    }

    /// Whether invitations leave: from 8 January to 31 August.
    fn is_open(&self, today: Date) -> bool {
        (self.opens..=self.closes).contains(&today)
    }
}

fn days(count: i64) -> Span {
    count.days()
}
