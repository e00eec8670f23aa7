//! Prints what the index takes and how long its look-ups last; with a text as argument, what is found for it.
//!
//! `cargo run --release -p metiers --example measure` or `… --example measure -- "boulanger patissier"`

#![allow(clippy::print_stdout, reason = "it is what it is for")]

use std::time::{Duration, Instant};

use metiers::{Appellation, Diploma, Metier, Query, Terms};

/// What people type: whole, cut, out of order, mistyped, meaningless.
const TYPED: [&str; 16] = [
    "boulanger",
    "boulangre",
    "bou",
    "a",
    "chef de projet informatique",
    "agricole engins conducteur",
    "developeur web",
    "vendeur en boulangerie patisserie",
    "infirmière de bloc opératoire",
    "cuisinier",
    "technicien de maintenance",
    "aide soignante",
    "xyzzyq",
    "mecanicien automobil",
    "responsable qualité securite environement",
    "CAP cuisine",
];
const ROUNDS: usize = 200;

fn main() {
    if let Some(typed) = std::env::args().nth(1) {
        show(&typed);
        return;
    }
    println!("index: {} bytes, {} métiers", metiers::index_bytes(), Metier::all().count());
    let started = Instant::now();
    let found = by_title(TYPED[0]);
    println!("first look-up: {:?}, {found} found", started.elapsed());
    measure("GET /v1/metiers", by_title);
    measure("GET /v1/metiers/intitule", |typed| Appellation::closest_to(typed).len());
    measure("GET /rome", |typed| {
        Metier::by_title(typed, Terms::Any).len() + Diploma::by_title(typed, Terms::Any).len()
    });
}

fn by_title(typed: &str) -> usize {
    Metier::search(Query { title: Some(typed), ..Query::default() }).len()
}

/// The median of all times, their 99th of 100, and the text that is the slowest by its own median, which says more
/// where the machine does other work.
fn measure(name: &str, look_up: impl Fn(&str) -> usize) {
    let mut all = Vec::new();
    let mut slowest = (Duration::ZERO, "");
    for typed in TYPED {
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let started = Instant::now();
                std::hint::black_box(look_up(std::hint::black_box(typed)));
                started.elapsed()
            })
            .collect();
        slowest = slowest.max((percentile(&mut times, 50), typed));
        all.extend(times);
    }
    let (p50, p99) = (percentile(&mut all, 50), percentile(&mut all, 99));
    println!("{name}: p50 {p50:?}, p99 {p99:?}; slowest {:?} for {:?}", slowest.0, slowest.1);
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get(times.len() * percent / 100).copied().unwrap_or_default()
}

fn show(typed: &str) {
    for metier in Metier::search(Query { title: Some(typed), ..Query::default() }) {
        println!("métier  {} ({})", metier.label(), metier.romes().collect::<Vec<_>>().join(" "));
    }
    for found in Appellation::closest_to(typed) {
        println!("name    {} [{} {}]", found.name, found.rome, found.rome_label);
    }
    for diploma in Diploma::by_title(typed, Terms::Every) {
        println!("diploma {} ({})", diploma.label(), diploma.rncps().collect::<Vec<_>>().join(" "));
    }
}
