//! The catalogue: who is in it, with which addresses, and the file that brings it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::appointment::{Decision, RdvEstablishment};
use domain::email::Email;
use domain::mail::address_hash;
use serde_json::{Value, json};
use store::RdvEstablishments;
use testkit::{formation, jsonl, siret};
use usecases::ports::{ListRdvEstablishments, PortError, PutDecision as _};

use crate::ESTABLISHMENTS;
use crate::dice::Dice;
use crate::model::{Decided, Reach};
use crate::world::{State, World};

#[derive(Debug, Clone)]
pub(crate) struct Training {
    pub(crate) number: u32,
    pub(crate) email: String,
    pub(crate) at: [bool; 2],
    /// What was decided of it alone: another address, and that it is closed.
    pub(crate) by_hand: Option<String>,
    pub(crate) is_closed: bool,
}

impl Training {
    /// Where requests about it go.
    pub(crate) fn written_to(&self) -> Option<&String> {
        (!self.is_closed).then(|| self.by_hand.as_ref().unwrap_or(&self.email))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Establishment {
    pub(crate) siret: String,
    /// Whether the catalogue has it.
    pub(crate) is_there: bool,
    pub(crate) email: Option<String>,
    pub(crate) trainings: Vec<Training>,
    pub(crate) decided: Decided,
}

impl Establishment {
    pub(crate) fn invented(number: usize, dice: &mut Dice) -> Self {
        let trainings = (0..=dice.below(2)).map(|training| Training {
            number: (30_000 + number * 2 + training) as u32,
            email: format!("rdv{number}.{training}@exemple.invalid"),
            at: [dice.chance(500), dice.chance(400)],
            by_hand: None,
            is_closed: false,
        });
        Self {
            trainings: trainings.collect(),
            siret: siret(20_000 + number as u32),
            is_there: dice.chance(900),
            email: dice.chance(930).then(|| format!("siege{number}@exemple.invalid")),
            decided: Decided::default(),
        }
    }

    /// What it has, but for what goes to addresses that are written to no more.
    pub(crate) fn reach(&self, state: &State) -> Reach {
        let is_live =
            |training: &&Training| training.written_to().is_some_and(|email| !state.bounced.contains(email));
        let live: Vec<&Training> = self.trainings.iter().filter(is_live).collect();
        Reach {
            address: self
                .email
                .as_ref()
                .filter(|email| !state.bounced.contains(*email))
                .map(|email| number(&hash(email))),
            wants_all: self.email.as_ref().is_some_and(|email| !state.is_stopped(email)),
            trainings: live.len() as u32,
            at: [0, 1].map(|which| live.iter().filter(|training| training.at[which]).count() as u32),
        }
    }

    fn rows(&self) -> impl Iterator<Item = Value> {
        self.trainings.iter().map(|training| {
            let mut row = formation(training.number);
            row["email"] = json!(training.email);
            row["etablissement_gestionnaire_siret"] = json!(self.siret);
            row["etablissement_gestionnaire_courriel"] = json!(self.email);
            row["parcoursup_id"] = json!(training.at[0].then(|| format!("p{}", training.number)));
            row["affelnet_statut"] = json!(training.at[1].then_some("publié"));
            row
        })
    }
}

/// The list as the real adapter reads it, once after each import: nothing else changes it, and unpacking it is most of what
/// an idle morning does.
pub(crate) struct Listed {
    pub(crate) real: RdvEstablishments,
    pub(crate) known: Mutex<HashMap<u8, Vec<RdvEstablishment>>>,
}

#[async_trait]
impl ListRdvEstablishments for Listed {
    async fn list_rdv_establishments(&self, shard: u8) -> Result<Vec<RdvEstablishment>, PortError> {
        if let Some(known) = self.known.lock().unwrap().get(&shard) {
            return Ok(known.clone());
        }
        let listed = self.real.list_rdv_establishments(shard).await?;
        self.known.lock().unwrap().insert(shard, listed.clone());
        Ok(listed)
    }
}

impl World {
    /// A new file of the catalogue, in which a few establishments came, went, or have another address.
    pub(crate) async fn catalogue_changes(&mut self, is_first: bool) {
        for _ in 0..if is_first { 0 } else { 1 + self.dice.below(9) } {
            let number = self.dice.below(ESTABLISHMENTS);
            let stopped = self.state.establishments[number].email.as_ref();
            let stopped = stopped.is_some_and(|email| self.state.is_stopped(email));
            let change = self.dice.below(10);
            let one = &mut self.state.establishments[number];
            match change {
                0..3 => one.is_there = !one.is_there,
                3 if !stopped => one.email = None,
                _ => {
                    self.state.addresses += 1;
                    one.email = Some(format!("siege{number}.{}@exemple.invalid", self.state.addresses));
                }
            }
        }
        let rows: Vec<Value> = self
            .state
            .establishments
            .iter()
            .filter(|one| one.is_there)
            .flat_map(Establishment::rows)
            .collect();
        let report = self.import.load("formations/main/list.jsonl", jsonl(&rows)).await;
        assert_eq!(report.kept as usize, rows.len(), "{report:?}");
        self.listed.known.lock().unwrap().clear();
        self.report.note("catalogue");
    }
    /// Of a training alone it is decided that it is closed, that requests go elsewhere, or neither any more.
    pub(crate) async fn decide_of_a_training(&mut self) {
        let one = self.dice.below(self.state.establishments.len());
        let which = self.dice.below(self.state.establishments[one].trainings.len());
        let (is_elsewhere, is_closed) = (self.dice.chance(600), self.dice.chance(300));
        self.state.addresses += 1;
        let training = &mut self.state.establishments[one].trainings[which];
        let number = training.number;
        training.by_hand = is_elsewhere.then(|| format!("choisie{}@exemple.invalid", self.state.addresses));
        training.is_closed = is_closed;
        let id = formation(number)["cle_ministere_educatif"].as_str().unwrap().to_owned();
        let sealed = |email: &String| {
            let email: Email = email.parse().unwrap();
            (self.cipher.seal(&email, &id), address_hash(&email))
        };
        let decision = Decision { email: training.by_hand.as_ref().map(sealed), is_closed };
        self.trainings.put_decision(&id, &decision).await.unwrap();
        self.report.note("decided of a training");
    }
}

fn hash(email: &str) -> String {
    address_hash(&email.parse::<Email>().unwrap())
}

/// The hash of an address as a number, which is copied as the rest of a model is.
pub(crate) fn number(hash: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash.hash(&mut hasher);
    hasher.finish()
}
