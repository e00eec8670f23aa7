//! The runs of the night: each once, or twice, or killed half way, or not at all for a night.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use usecases::accounts::RemindOpcos;
use usecases::calendar::{ExpireOffers, RemindRecruiters};

use crate::days::paris_day;
use crate::model::{Account, Word};
use crate::recorder::Fault;
use crate::world::{OPCO_EMAIL, OPCOS, World};

const DAY: i64 = 86_400;

impl World {
    /// Closes what is over; under a fault, some of it.
    pub(crate) async fn expire(&mut self, may_fail: bool) {
        let now = self.now();
        let recruiters = self.state.recruiters.iter().enumerate();
        let over = recruiters.flat_map(|(who, recruiter)| {
            recruiter.over(now).into_iter().map(move |at| (recruiter.offers[at].id.clone(), who, at))
        });
        let over: Vec<(String, usize, usize)> = over.collect();
        let fault = self.fault(may_fail, over.len());
        let run = ExpireOffers { postings: &self.postings, locate: &self.recruiters, desk: self.desk() };
        let ran = self.recorder.under(fault, run.run()).await;
        let committed = self.recorder.take();
        let done: BTreeSet<&String> = committed.offers.iter().collect();
        if fault == Fault::None {
            assert_eq!(ran.unwrap().unwrap().failed, 0);
            assert_eq!(done.len(), over.len(), "all that was over was closed");
        }
        let mut words = Vec::new();
        for (_, who, at) in over.iter().filter(|(id, ..)| done.contains(id)) {
            let late = now - self.state.recruiters[*who].offers[*at].ends;
            // An hour more, where summer time ends.
            let nights = 1 + i64::from(self.state.was_bad_night);
            assert!(late <= nights * DAY + 3_600, "closed {late} s after its end");
            self.report.latest = self.report.latest.max(late);
            words.extend(self.state.recruiters[*who].expire(*at, now));
            self.state.touched.insert(*who);
        }
        self.compare(&committed, words);
    }

    /// Tells recruiters of what ends soon; under a fault, some of them.
    pub(crate) async fn remind(&mut self, may_fail: bool) {
        let now = self.now();
        let recruiters = self.state.recruiters.iter().enumerate();
        let due = recruiters.flat_map(|(who, recruiter)| {
            recruiter.reminders(now).into_iter().map(move |(days, offers)| (who, days, offers))
        });
        let due: Vec<(usize, u8, Vec<usize>)> = due.collect();
        let fault = self.fault(may_fail, due.len());
        let run = RemindRecruiters { postings: &self.postings, locate: &self.recruiters, desk: self.desk() };
        let ran = self.recorder.under(fault, run.run()).await;
        let committed = self.recorder.take();
        let done: BTreeSet<&String> = committed.offers.iter().collect();
        if fault == Fault::None {
            assert_eq!(ran.unwrap().unwrap().failed, 0);
            assert_eq!(committed.mails.len(), due.len(), "all that was due was told");
        }
        let mut words = Vec::new();
        for (who, days, offers) in due {
            let recruiter = &mut self.state.recruiters[who];
            if !done.contains(&recruiter.offers[offers[0]].id) {
                continue;
            }
            for &at in &offers {
                let offer = &recruiter.offers[at];
                self.state.reminded.entry((offer.id.clone(), offer.ends)).or_default().push(days);
            }
            words.push(recruiter.remind(days, &offers));
            self.state.touched.insert(who);
        }
        self.compare(&committed, words);
    }

    fn fault(&mut self, may_fail: bool, writes: usize) -> Fault {
        match self.dice.below(4) {
            _ if !may_fail || writes == 0 => Fault::None,
            0 => self.noted(Fault::Lose),
            _ => {
                let kill = Fault::Kill(1 + self.dice.below(writes));
                self.noted(kill)
            }
        }
    }

    fn noted(&mut self, fault: Fault) -> Fault {
        self.report.note.push_str(&format!("; {fault:?} of a run"));
        fault
    }

    /// Tells OPCOs that accounts wait, once a day however often it is run.
    pub(crate) async fn remind_opcos(&mut self, day: Date, times: usize) {
        if !matches!(day.weekday(), Weekday::Monday | Weekday::Wednesday | Weekday::Friday) {
            return;
        }
        for time in 0..times {
            let run = RemindOpcos {
                list: &self.recruiters,
                contacts: &self.contacts,
                write: &self.recorder,
                clock: &self.clock,
            };
            let ran = run.run().await.unwrap();
            let waiting = |opco: usize| {
                let waits = move |account: Account| account == Account::Waiting;
                let of = self.state.recruiters.iter().filter(move |known| known.opco == opco);
                of.filter(move |known| waits(known.account)).map(|known| known.since)
            };
            let counts = [0, 1, 2].map(|opco| waiting(opco).count());
            let some = |count: usize| usize::from(count > 0);
            let found = (ran.waiting, ran.told, ran.without_address);
            assert_eq!(found, (counts.iter().sum(), some(counts[0]), some(counts[1])), "on {day}");
            let told = waiting(0).min().filter(|_| time == 0).map(|oldest| {
                let label = OPCOS[0].unwrap().label();
                let oldest = paris_day(oldest).to_string();
                Word::new("accounts-waiting", OPCO_EMAIL, &[label, &counts[0].to_string(), &oldest])
            });
            self.told(told.into_iter().collect());
        }
    }
}
