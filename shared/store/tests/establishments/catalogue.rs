//! The catalogue: who is in it, with which addresses, and the file that brings it.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::appointment::RdvEstablishment;
use serde_json::{Value, json};
use store::RdvEstablishments;
use testkit::{formation, jsonl, siret};
use usecases::ports::{ListRdvEstablishments, PortError};

use crate::ESTABLISHMENTS;
use crate::dice::Dice;
use crate::model::{Decided, Reach};
use crate::world::{State, World};

#[derive(Debug, Clone)]
pub(crate) struct Training {
    pub(crate) number: u32,
    pub(crate) email: String,
    pub(crate) at: [bool; 2],
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
        let live = self.trainings.iter().filter(|training| !state.bounced.contains(&training.email));
        let live: Vec<&Training> = live.collect();
        Reach {
            address: self.email.as_ref().is_some_and(|email| !state.bounced.contains(email)),
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
}
