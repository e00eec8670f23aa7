//! What ought to be so: accounts, offers and links, as contract 3.2 has them, in plain words. Nothing of the use cases is
//! called here.

use std::collections::BTreeSet;

use crate::days::{days_between, two_months_later};

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    Waiting,
    Active,
    Filled,
    Canceled,
}

impl Stand {
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Active)
    }
}

/// An offer. Instants are seconds since 1970.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) trade: usize,
    pub(crate) stand: Stand,
    pub(crate) comment: Option<&'static str>,
    pub(crate) ends: i64,
    pub(crate) updated: i64,
    pub(crate) extended: u32,
    pub(crate) extended_at: Option<i64>,
    pub(crate) reminded: Option<u8>,
    pub(crate) duration: u32,
    /// Whether the work is elsewhere than at the establishment.
    pub(crate) elsewhere: bool,
    /// CFAs that were asked, and when each looked first.
    pub(crate) cfas: Vec<(usize, Option<i64>)>,
}

impl Offer {
    /// Whether its time is over, and nobody has closed it yet.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        self.stand == Stand::Active && self.ends <= now
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    Waiting,
    Open,
    Closed,
}

#[derive(Debug, Clone)]
pub(crate) struct Recruiter {
    pub(crate) id: String,
    pub(crate) partner: usize,
    pub(crate) email: String,
    pub(crate) account: Account,
    pub(crate) opco: usize,
    pub(crate) since: i64,
    pub(crate) offers: Vec<Offer>,
}

/// Something told: a mail to somebody about something, or an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// The template of the mail, or the type of the event.
    pub(crate) kind: &'static str,
    /// To whom; nobody in particular for an event.
    pub(crate) to: String,
    /// About what.
    pub(crate) about: Vec<String>,
}

impl Word {
    pub(crate) fn new(kind: &'static str, to: &str, about: &[&str]) -> Self {
        Self { kind, to: to.to_owned(), about: about.iter().map(|about| (*about).to_owned()).collect() }
    }

    fn published(offer: &Offer) -> Self {
        Self::new("offer.published", "", &[&offer.id])
    }

    fn closed(offer: &Offer, reason: &str) -> Self {
        Self::new("offer.closed", "", &[&offer.id, reason])
    }
}

pub(crate) fn cfa_email(cfa: usize) -> String {
    format!("cfa{cfa}@exemple.invalid")
}

pub(crate) fn cfa_siret(cfa: usize) -> String {
    testkit::siret(5_000 + cfa as u32)
}

impl Recruiter {
    fn asked(offer: &Offer, cfas: &[usize]) -> Vec<Word> {
        let asked = cfas
            .iter()
            .map(|&cfa| Word::new("delegation-asked", &cfa_email(cfa), &[&offer.id, &cfa_siret(cfa)]));
        asked.collect()
    }

    /// A new offer; none where the account is closed.
    pub(crate) fn deposit(&mut self, id: &str, trade: usize, duration: u32, now: i64) -> Vec<Word> {
        let stand = if self.account == Account::Open { Stand::Active } else { Stand::Waiting };
        let offer = Offer {
            id: id.to_owned(),
            trade,
            stand,
            comment: None,
            ends: two_months_later(now),
            updated: now,
            extended: 0,
            extended_at: None,
            reminded: None,
            duration,
            elsewhere: false,
            cfas: Vec::new(),
        };
        let mut words = Vec::new();
        if self.offers.is_empty() {
            words.push(Word::new("confirm-address", &self.email, &[id]));
        } else if stand == Stand::Active {
            words.push(Word::new("offer-published", &self.email, &[id]));
        }
        if stand == Stand::Active {
            words.push(Word::published(&offer));
        }
        self.offers.push(offer);
        words
    }

    pub(crate) fn edit(&mut self, at: usize, duration: Option<u32>, elsewhere: bool, now: i64) {
        let offer = &mut self.offers[at];
        offer.duration = duration.unwrap_or(offer.duration);
        offer.elsewhere |= elsewhere;
        offer.updated = now;
    }

    pub(crate) fn extend(&mut self, at: usize, now: i64) -> Result<(), &'static str> {
        let offer = &mut self.offers[at];
        let later = two_months_later(now);
        if days_between(offer.ends, later) == 0 {
            return Err("extended already");
        }
        if offer.stand != Stand::Active {
            return Err("not active");
        }
        offer.ends = later;
        offer.extended += 1;
        offer.extended_at = Some(now);
        offer.updated = now;
        offer.reminded = None;
        Ok(())
    }

    pub(crate) fn end(&mut self, at: usize, fill: bool, now: i64) -> Result<Vec<Word>, &'static str> {
        let offer = &mut self.offers[at];
        let (stand, reason) = if fill { (Stand::Filled, "Filled") } else { (Stand::Canceled, "Canceled") };
        if offer.stand == stand {
            return Err("so already");
        }
        let was_open = offer.stand.is_open();
        (offer.stand, offer.comment, offer.updated) = (stand, None, now);
        Ok(if was_open { vec![Word::closed(offer, reason)] } else { Vec::new() })
    }

    pub(crate) fn delegate(
        &mut self,
        at: usize,
        cfas: &[usize],
        now: i64,
    ) -> Result<Vec<Word>, &'static str> {
        if !self.offers[at].stand.is_open() || self.offers[at].is_over(now) {
            return Err("closed");
        }
        let known: BTreeSet<usize> = self.offers[at].cfas.iter().map(|(cfa, _)| *cfa).collect();
        let new: Vec<usize> = cfas.iter().copied().filter(|cfa| !known.contains(cfa)).collect();
        self.offers[at].cfas.extend(new.iter().map(|&cfa| (cfa, None)));
        let offer = &self.offers[at];
        Ok(if offer.stand == Stand::Active { Self::asked(offer, &new) } else { Vec::new() })
    }

    /// The account is validated; of its offers that wait, so many begin, in their order, until somebody is killed.
    pub(crate) fn validate(&mut self, most: usize, now: i64) -> Vec<Word> {
        let mut untold = self.account != Account::Open;
        self.account = Account::Open;
        let mut words = Vec::new();
        let waiting = (0..self.offers.len()).filter(|&at| self.offers[at].stand == Stand::Waiting);
        for at in waiting.take(most).collect::<Vec<_>>() {
            let offer = &mut self.offers[at];
            (offer.stand, offer.ends, offer.updated) = (Stand::Active, two_months_later(now), now);
            let offer = &self.offers[at];
            words.push(Word::published(offer));
            if std::mem::take(&mut untold) {
                words.push(Word::new("offer-published", &self.email, &[&offer.id]));
            }
            let cfas: Vec<usize> = offer.cfas.iter().map(|(cfa, _)| *cfa).collect();
            words.extend(Self::asked(offer, &cfas));
        }
        words
    }

    /// The account is refused or archived; so many of its offers close, in their order, until somebody is killed, and the
    /// account does when all are.
    pub(crate) fn archive(&mut self, most: usize, refused: bool, now: i64) -> Vec<Word> {
        let open = (0..self.offers.len()).filter(|&at| self.offers[at].stand.is_open());
        let open: Vec<usize> = open.collect();
        let mut words = Vec::new();
        for &at in open.iter().take(most) {
            let offer = &mut self.offers[at];
            (offer.stand, offer.comment, offer.updated) = (Stand::Canceled, Some("Compte archivé"), now);
            words.push(Word::closed(offer, "Archived"));
        }
        if most > open.len() {
            if refused && self.account != Account::Closed {
                words.push(Word::new("account-refused", &self.email, &[&self.id]));
            }
            self.account = Account::Closed;
        }
        words
    }

    pub(crate) fn expire(&mut self, at: usize, now: i64) -> Vec<Word> {
        let offer = &mut self.offers[at];
        (offer.stand, offer.comment, offer.updated) = (Stand::Canceled, Some("Expirée"), now);
        vec![Word::closed(offer, "Expired"), Word::new("offer-expired", &self.email, &[&offer.id])]
    }

    /// The offers whose time is over.
    pub(crate) fn over(&self, now: i64) -> Vec<usize> {
        let over = |at: &usize| self.offers[*at].is_over(now);
        (0..self.offers.len()).filter(over).collect()
    }

    /// The reminders that are due: days that are left, and the offers.
    pub(crate) fn reminders(&self, now: i64) -> Vec<(u8, Vec<usize>)> {
        let mut due: Vec<(u8, Vec<usize>)> = Vec::new();
        for days in 1..=7 {
            let is_due = |offer: &Offer| {
                offer.stand == Stand::Active
                    && days_between(now, offer.ends) == i64::from(days)
                    && if days == 1 { offer.reminded != Some(1) } else { offer.reminded.is_none() }
            };
            let of_days: Vec<usize> = (0..self.offers.len()).filter(|&at| is_due(&self.offers[at])).collect();
            if !of_days.is_empty() {
                due.push((days, of_days));
            }
        }
        due
    }

    pub(crate) fn remind(&mut self, days: u8, offers: &[usize]) -> Word {
        let mut about = vec![days.to_string()];
        for &at in offers {
            self.offers[at].reminded = Some(days);
            about.push(self.offers[at].id.clone());
        }
        Word { kind: "offer-expires-soon", to: self.email.clone(), about }
    }
}
