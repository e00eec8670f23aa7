//! The calendar of the two years, and what they must have seen to prove anything.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use usecases::ports::MailState;

use crate::model::Act;

#[derive(Default)]
pub(crate) struct Report {
    today: BTreeMap<String, usize>,
    all: BTreeMap<String, usize>,
    ended: BTreeMap<&'static str, usize>,
}

impl Report {
    pub(crate) fn note(&mut self, what: &str) {
        *self.today.entry(what.to_owned()).or_default() += 1;
    }

    pub(crate) fn acted(&mut self, act: Act) {
        let at = |which: usize| ["Parcoursup", "Affelnet"][which];
        self.note(&match act {
            Act::Invite => "invited".to_owned(),
            Act::Activate => "activated".to_owned(),
            Act::TakeBack => "invitation taken back".to_owned(),
            Act::Ask(which) => format!("asked of {}", at(which)),
            Act::AskAgain(which) => format!("asked again of {}", at(which)),
            Act::Remind(which) => format!("reminded of {}", at(which)),
            Act::Forget(which) => format!("season over at {}", at(which)),
        });
    }

    pub(crate) fn followed(&mut self, what: &str, how: &str) {
        self.note(&format!("link: {what}, {how}"));
    }

    pub(crate) fn ended(&mut self, state: MailState) {
        let how = match state {
            MailState::Sent => "sent",
            MailState::Suppressed => "suppressed",
            MailState::Unknown { .. } => "unknown",
            MailState::Pending { .. } | MailState::Sending { .. } | MailState::Failed => "open",
        };
        *self.ended.entry(how).or_default() += 1;
    }

    /// A line for each day on which something happened.
    pub(crate) fn day(&mut self, day: Date) {
        let today = std::mem::take(&mut self.today);
        if !today.is_empty() {
            let mut line = day.to_string();
            for (what, times) in &today {
                let _ = write!(line, "; {what}: {times}");
            }
            println!("{line}");
        }
        for (what, times) in today {
            *self.all.entry(what).or_default() += times;
        }
    }

    pub(crate) fn sums(&self) {
        println!("\n| what | times |\n|---|---|");
        for (what, times) in &self.all {
            println!("| {what} | {times} |");
        }
        for (how, times) in &self.ended {
            println!("| mail {how} | {times} |");
        }
    }

    /// Years in which nothing of a kind happened prove nothing of it.
    pub(crate) fn check(&self) {
        for what in [
            "invited",
            "activated",
            "invitation taken back",
            "asked of Parcoursup",
            "asked of Affelnet",
            "asked again of Parcoursup",
            "asked again of Affelnet",
            "reminded of Parcoursup",
            "reminded of Affelnet",
            "season over at Parcoursup",
            "season over at Affelnet",
            "link: refuse, acted",
            "link: accept a premium, acted",
            "link: refuse a premium, acted",
            "link: nothing, used",
            "link: nothing, gone",
            "link: unsubscribe, acted",
            "no run",
            "run killed",
            "answer lost",
            "sender killed",
            "bounce",
            "decided of a training",
        ] {
            assert!(self.all.contains_key(what), "never: {what}");
        }
        assert_eq!(self.ended.len(), 3, "{:?}", self.ended);
    }
}
