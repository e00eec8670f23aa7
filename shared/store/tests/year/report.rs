//! The calendar of the year, a line for each day that had something, and its sums.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use usecases::ports::MailState;

use crate::model::Word;

#[derive(Default)]
pub(crate) struct Report {
    pub(crate) created: usize,
    pub(crate) deposited: usize,
    pub(crate) archived: usize,
    pub(crate) events: usize,
    pub(crate) killed: usize,
    /// Offers that nobody closed before their end.
    pub(crate) lived: usize,
    /// How long after its end an offer was closed at most, in seconds.
    pub(crate) latest: i64,
    /// What was wrong with the night.
    pub(crate) note: String,
    judged: [usize; 2],
    followed: BTreeMap<&'static str, usize>,
    ended: BTreeMap<&'static str, usize>,
    told: BTreeMap<String, usize>,
    of_day: BTreeMap<String, usize>,
}

impl Report {
    pub(crate) fn count(&mut self, words: &[Word]) {
        for word in words {
            let detail = match word.kind {
                "offer-expires-soon" if word.about[0] == "1" => " 1",
                "offer-expires-soon" => " 7",
                "offer.closed" => &word.about[1],
                _ => "",
            };
            let name = format!("{}{}{detail}", word.kind, if word.kind == "offer.closed" { " " } else { "" });
            *self.told.entry(name.clone()).or_default() += 1;
            *self.of_day.entry(name).or_default() += 1;
        }
    }

    pub(crate) fn judged(&mut self, refused: bool) {
        self.judged[usize::from(refused)] += 1;
    }

    pub(crate) fn followed(&mut self, ended: &'static str) {
        *self.followed.entry(ended).or_default() += 1;
    }

    pub(crate) fn ended(&mut self, state: MailState) {
        let word = match state {
            MailState::Sent => "sent",
            MailState::Suppressed => "suppressed",
            _ => "unknown and left",
        };
        *self.ended.entry(word).or_default() += 1;
    }

    /// The line of a day; nothing where nothing was.
    pub(crate) fn day(&mut self, day: Date, mut note: String) {
        note += &std::mem::take(&mut self.note);
        let told = std::mem::take(&mut self.of_day);
        if told.is_empty() && note.is_empty() {
            return;
        }
        let mut line = format!("{day} {:?}", day.weekday());
        for (what, times) in told {
            let _ = write!(line, ", {what}: {times}");
        }
        println!("{line}{note}");
    }

    pub(crate) fn sums(&self) {
        println!("\n| what | times |\n|---|---|");
        for (what, times) in [
            ("accounts created", self.created),
            ("accounts validated", self.judged[0]),
            ("accounts refused", self.judged[1]),
            ("accounts archived", self.archived),
            ("offers deposited", self.deposited),
            ("offers that lived to their end", self.lived),
            ("events published", self.events),
            ("senders killed", self.killed),
        ] {
            println!("| {what} | {times} |");
        }
        for (what, counts) in [("link followed", &self.followed), ("mail", &self.ended)] {
            for (ended, times) in counts {
                println!("| {what}: {ended} | {times} |");
            }
        }
        for (what, times) in &self.told {
            println!("| told: {what} | {times} |");
        }
        println!("| closed so many hours after its end at most | {:.1} |", self.latest as f64 / 3_600.0);
    }

    /// A year in which nothing of a kind happened proves nothing of it.
    pub(crate) fn check(&self) {
        assert!(self.deposited > 150 && self.lived > 50, "{} {}", self.deposited, self.lived);
        assert!(self.judged.iter().all(|judged| *judged > 0) && self.archived > 0 && self.killed > 0);
        assert_eq!(self.ended.len(), 3, "{:?}", self.ended);
        assert!(self.followed.len() >= 5, "{:?}", self.followed);
        assert_eq!(self.told.len(), 13, "{:?}", self.told);
    }
}
