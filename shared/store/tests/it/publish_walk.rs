//! Whoever follows the feed of lines holds what the file does, whatever was deposited, changed and closed meanwhile.

use domain::recruiter::{JobStatus, JobType, Recruiter, RecruiterStatus};
use testkit::recruiter;
use usecases::ports::Clock as _;

use crate::publish::{Copy, Press, read};

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

async fn assert_same(press: &Press, copy: &Copy, when: &str) {
    let file = read(&press.file().await);
    let held: Vec<Vec<String>> = copy.lines.values().map(|line| line.cells().to_vec()).collect();
    assert_eq!(held, file, "{when}");
}

/// One thing that may happen to a recruiter with its offers.
fn happen(dice: &mut Dice, number: u32, at: &Press, held: &mut Recruiter) {
    let count = held.jobs.len();
    let job = dice.below(count.max(1));
    match dice.below(9) {
        0 if count < 6 => held.jobs.extend(recruiter(number, count + 1).jobs.pop()),
        1 if count > 0 => {
            held.jobs.pop();
        }
        2 => held.is_delegated = !held.is_delegated,
        3 => {
            let open = held.status == RecruiterStatus::Actif;
            held.status = if open { RecruiterStatus::Archive } else { RecruiterStatus::Actif };
        }
        _ if count == 0 => {}
        4 => held.jobs[job].job_status = [JobStatus::Active, JobStatus::Pourvue][dice.below(2)],
        5 => {
            let hours = [6, 30, 2_000][dice.below(3)];
            let until = at.clock.now() + jiff::SignedDuration::from_hours(hours);
            held.jobs[job].job_expiration_date = Some(until);
        }
        6 => held.jobs[job].job_count = Some(dice.below(5) as u32),
        _ => {
            use JobType::{Apprentissage, Professionnalisation};
            let types = [
                vec![],
                vec![Apprentissage],
                vec![Professionnalisation],
                vec![Apprentissage, Professionnalisation],
            ];
            held.jobs[job].job_type.clone_from(&types[dice.below(4)]);
        }
    }
}

#[tokio::test]
async fn a_copy_that_follows_the_feed_has_the_lines_of_the_file() {
    for seed in 1..=3 {
        let mut dice = Dice(seed);
        let (press, mut copy) = (Press::open().await, Copy::default());
        let mut recruiters: Vec<Recruiter> = (1..=3).map(|number| recruiter(number, 2)).collect();
        for step in 0..60 {
            let one = dice.below(recruiters.len());
            let before = recruiters[one].clone();
            happen(&mut dice, one as u32 + 1, &press, &mut recruiters[one]);
            if step < 3 || recruiters[one] != before {
                press.deposit(&recruiters[one]).await;
            }
            // Twenty-three days at most in all, so that nothing grows old; and often no time at all.
            press.clock.advance([0, 0, 30, 4 * 3_600, 9 * 3_600][dice.below(5)]);
            if dice.below(4) == 0 {
                press.follow(&mut copy, async || {}).await;
                assert_same(&press, &copy, &format!("seed {seed}, step {step}")).await;
            }
        }
        // Whoever comes late holds the same.
        let mut late = Copy::default();
        press.follow(&mut late, async || {}).await;
        press.follow(&mut copy, async || {}).await;
        assert_same(&press, &copy, "at the end").await;
        assert_eq!(late.lines, copy.lines);
    }
}

#[tokio::test]
async fn what_changes_between_two_pages_is_told_the_next_time() {
    let press = Press::open().await;
    let mut many = recruiter(1, 150);
    for (number, job) in many.jobs.iter_mut().enumerate() {
        job.id = format!("{number:024x}");
        job.job_type = vec![JobType::Professionnalisation, JobType::Apprentissage];
    }
    press.deposit(&many).await;
    press.clock.advance(100);
    let mut changed = many.clone();
    for (number, job) in changed.jobs.iter_mut().enumerate() {
        match number % 10 {
            0 => job.job_type = vec![JobType::Apprentissage],
            1 => job.job_status = JobStatus::Pourvue,
            2 => job.job_count = Some(7),
            _ => {}
        }
    }
    let mut copy = Copy::default();
    let pages = press
        .follow(&mut copy, async || {
            press.deposit(&changed).await;
            press.clock.advance(1);
        })
        .await;
    assert!(pages > 1, "a hundred changes a page");
    press.clock.advance(3_600);
    press.follow(&mut copy, async || {}).await;
    assert_same(&press, &copy, "after the second walk").await;
    assert_eq!(copy.lines.len(), 255);
}

#[tokio::test]
async fn an_offer_that_lost_a_contract_withdraws_that_line() {
    let (press, mut copy) = (Press::open().await, Copy::default());
    let mut one = recruiter(1, 1);
    one.jobs[0].job_type = vec![JobType::Apprentissage, JobType::Professionnalisation];
    press.deposit(&one).await;
    press.follow(&mut copy, async || {}).await;
    assert_eq!(
        copy.lines.keys().map(ToString::to_string).collect::<Vec<_>>(),
        ["E2-offer-1-0", "FS-offer-1-0"]
    );
    press.clock.advance(10);
    one.jobs[0].job_type = vec![JobType::Professionnalisation];
    press.deposit(&one).await;
    press.follow(&mut copy, async || {}).await;
    assert_eq!(copy.lines.keys().map(ToString::to_string).collect::<Vec<_>>(), ["FS-offer-1-0"]);
}
