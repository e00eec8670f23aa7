//! The queue of mails, at least once, and the stream of what was committed.

use domain::mail::MailId;
use usecases::ports::Owed;

use crate::dice::Dice;

/// How long a received message is hidden, in seconds: six times what its receiver may take.
const HIDDEN: u32 = 180;
/// How often a message is received before it is put aside.
const RECEPTIONS: u32 = 5;
/// How often a record of the stream is tried.
const TRIES: u32 = 3;

struct Message {
    number: u64,
    mail: MailId,
    receptions: u32,
    visible_at: u32,
}

#[derive(Default)]
pub(crate) struct Queue {
    messages: Vec<Message>,
    numbers: u64,
    pub(crate) dead: u32,
}

impl Queue {
    pub(crate) fn send(&mut self, mail: &MailId, visible_at: u32) {
        self.numbers += 1;
        let message = Message { number: self.numbers, mail: mail.clone(), receptions: 0, visible_at };
        self.messages.push(message);
    }

    pub(crate) fn has_visible(&self, now: u32) -> bool {
        self.messages.iter().any(|message| message.visible_at <= now)
    }

    /// Any message that is visible, which `again` leaves visible to the next.
    pub(crate) fn receive(&mut self, now: u32, again: bool, dice: &mut Dice) -> Option<(u64, MailId)> {
        let dead = self.messages.iter().filter(|message| message.receptions >= RECEPTIONS).count();
        self.dead += dead as u32;
        self.messages.retain(|message| message.receptions < RECEPTIONS);
        let visible: Vec<&mut Message> =
            self.messages.iter_mut().filter(|message| message.visible_at <= now).collect();
        let at = dice.below(visible.len().max(1));
        let message = visible.into_iter().nth(at)?;
        message.receptions += 1;
        message.visible_at = if again { now } else { now + HIDDEN };
        Some((message.number, message.mail.clone()))
    }

    pub(crate) fn delete(&mut self, number: u64) {
        self.messages.retain(|message| message.number != number);
    }

    pub(crate) fn next_visible(&self) -> Option<u32> {
        self.messages.iter().map(|message| message.visible_at).min()
    }
}

/// What the stream makes of what it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamMode {
    Alive,
    /// Records are lost, whole or in part, or late.
    Lossy,
    Dead,
}

/// What one write owes.
#[derive(Debug, Clone)]
pub(crate) struct StreamRecord {
    pub(crate) owed: Vec<Owed>,
    tries: u32,
}

pub(crate) struct Stream {
    mode: StreamMode,
    records: Vec<(u32, StreamRecord)>,
}

impl Stream {
    pub(crate) fn new(mode: StreamMode) -> Self {
        Self { mode, records: Vec::new() }
    }

    /// How many records were lost.
    pub(crate) fn tell(&mut self, mut owed: Vec<Owed>, now: u32, dice: &mut Dice) -> u32 {
        let lossy = self.mode == StreamMode::Lossy;
        if self.mode == StreamMode::Dead || (lossy && dice.chance(400)) {
            return 1;
        }
        if lossy && dice.chance(200) {
            owed.swap_remove(dice.below(owed.len()));
        }
        for _ in 0..=u32::from(dice.chance(150)) {
            let at = now + if lossy { dice.between(0, 300) } else { dice.between(0, 3) };
            self.records.push((at, StreamRecord { owed: owed.clone(), tries: 0 }));
        }
        0
    }

    pub(crate) fn receive(&mut self, now: u32) -> Option<StreamRecord> {
        let at = self.records.iter().position(|(at, _)| *at <= now)?;
        Some(self.records.swap_remove(at).1)
    }

    /// What was not handed on comes again, for a while.
    pub(crate) fn give_back(&mut self, record: StreamRecord, now: u32) {
        let record = StreamRecord { tries: record.tries + 1, ..record };
        if record.tries < TRIES && !record.owed.is_empty() {
            self.records.push((now + 1, record));
        }
    }

    pub(crate) fn next_at(&self) -> Option<u32> {
        self.records.iter().map(|(at, _)| *at).min()
    }
}
