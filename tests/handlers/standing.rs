//! Offers that stand before the events of `events/` ask something of them.

use domain::recruiter::{JobStatus, Recruiter};
use domain::rome::{RomeCode, Romes};

use crate::world::World;

/// The school of the data is in Metz, and offers near it.
pub(crate) const METZ: &str = "49.12,6.18";
/// The offer of partner two.
pub(crate) const OTHERS_OFFER: &str = "bbbbbbbbbbbbbbbbbbbbbb00";
/// Nobody's.
pub(crate) const NO_OFFER: &str = "cccccccccccccccccccccc00";

/// An offer of partner one, by its number.
pub(crate) fn standing(number: u32) -> String {
    format!("aaaaaaaaaaaaaaaaaaaaaa{number:02}")
}

/// Nine offers in Metz, deposited a month ago and still open but for these: 3 is filled, 4 was given up, 6 was extended
/// today; nobody teaches the trade of 7.
fn in_metz() -> Recruiter {
    let mut recruiter = Recruiter { geo_coordinates: METZ.parse().ok(), ..testkit::recruiter(52, 9) };
    for (number, job) in (0..).zip(&mut recruiter.jobs) {
        job.id = standing(number);
        match number {
            3 => job.job_status = JobStatus::Pourvue,
            4 => job.job_status = JobStatus::Annulee,
            6 => job.job_expiration_date = "2026-11-01T08:00:00Z".parse().ok(),
            7 => job.rome_code = Romes::from("A1101".parse::<RomeCode>().unwrap()),
            _ => {}
        }
    }
    recruiter
}

/// One whose place nobody knows.
fn nowhere() -> Recruiter {
    let mut recruiter = Recruiter { geo_coordinates: None, ..testkit::recruiter(53, 1) };
    recruiter.jobs[0].id = standing(9);
    recruiter
}

fn of_another() -> Recruiter {
    let mut recruiter = testkit::recruiter(54, 1);
    OTHERS_OFFER.clone_into(&mut recruiter.jobs[0].id);
    recruiter
}

impl World {
    /// The same world with offers of both partners.
    pub(crate) async fn with_offers() -> Self {
        let world = Self::new().await;
        for (partner, recruiter) in
            [("partner-one", in_metz()), ("partner-one", nowhere()), ("partner-two", of_another())]
        {
            world.own(partner, &recruiter).await;
        }
        world
    }
}
