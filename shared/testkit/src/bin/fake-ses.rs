//! The mail provider of tests as a process of its own: `fake-ses PORT SEED [OUTCOME=PERCENT]...`
//!
//! What the percents leave over is accepted. It prints its address, and ends when it is killed;
//! `GET /journal` tells what it was given, `GET /mails/{mail-id}` what a mail says that it took. What becomes of the
//! nth attempt of a mail depends on the seed, the mail and n alone, so that a run can be repeated whatever the order of
//! requests.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::hash::{DefaultHasher, Hash, Hasher};

use testkit::{FakeSes, SesMail, SesOutcome};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut arguments = std::env::args().skip(1);
        let port: u16 = number(arguments.next().as_deref());
        let seed: u64 = number(arguments.next().as_deref());
        let shares: Vec<_> = arguments.map(|argument| share(&argument)).collect();
        let draw = move |mail: &SesMail| drawn(&shares, seed, mail);
        let ses = FakeSes::start_at(&format!("127.0.0.1:{port}"), draw).await;
        println!("{}", ses.endpoint);
        std::future::pending::<()>().await;
    });
}

fn number<T: std::str::FromStr>(text: Option<&str>) -> T {
    let number = text.and_then(|text| text.parse().ok());
    number.unwrap_or_else(|| panic!("usage: fake-ses PORT SEED [OUTCOME=PERCENT]..."))
}

fn share(text: &str) -> (SesOutcome, u64) {
    let (name, percent) = text.split_once('=').unwrap_or((text, "100"));
    let outcome = SesOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == name);
    let outcome = outcome.unwrap_or_else(|| {
        panic!("{name} is none of {}", SesOutcome::ALL.map(SesOutcome::as_str).join(", "))
    });
    (outcome, number(Some(percent)))
}

fn drawn(shares: &[(SesOutcome, u64)], seed: u64, mail: &SesMail) -> SesOutcome {
    let mut hasher = DefaultHasher::new();
    (seed, &mail.mail_id, mail.earlier).hash(&mut hasher);
    let mut left = hasher.finish() % 100;
    for &(outcome, percent) in shares {
        match left.checked_sub(percent) {
            Some(rest) => left = rest,
            None => return outcome,
        }
    }
    SesOutcome::Accept
}
