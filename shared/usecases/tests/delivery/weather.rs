//! What goes wrong in a run, and how often it did.

use usecases::ports::MailState;

use crate::clients::address;
use crate::dice::Dice;
use crate::world::{START, World};

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// It fails, and has no effect.
    Before,
    /// It has its effect, and the answer is lost.
    After,
    /// Its caller gives it up, and it has its effect later.
    Late,
    /// The answer is lost, the client of the store tries again, and that one is answered.
    Twice,
}

/// How bad a run is, in thousandths.
pub(crate) struct Weather {
    pub(crate) call: [u32; 4],
    pub(crate) kill: u32,
    /// Whether processes outlive the leases they hold.
    pub(crate) outlive: bool,
    /// When all that ends.
    pub(crate) until: u32,
    pub(crate) is_over: bool,
}

/// How often a thing happened: what never does is not tested.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) before: u32,
    pub(crate) after: u32,
    pub(crate) late: u32,
    pub(crate) twice: u32,
    pub(crate) killed: u32,
    pub(crate) timed_out: u32,
    pub(crate) dead_letters: u32,
    pub(crate) lost_records: u32,
    pub(crate) replays: u32,
    pub(crate) refused_keys: u32,
    pub(crate) suppressed: u32,
    pub(crate) sent: u32,
    pub(crate) unknown: u32,
    pub(crate) doubled: u32,
    /// Left as unknown, though the provider never had them.
    pub(crate) left_unsent: u32,
    pub(crate) steps: u32,
}

impl Weather {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let badness = dice.between(0, 3);
        let mut call = [0; 4];
        for share in &mut call {
            *share = badness * dice.between(0, 25);
        }
        Self {
            call,
            kill: badness * dice.between(0, 12),
            outlive: dice.chance(200),
            until: START + dice.between(180, 1_500),
            is_over: false,
        }
    }
}

impl World {
    /// What happens to the next call.
    pub(crate) fn fault(&mut self) -> Fault {
        if self.weather.is_over {
            return Fault::None;
        }
        let mut roll = self.dice.between(0, 999);
        let faults = [Fault::Before, Fault::After, Fault::Late, Fault::Twice];
        for (fault, share) in faults.into_iter().zip(self.weather.call) {
            if roll < share {
                let count = match fault {
                    Fault::Before | Fault::None => &mut self.counts.before,
                    Fault::After => &mut self.counts.after,
                    Fault::Late => &mut self.counts.late,
                    Fault::Twice => &mut self.counts.twice,
                };
                *count += 1;
                return fault;
            }
            roll -= share;
        }
        Fault::None
    }

    pub(crate) fn pass_time(&mut self) {
        if self.weather.is_over {
            self.now += u32::from(self.dice.chance(20));
            return;
        }
        if self.dice.chance(100) {
            self.now += self.dice.between(1, 3);
        }
        if self.dice.chance(3) {
            // Every process stalls; what is under way does not.
            let until = self.now + self.dice.between(5, 120);
            self.now = self.under_way.iter().map(|(at, _)| *at).fold(until, u32::min).max(self.now);
        }
        if self.dice.chance(4) {
            let stops = address(self.dice.below(3));
            self.unsubscribe(&stops);
        }
        if self.dice.chance(2) {
            self.paused_until = self.now + self.dice.between(1, 300);
        }
    }

    /// How long a process does nothing from now on, in seconds; where processes outlive their leases, for longer than
    /// those last.
    pub(crate) fn nap(&mut self) -> Option<u32> {
        let longest = if self.weather.outlive { 300 } else { 30 };
        (!self.weather.is_over && self.dice.chance(20)).then(|| self.dice.between(0, longest))
    }

    /// Whether a process runs out of time, or its machine dies.
    pub(crate) fn is_killed(&mut self, dies_at: u32, may_outlive: bool) -> bool {
        let timed_out = self.now >= dies_at && !(may_outlive && self.weather.outlive);
        let killed = !timed_out && !self.weather.is_over && {
            let share = self.weather.kill;
            self.dice.chance(share)
        };
        self.counts.timed_out += u32::from(timed_out);
        self.counts.killed += u32::from(killed);
        timed_out || killed
    }

    pub(crate) fn tally(&mut self) {
        self.counts.dead_letters = self.queue.dead;
        self.counts.sent = self.provider.accepted.len() as u32;
        let mails = self.store.mails.values().map(|mail| &mail.entry);
        self.counts.unknown = mails.clone().map(|mail| mail.unknowns).sum();
        let left = mails.filter(|mail| matches!(mail.state, MailState::Unknown { .. }));
        self.counts.left_unsent =
            left.filter(|mail| self.provider.accepted(&mail.id).next().is_none()).count() as u32;
    }
}
