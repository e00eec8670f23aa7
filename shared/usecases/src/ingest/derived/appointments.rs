//! The trainings of a file that one may ask about, and the establishments that answer for them.
//!
//! Where requests go may depend on the whole file: a training without an address has the one that most trainings of the
//! establishment that teaches it have (contract 3.3). So it is all gathered first.

use std::collections::BTreeMap;

use domain::appointment::training::ManagedTraining;
use domain::appointment::{CatalogueId, RdvEstablishment, RdvTraining};
use domain::email::Email;
use domain::mail::address_hash;
use domain::rows::RdvRow;
use domain::seal::ContactCipher;
use domain::siret::Siret;

use crate::ingest::ContentHash;
use crate::ports::{Derived, MAX_TRAININGS_JSON, MAX_TRAININGS_OF_ID};

/// What a file says, gathered training by training. It takes some 1,100 bytes for each.
#[derive(Debug, Default)]
pub(crate) struct Appointments {
    /// Trainings with an address of their own, as JSON, with their id.
    addressed: Vec<(String, String)>,
    /// Trainings that have none yet.
    unaddressed: Vec<RdvTraining>,
    /// The addresses of the trainings of each establishment that teaches.
    trainers: BTreeMap<Siret, Votes>,
    managers: BTreeMap<Siret, Manager>,
    /// Of the trainings that have an id, the first by their clés, sorted: the order of a file says nothing.
    ids: BTreeMap<CatalogueId, Vec<String>>,
    /// How many trainings were no longer among the first of an id.
    crowded_out: u64,
}

/// How often each address occurs.
#[derive(Debug, Default)]
struct Votes(BTreeMap<Email, u32>);

#[derive(Debug, Default)]
struct Manager {
    /// Of several, the one that sorts first.
    name: Option<String>,
    emails: Votes,
    trainings: Vec<ManagedTraining>,
}

impl Votes {
    fn add(&mut self, email: Email) {
        *self.0.entry(email).or_default() += 1;
    }

    /// The most frequent address; of several, the one that sorts first.
    fn most(&self) -> Option<&Email> {
        let mut most: Option<(&Email, u32)> = None;
        for (email, count) in &self.0 {
            if most.is_none_or(|(_, best)| *count > best) {
                most = Some((email, *count));
            }
        }
        most.map(|(email, _)| email)
    }
}

impl Appointments {
    /// Takes a training into account.
    pub(crate) fn add(&mut self, row: RdvRow) -> Result<(), serde_json::Error> {
        let RdvRow { training, email, ids, manager_name, manager_email } = row;
        for id in ids {
            // Nearly always it is the only one.
            let trainings = self.ids.entry(id).or_insert_with(|| Vec::with_capacity(1));
            if let Err(place) = trainings.binary_search(&training.id) {
                trainings.insert(place, training.id.clone());
            }
            if trainings.len() > MAX_TRAININGS_OF_ID {
                trainings.truncate(MAX_TRAININGS_OF_ID);
                self.crowded_out += 1;
            }
        }
        if let Some(siret) = &training.manager {
            let manager = self.managers.entry(siret.clone()).or_default();
            if let Some(name) = manager_name
                && manager.name.as_ref().is_none_or(|known| name < *known)
            {
                manager.name = Some(name);
            }
            if let Some(email) = manager_email {
                manager.emails.add(email);
            }
        }
        let Some(email) = email else {
            self.unaddressed.push(training);
            return Ok(());
        };
        if let Some(trainer) = &training.trainer {
            self.trainers.entry(trainer.clone()).or_default().add(email);
        }
        self.keep(training)
    }

    fn keep(&mut self, training: RdvTraining) -> Result<(), serde_json::Error> {
        let json = serde_json::to_string(&training)?;
        let RdvTraining { id, parcoursup_id, is_affelnet, email, .. } = training;
        self.addressed.push((id.clone(), json));
        if let Some(siret) = training.manager {
            let address_hash = email.map(|(_, hash)| hash);
            let managed = ManagedTraining { id, parcoursup_id, is_affelnet, address_hash };
            self.managers.entry(siret).or_default().trainings.push(managed);
        }
        Ok(())
    }

    /// The items that it makes, and how often a training found no room: in the list of its establishment, or among those
    /// of an id.
    pub(crate) fn derive(
        mut self,
        cipher: &ContactCipher,
    ) -> Result<(Vec<(Derived, ContentHash)>, u64), serde_json::Error> {
        for mut training in std::mem::take(&mut self.unaddressed) {
            let trainer = training.trainer.as_ref().and_then(|siret| self.trainers.get(siret));
            if let Some(email) = trainer.and_then(Votes::most) {
                training.send_to(email, cipher);
            }
            self.keep(training)?;
        }
        let mut items = Vec::with_capacity(self.addressed.len() + self.ids.len() + self.managers.len());
        for (id, json) in self.addressed {
            let hash = ContentHash::of_text(&json);
            items.push((Derived::RdvTraining(id, json), hash));
        }
        for (id, trainings) in self.ids {
            let hash = ContentHash::of_text(&trainings.join(" "));
            items.push((Derived::RdvId(id, trainings), hash));
        }
        let mut left_off = self.crowded_out;
        for (siret, manager) in self.managers {
            let (json, without) = manager.listed(siret.clone(), cipher)?;
            left_off += without;
            let hash = ContentHash::of_text(&json);
            items.push((Derived::RdvEstablishment(siret, json), hash));
        }
        Ok((items, left_off))
    }
}

impl Manager {
    /// The JSON of the establishment, as long as an item may be, and how many trainings were left off.
    fn listed(mut self, siret: Siret, cipher: &ContactCipher) -> Result<(String, u64), serde_json::Error> {
        self.trainings.sort_unstable();
        let name = self.name.unwrap_or_else(|| siret.as_str().to_owned());
        let email = self.emails.most().map(|email| (cipher.seal(email, siret.as_str()), address_hash(email)));
        let mut establishment = RdvEstablishment { siret, name, email, trainings: Vec::new() };
        let mut length = serde_json::to_string(&establishment)?.len();
        let all = self.trainings.len();
        for training in self.trainings {
            length += serde_json::to_string(&training)?.len() + 1;
            if length > MAX_TRAININGS_JSON {
                break;
            }
            establishment.trainings.push(training);
        }
        let left_off = all - establishment.trainings.len();
        Ok((serde_json::to_string(&establishment)?, u64::try_from(left_off).unwrap_or(u64::MAX)))
    }
}
