//! The provider of mails: what it accepts it never forgets, which is how the runs are judged.

use domain::event::BounceReason;
use domain::mail::{MailId, WhenUnknown};
use usecases::mail_events::{Fate, MailEvent};
use usecases::ports::{ComposedMail, MailState};

use crate::check::Violation;
use crate::dice::Dice;
use crate::world::World;

/// How soon it often tells, in seconds: while the mail is still being handed over.
const AT_ONCE: u32 = 5;
/// How late it tells at the latest, in seconds.
const LATE: u32 = 1_800;
/// When a word that was not recorded comes again, in seconds.
const AGAIN: u32 = 30;
/// How often a word comes before it is lost.
const TRIES: u32 = 5;

/// What it does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Accept,
    /// It accepts, and the answer is lost.
    AcceptUnheard,
    /// The request is given up by whoever made it, and accepted later.
    AcceptLater,
    /// It never hears of it, and nobody can know.
    Drop,
    Throttle,
    OutOfReach,
    Refuse,
}

/// A word on its way to us.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    number: usize,
    pub(crate) event: MailEvent,
    tries: u32,
}

pub(crate) struct Provider {
    /// Each mail it accepted, and when.
    pub(crate) accepted: Vec<(MailId, u32)>,
    words: Vec<(u32, Word)>,
    told: usize,
    /// How many mails it tells of, in thousandths.
    tells: u32,
    /// How often it does not simply accept, in thousandths.
    trouble: u32,
}

impl Provider {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let (tells, trouble) = (dice.between(200, 1_000), dice.between(0, 500));
        Self { accepted: Vec::new(), words: Vec::new(), told: 0, tells, trouble }
    }

    fn script(&self, calm: bool, dice: &mut Dice) -> Script {
        if calm || !dice.chance(self.trouble) {
            return if dice.chance(20) { Script::Refuse } else { Script::Accept };
        }
        match dice.below(10) {
            0 | 1 => Script::AcceptUnheard,
            2 | 3 => Script::AcceptLater,
            4 | 5 => Script::Drop,
            6 | 7 => Script::Throttle,
            8 => Script::OutOfReach,
            _ => Script::Refuse,
        }
    }

    fn tell(&mut self, at: u32, event: MailEvent) {
        self.told += 1;
        self.words.push((at, Word { number: self.told, event, tries: 0 }));
    }

    /// A word to record. It comes again unless it is.
    pub(crate) fn receive(&mut self, now: u32) -> Option<Word> {
        self.words.retain(|(_, word)| word.tries < TRIES);
        let (due, word) = self.words.iter_mut().find(|(at, _)| *at <= now)?;
        *due = now + AGAIN;
        word.tries += 1;
        Some(word.clone())
    }

    /// When it accepted a mail, each time.
    pub(crate) fn accepted(&self, id: &MailId) -> impl Iterator<Item = u32> {
        self.accepted.iter().filter(move |(accepted, _)| accepted == id).map(|(_, at)| *at)
    }

    pub(crate) fn recorded(&mut self, word: &Word) {
        self.words.retain(|(_, known)| known.number != word.number);
    }

    pub(crate) fn next_word(&self) -> Option<u32> {
        self.words.iter().map(|(at, _)| *at).min()
    }
}

impl World {
    /// Whoever hands a mail over must hold it, unless it outlived its lease. The provider may have told of it already.
    pub(crate) fn hand_over(&mut self, mail: &ComposedMail) -> Script {
        let script = self.provider.script(self.weather.is_over, &mut self.dice);
        self.note("hand over", mail.id.as_str(), &script);
        let state = self.store.mails.get(&mail.id).map(|mail| mail.entry.state);
        let held = matches!(state, Some(MailState::Sending { .. } | MailState::Sent));
        if !held && !self.weather.outlive {
            self.violations.push(Violation::i4(&mail.id, "was handed over by one who did not hold it"));
        }
        script
    }

    /// I3 and I4 are looked at here, against the ledger as it stands.
    pub(crate) fn accept(&mut self, mail: &ComposedMail) -> String {
        let before = self.provider.accepted(&mail.id).count();
        match self.store.mails.get(&mail.id) {
            Some(known) if self.store.entities.iter().any(|entity| entity.cause == known.cause) => {
                let may_be_second =
                    known.entry.unknowns > 0 && mail.template.when_unknown() == WhenUnknown::SendOnceMore;
                if before > 1 || (before == 1 && !may_be_second) {
                    self.violations.push(Violation::i4(&mail.id, "was accepted once more than it may be"));
                }
            }
            _ => self.violations.push(Violation::i3(&mail.id)),
        }
        self.counts.doubled += u32::from(before > 0);
        self.provider.accepted.push((mail.id.clone(), self.now));
        self.note("accept", mail.id.as_str(), &before);
        let provider_id = format!("p{}", self.provider.accepted.len());
        self.tell_of(mail, &provider_id);
        provider_id
    }

    /// Its words come late, twice, in any order or not at all.
    fn tell_of(&mut self, mail: &ComposedMail, provider_id: &str) {
        let latest = if self.dice.chance(400) { AT_ONCE } else { LATE };
        let fates = [
            (1_000, Fate::Taken),
            (60, Fate::Returned(BounceReason::HardBounce)),
            (40, Fate::Returned(BounceReason::Complaint)),
            (100, Fate::Other),
        ];
        for (share, fate) in fates {
            if !self.dice.chance(self.provider.tells) || !self.dice.chance(share) {
                continue;
            }
            for _ in 0..=u32::from(self.dice.chance(200)) {
                let at = self.now + self.dice.between(0, latest);
                let mail_id = (fate == Fate::Taken || self.dice.chance(900)).then(|| mail.id.clone());
                let (provider_id, addresses) = (provider_id.to_owned(), vec![mail.to.clone()]);
                self.provider.tell(at, MailEvent { mail_id, provider_id, addresses, fate });
            }
        }
    }
}
