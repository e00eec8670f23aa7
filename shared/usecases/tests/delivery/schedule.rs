//! One run: which process acts when, which dies, and how the time goes on. All of it follows from the seed.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use domain::mail::MailId;
use usecases::send_mail::LEASE_SECONDS;

use crate::channels::StreamRecord;
use crate::check::{Violation, check};
use crate::clients::Wish;
use crate::ports::Ports;
use crate::processes;
use crate::provider::Word;
use crate::weather::Counts;
use crate::without::Without;
use crate::world::{START, World};

const MINUTE: u32 = 60;
/// How long it may take, once nothing goes wrong any more, until nothing is left to do, in seconds.
const DRAINED_IN: u32 = 2 * 3_600;
/// More steps than any run needs.
const MAX_STEPS: u32 = 100_000;
const RELAYS: usize = 2;
const SENDERS: usize = 2;
const BATCH: u32 = 3;

/// What a process is, and what is lost with it unless somebody brings it again.
enum Role {
    Client(Wish),
    Relay(StreamRecord),
    Sweeper,
    Sender,
    Recorder,
}

impl Role {
    const fn name(&self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Relay(_) => "relay",
            Self::Sweeper => "sweeper",
            Self::Sender => "sender",
            Self::Recorder => "recorder",
        }
    }

    /// How long its function may run, in seconds: less than any lease that it takes.
    const fn lives(&self) -> u32 {
        match self {
            Self::Client(_) => 10,
            Self::Sender => LEASE_SECONDS - 15,
            Self::Relay(_) | Self::Recorder => 30,
            Self::Sweeper => 60,
        }
    }
}

struct Process {
    role: Role,
    future: Pin<Box<dyn Future<Output = ()>>>,
    dies_at: u32,
    /// Until when it does nothing: its machine is busy, or a call takes long.
    sleeps_until: u32,
}

/// What became of a run.
pub(crate) struct Run {
    pub(crate) violation: Option<Violation>,
    pub(crate) counts: Counts,
    pub(crate) trace: Vec<String>,
}

struct Schedule {
    ports: Ports,
    processes: Vec<Process>,
    next_sweep: u32,
}

/// Runs a seed until all is quiet, and looks what became of everything.
pub(crate) fn run(seed: u64, without: Option<Without>, traced: bool) -> Run {
    let world = World::new(seed, without, traced);
    let ports = Ports { shared: Arc::new(Mutex::new(world)), skew: 0 };
    let mut schedule = Schedule { ports, processes: Vec::new(), next_sweep: START + MINUTE };
    let stuck = schedule.drive();
    // Futures hold the world: they go first.
    schedule.processes.clear();
    let mut world = schedule.ports.world();
    let violation = world.violations.first().cloned().or(stuck).or_else(|| check(&world));
    world.tally();
    Run { violation, counts: world.counts, trace: world.trace.take().unwrap_or_default() }
}

impl Schedule {
    /// What kept it from becoming quiet.
    fn drive(&mut self) -> Option<Violation> {
        loop {
            self.spawn();
            let now = self.ports.world().now;
            let awake = self.processes.iter().enumerate().filter(|(_, process)| process.sleeps_until <= now);
            let awake: Vec<usize> = awake.map(|(at, _)| at).collect();
            if awake.is_empty() {
                let mut world = self.ports.world();
                world.now = self.next_instant(&world)?;
            } else {
                self.step(&awake);
            }
            let mut world = self.ports.world();
            world.counts.steps += 1;
            if !world.weather.is_over && world.now >= world.weather.until {
                world.weather.is_over = true;
                world.note("calm", "", &());
            }
            if world.now > world.weather.until + DRAINED_IN || world.counts.steps > MAX_STEPS {
                return Some(Violation::i2("it does not become quiet".to_owned()));
            }
        }
    }

    /// When something happens next; none once nothing is left to happen. A sweep that would find nothing is left out.
    fn next_instant(&self, world: &World) -> Option<u32> {
        let sweeps = !world.lacks(Without::Sweeper);
        let due = world.store.next_due().filter(|_| sweeps);
        let after = |at: u32| self.next_sweep + at.saturating_sub(self.next_sweep).div_ceil(MINUTE) * MINUTE;
        let wakes = self.processes.iter().map(|process| process.sleeps_until).min();
        // What could have happened by now waits for a process that sleeps.
        let future = |at: &u32| *at > world.now;
        [due.map(after), wakes].into_iter().flatten().chain(world.instants()).filter(future).min()
    }

    fn spawn(&mut self) {
        let mut world = self.ports.world();
        world.arrive();
        let now = world.now;
        let mut starting = Vec::new();
        while let Some(wish) = world.clients.next(now) {
            starting.push(Start::Client(wish));
        }
        if now >= self.next_sweep {
            self.next_sweep += ((now - self.next_sweep) / MINUTE + 1) * MINUTE;
            if !world.lacks(Without::Sweeper) && world.store.next_due().is_some_and(|due| due <= now + MINUTE)
            {
                starting.push(Start::Sweeper);
            }
        }
        if self.count("relay") < RELAYS
            && let Some(record) = world.stream.receive(now)
        {
            starting.push(Start::Relay(record));
        }
        if self.count("sender") < SENDERS && world.queue.has_visible(now) {
            starting.push(Start::Sender(receive(&mut world)));
        }
        if self.count("recorder") == 0
            && let Some(word) = world.provider.receive(now)
        {
            starting.push(Start::Recorder(word));
        }
        drop(world);
        for start in starting {
            let process = self.process(start);
            self.processes.push(process);
        }
    }

    fn count(&self, name: &str) -> usize {
        self.processes.iter().filter(|process| process.role.name() == name).count()
    }

    fn process(&self, start: Start) -> Process {
        let ports = self.ports.of_process();
        let (role, future): (_, Pin<Box<dyn Future<Output = ()>>>) = match start {
            Start::Client(wish) => (Role::Client(wish), Box::pin(processes::ask(ports, wish))),
            Start::Relay(record) => {
                (Role::Relay(record.clone()), Box::pin(processes::hand_on(ports, record)))
            }
            Start::Sweeper => (Role::Sweeper, Box::pin(processes::sweep(ports))),
            Start::Sender(messages) => (Role::Sender, Box::pin(processes::send(ports, messages))),
            Start::Recorder(word) => (Role::Recorder, Box::pin(processes::record(ports, word))),
        };
        let dies_at = self.ports.world().now + role.lives();
        Process { role, future, dies_at, sleeps_until: 0 }
    }

    /// Somebody acts, or dies, or time goes on.
    fn step(&mut self, awake: &[usize]) {
        let mut world = self.ports.world();
        let at = awake[world.dice.below(awake.len())];
        world.pass_time();
        let process = &mut self.processes[at];
        if let Some(seconds) = world.nap() {
            process.sleeps_until = world.now + seconds;
            return;
        }
        let may_outlive = !matches!(process.role, Role::Client(_));
        if world.is_killed(process.dies_at, may_outlive) {
            world.note("dies", process.role.name(), &());
            let Process { role, future, .. } = self.processes.swap_remove(at);
            drop(world);
            drop(future);
            self.bereave(role);
            return;
        }
        world.actor = process.role.name();
        drop(world);
        let mut context = Context::from_waker(Waker::noop());
        if matches!(process.future.as_mut().poll(&mut context), Poll::Ready(())) {
            drop(self.processes.swap_remove(at));
        }
    }

    /// What a dead process leaves to others.
    fn bereave(&self, role: Role) {
        let mut world = self.ports.world();
        let now = world.now;
        match role {
            Role::Client(wish) => world.ask_again(wish),
            Role::Relay(record) => world.stream.give_back(record, now),
            Role::Sweeper | Role::Sender | Role::Recorder => {}
        }
    }
}

/// A process about to start, and what it is given.
enum Start {
    Client(Wish),
    Relay(StreamRecord),
    Sweeper,
    Sender(Vec<(u64, MailId)>),
    Recorder(Word),
}

fn receive(world: &mut World) -> Vec<(u64, MailId)> {
    let mut messages = Vec::new();
    for _ in 0..world.dice.between(1, BATCH) {
        let again = !world.weather.is_over && world.dice.chance(50);
        let now = world.now;
        let received = world.queue.receive(now, again, &mut world.dice);
        if world.lacks(Without::Redelivery)
            && let Some((number, _)) = received
        {
            world.queue.delete(number);
        }
        messages.extend(received);
    }
    messages
}
