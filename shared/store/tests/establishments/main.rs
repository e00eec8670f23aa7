//! Two years of three hundred establishments that answer for trainings, day by day, over an embedded store with the real
//! adapters: the catalogue brings them, takes them away and changes their addresses; each morning what is due is done, unless
//! the run falls out, is killed half way or loses an answer; their mails go through senders that are killed; they follow
//! links, twice and too late; addresses bounce; trainings are closed, and given other addresses, by hand.
//!
//! What ought to be so is written once more in `model.rs`, and compared with what is: each step of each run, what each link
//! does, on the first of each month every consent, and at the end whatever became of every mail.
//!
//! `YEAR_SEED=7 cargo test -p store --test establishments -- --nocapture` runs other years, and shows their calendar.
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

mod catalogue;
#[path = "../year/days.rs"]
#[allow(dead_code)]
mod days;
#[path = "../year/dice.rs"]
mod dice;
mod links;
mod model;
mod mornings;
mod post;
#[path = "../year/provider.rs"]
#[allow(dead_code)]
mod provider;
mod recorder;
mod report;
mod world;

use jiff::civil::Date;

use crate::days::paris;
use crate::world::World;

const FIRST_DAY: Date = Date::constant(2026, 11, 2);
const DAYS: usize = 730;
const ESTABLISHMENTS: usize = 300;
/// The years that are run where nobody asks for others.
const SEED: u64 = 1;

impl World {
    async fn day(&mut self, number: usize, day: Date) {
        self.at(paris(day, 120));
        if number == 0 || self.dice.chance(20) {
            self.catalogue_changes(number == 0).await;
        }
        self.bounce_a_training().await;
        if self.dice.chance(200) {
            self.decide_of_a_training().await;
        }
        self.at(paris(day, 480));
        self.follow_links(day).await;
        self.at(paris(day, 540));
        self.morning(day).await;
        self.deliver().await;
        self.at(paris(day, 900));
        self.follow_links(day).await;
        if day.day() == 1 {
            self.check_consents().await;
        }
        self.report.day(day);
    }
}

#[tokio::test]
async fn two_years_of_three_hundred_establishments_go_as_they_should() {
    // Whoever runs the test says which years.
    #[allow(clippy::disallowed_methods)]
    let seed = std::env::var("YEAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    println!("YEAR_SEED={seed}");
    let mut world = World::new(seed).await;
    let mut day = FIRST_DAY;
    for number in 0..DAYS {
        world.day(number, day).await;
        day = day.tomorrow().unwrap();
    }
    world.deliver().await;
    world.check_consents().await;
    world.check_post().await;
    world.report.sums();
    world.report.check();
}
