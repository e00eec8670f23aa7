//! A year of the deposit service, day by day, over an embedded store with the real adapters: some thirty recruiters of
//! three partners deposit, change, extend and close offers, delegate them, wait for their accounts, follow the links of
//! their mails; by night time closes offers and reminds. Clients, runs and senders are killed half way or lose their answers.
//!
//! What ought to be so is written once more in `model.rs`, and compared with what is: what each step told, at every noon
//! what searches find, the records, and at the end whatever became of every mail.
//!
//! `YEAR_SEED=7 cargo test -p store --test year -- --nocapture` runs another year, and shows its calendar.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::format_push_string,
    clippy::cast_possible_wrap,
    clippy::large_futures
)]

mod accounts;
mod check;
mod days;
mod dice;
mod links;
mod model;
mod nights;
mod partners;
mod post;
mod provider;
mod recorder;
mod report;
mod world;

use jiff::civil::Date;

use crate::days::paris;
use crate::model::Account;
use crate::partners::Wish;
use crate::world::World;

const FIRST_DAY: Date = Date::constant(2027, 1, 15);
const DAYS: usize = 365;
const RECRUITERS: usize = 30;
/// The year that is run where nobody asks for another.
const SEED: u64 = 1;

/// What may happen in a day.
#[derive(Debug, Clone, Copy)]
enum Step {
    Create,
    Deposit,
    Wish(Wish),
    Judge(usize),
    Archive,
    Follow,
    Expire { may_fail: bool },
    Remind { may_fail: bool },
    RemindOpcos(usize),
    Deliver { stops: bool },
    Noon,
}

impl World {
    /// The steps of a day, and when each is, in minutes after midnight.
    fn plan(&mut self, number: usize) -> Vec<(i64, Step)> {
        let mut steps = Vec::new();
        for (per_mille, most, step) in [
            (if number < 8 { 900 } else { 60 }, 2, Step::Create),
            (250, 3, Step::Deposit),
            (200, 2, Step::Wish(Wish::Edit)),
            (170, 2, Step::Wish(Wish::Extend)),
            (90, 1, Step::Wish(Wish::Fill)),
            (60, 1, Step::Wish(Wish::Cancel)),
            (130, 2, Step::Wish(Wish::Delegate)),
            (20, 1, Step::Archive),
            (300, 2, Step::Follow),
        ] {
            for _ in 0..most {
                if self.dice.chance(per_mille) {
                    steps.push((self.dice.below(1_440) as i64, step));
                }
            }
        }
        for who in 0..self.state.recruiters.len() {
            if self.state.recruiters[who].account == Account::Waiting && self.dice.chance(180) {
                steps.push((self.dice.below(1_440) as i64, Step::Judge(who)));
            }
        }
        let there = self.state.recruiters.iter().filter(|recruiter| recruiter.account != Account::Closed);
        if there.count() >= RECRUITERS {
            steps.retain(|(_, step)| !matches!(step, Step::Create));
        }
        let killed = self.dice.chance(100);
        steps.extend([
            (60, Step::Deliver { stops: killed }),
            (720, Step::Noon),
            (1_200, Step::Deliver { stops: false }),
        ]);
        steps
    }

    /// The runs of a night, and what was wrong with it.
    fn night(&mut self, steps: &mut Vec<(i64, Step)>) -> (bool, bool, String) {
        let mut note = String::new();
        let mut bad = [false, false];
        for (run, name) in ["expiry", "reminders"].into_iter().enumerate() {
            let step =
                |may_fail| if run == 0 { Step::Expire { may_fail } } else { Step::Remind { may_fail } };
            let at = if run == 0 { 15 } else { 20 };
            let number = self.dice.below(100);
            // Two bad nights in a row are no night's fault any more.
            let may_be_bad = run == 1 || !self.state.was_bad_night;
            if number < 5 && may_be_bad {
                bad[run] = true;
                note.push_str(&format!("; no {name}"));
                continue;
            }
            if number < 20 {
                steps.push((at, step(true)));
                if number < 10 && may_be_bad {
                    bad[run] = true;
                    continue;
                }
                steps.push((at + 2, step(false)));
            } else {
                steps.push((at, step(false)));
                if number < 28 {
                    steps.push((at + 1, step(false)));
                }
            }
        }
        steps.push((30, Step::RemindOpcos(1 + usize::from(self.dice.chance(100)))));
        (bad[0], bad[1], note)
    }

    async fn take(&mut self, step: Step, day: Date) {
        match step {
            Step::Create => self.create().await,
            Step::Deposit => Box::pin(self.deposit()).await,
            Step::Wish(wish) => self.wish(wish).await,
            Step::Judge(who) => self.judge(who).await,
            Step::Archive => self.archive().await,
            Step::Follow => self.follow_a_link().await,
            Step::Expire { may_fail } => self.expire(may_fail).await,
            Step::Remind { may_fail } => self.remind(may_fail).await,
            Step::RemindOpcos(times) => self.remind_opcos(day, times).await,
            Step::Deliver { stops } => self.deliver(stops).await,
            Step::Noon => self.check(day.day() == 1).await,
        }
    }

    async fn day(&mut self, number: usize, day: Date) {
        let mut steps = self.plan(number);
        let (no_expiry, no_reminders, note) = self.night(&mut steps);
        steps.sort_by_key(|(minutes, _)| *minutes);
        for (minutes, step) in steps {
            self.at(paris(day, minutes));
            self.take(step, day).await;
            if matches!(step, Step::Remind { may_fail: false }) && !no_reminders {
                self.state.reminder_nights.push(self.now());
            }
            if minutes == 60 {
                self.state.was_bad_night = no_expiry;
            }
        }
        self.report.day(day, note);
    }
}

#[tokio::test]
async fn a_year_of_deposits_ends_as_it_should() {
    // Whoever runs the test says which year.
    #[allow(clippy::disallowed_methods)]
    let seed = std::env::var("YEAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    println!("YEAR_SEED={seed}");
    let mut world = World::new(seed).await;
    let mut day = FIRST_DAY;
    for number in 0..DAYS {
        world.day(number, day).await;
        day = day.tomorrow().unwrap();
    }
    world.deliver(false).await;
    world.check(true).await;
    world.check_post().await;
    world.check_reminders();
    world.report.sums();
    if seed == SEED {
        world.report.check();
    }
}
