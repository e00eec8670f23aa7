//! Who asks: requests, some of them sent by several clients at once, and again until they are answered.

use domain::email::Email;
use domain::mail::Template;
use usecases::once::{Answered, OnceError};

use crate::check::Violation;
use crate::dice::Dice;
use crate::world::{START, World};

/// One request, however often it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) key: Option<String>,
    pub(crate) body: String,
    pub(crate) to: Email,
    pub(crate) template: Template,
}

/// One client's wish for an answer to a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) request: usize,
    tries: u32,
}

/// An answer that a client heard.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) request: usize,
    /// What the answer says was created.
    pub(crate) cause: String,
}

/// Why a write was not done.
#[derive(Debug)]
pub(crate) enum NotDone {
    Refused,
    Failed,
}

pub(crate) struct Clients {
    pub(crate) requests: Vec<Request>,
    pub(crate) heard: Vec<Heard>,
    waiting: Vec<(u32, Wish)>,
}

pub(crate) fn address(number: usize) -> Email {
    format!("rh{number}@exemple.fr").parse().unwrap()
}

impl Clients {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let mut clients = Self { requests: Vec::new(), heard: Vec::new(), waiting: Vec::new() };
        for number in 0..dice.between(2, 5) as usize {
            let key = dice.chance(650).then(|| format!("key-{number}"));
            // Now and then the key of the request before, for another body.
            let reused =
                clients.requests.last().and_then(|last| last.key.clone()).filter(|_| dice.chance(100));
            clients.requests.push(Request {
                key: reused.or(key),
                body: format!("offer {number}"),
                to: address(dice.below(3)),
                template: Template::ALL[dice.below(Template::ALL.len())],
            });
            let at = START + dice.between(0, 240);
            for _ in 0..dice.between(1, 3) {
                let wish = Wish { request: number, tries: 0 };
                clients.waiting.push((at + dice.between(0, 20), wish));
            }
        }
        clients
    }

    pub(crate) fn next_at(&self) -> Option<u32> {
        self.waiting.iter().map(|(at, _)| *at).min()
    }

    pub(crate) fn next(&mut self, now: u32) -> Option<Wish> {
        let at = self.waiting.iter().position(|(at, _)| *at <= now)?;
        Some(self.waiting.swap_remove(at).1)
    }
}

impl World {
    /// Nobody answered, or nobody could: most clients ask again, and whoever asks when all is calm has patience.
    pub(crate) fn ask_again(&mut self, wish: Wish) {
        if self.weather.is_over || self.dice.chance(850) {
            let at = self.now + self.dice.between(1, 20);
            self.clients.waiting.push((at, Wish { tries: wish.tries + 1, ..wish }));
        }
    }

    pub(crate) fn hear(&mut self, wish: Wish, answer: Result<Answered, OnceError<NotDone>>) {
        match answer {
            Ok(answered) => {
                self.counts.replays += u32::from(answered.replayed);
                self.clients.heard.push(Heard { request: wish.request, cause: answered.answer.body });
            }
            Err(OnceError::OtherBody) => {
                self.counts.refused_keys += 1;
                let key = &self.clients.requests[wish.request].key;
                if self.clients.requests.iter().filter(|request| request.key == *key).count() < 2 {
                    self.violations.push(Violation::i1("a key that was used once was refused".to_owned()));
                }
            }
            Err(OnceError::Work(NotDone::Refused)) => {}
            Err(OnceError::Running { .. } | OnceError::Work(NotDone::Failed) | OnceError::Failed(_)) => {
                self.ask_again(wish);
            }
        }
    }
}
