//! What ought to be so of an establishment, as contract 3.3 has it, in plain words. Nothing of the use cases or of the
//! domain's rules is called here.

use jiff::ToSpan;
use jiff::civil::Date;

/// What is done of it on a morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Invite,
    Activate,
    TakeBack,
    Ask(usize),
    AskAgain(usize),
    Remind(usize),
    Forget(usize),
}

/// Parcoursup, then Affelnet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Platform {
    pub(crate) asked: Option<Date>,
    pub(crate) asked_again: Option<Date>,
    pub(crate) reminded: Option<Date>,
    pub(crate) accepted: Option<Date>,
    pub(crate) refused: Option<Date>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) invited: Option<Date>,
    /// Which address was told.
    pub(crate) told: Option<u64>,
    pub(crate) activated: Option<Date>,
    pub(crate) refused: Option<Date>,
    pub(crate) platforms: [Platform; 2],
}

/// What it has that can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Its address, as a number.
    pub(crate) address: Option<u64>,
    /// The address did not unsubscribe from what one may stop: mails about platforms.
    pub(crate) wants_all: bool,
    pub(crate) trainings: u32,
    pub(crate) at: [u32; 2],
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap()
}

impl Decided {
    /// The first thing that is due.
    pub(crate) fn next(&self, reach: Reach, today: Date) -> Option<Act> {
        if self.refused.is_none() && self.activated.is_none() {
            match self.invited {
                None if reach.address.is_some() && reach.trainings > 0 => return Some(Act::Invite),
                Some(_) if reach.address.is_none() || reach.address != self.told => {
                    return Some(Act::TakeBack);
                }
                Some(day) if reach.trainings > 0 && after(day, 15) <= today => return Some(Act::Activate),
                _ => {}
            }
        }
        (0..2).find_map(|which| self.platforms[which].next(which, reach, today))
    }

    pub(crate) fn apply(&mut self, act: Act, reach: Reach, today: Date) {
        match act {
            Act::Invite => (self.invited, self.told) = (Some(today), reach.address),
            Act::Activate => self.activated = Some(today),
            Act::TakeBack => (self.invited, self.told) = (None, None),
            Act::Ask(which) => self.platforms[which].asked = Some(today),
            Act::AskAgain(which) => self.platforms[which].asked_again = Some(today),
            Act::Remind(which) => self.platforms[which].reminded = Some(today),
            Act::Forget(which) => {
                let accepted = self.platforms[which].accepted;
                self.platforms[which] = Platform { accepted, ..Platform::default() };
            }
        }
    }

    /// All that is due, in its order.
    pub(crate) fn due(mut self, reach: Reach, today: Date) -> Vec<Act> {
        let mut due = Vec::new();
        while let Some(act) = self.next(reach, today) {
            self.apply(act, reach, today);
            due.push(act);
        }
        due
    }
}

impl Platform {
    fn next(&self, which: usize, reach: Reach, today: Date) -> Option<Act> {
        let this_year = Date::constant(today.year(), 11, 20);
        let turned = if this_year <= today { this_year } else { Date::constant(today.year() - 1, 11, 20) };
        let of_season = [self.asked, self.asked_again, self.reminded, self.refused];
        if of_season.into_iter().flatten().any(|day| day < turned) {
            return Some(Act::Forget(which));
        }
        if !reach.wants_all || reach.at[which] == 0 || self.refused.is_some() {
            return None;
        }
        let year = turned.year() + 1;
        if let Some(accepted) = self.accepted {
            let reminder = [Date::constant(year, 1, 8), Date::constant(year, 3, 23)][which];
            let is_due = self.reminded.is_none() && accepted < reminder;
            let is_time = reminder <= today && today < after(reminder, 30);
            return (is_due && is_time).then_some(Act::Remind(which));
        }
        match self.asked {
            None => {
                let months = Date::constant(year, 1, 8)..=Date::constant(year, 8, 31);
                months.contains(&today).then_some(Act::Ask(which))
            }
            Some(day) => {
                let is_due = self.asked_again.is_none() && after(day, 10) <= today;
                is_due.then_some(Act::AskAgain(which))
            }
        }
    }
}
