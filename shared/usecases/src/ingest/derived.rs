//! What is derived from a feed of trainings, kept beside them by the same means: the trades of each diploma and
//! establishment, the trainings of each school, the schools that offers may be delegated to, and those that one may ask for
//! an appointment.

mod appointments;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::cfa::Cfa;
use domain::formation::Formation;
use domain::outline::Outline;
use domain::rome::RomeCode;
use domain::rows::RdvRow;
use domain::seal::ContactCipher;
use domain::siret::Siret;

use self::appointments::Appointments;
use super::hash::ContentHash;
use crate::ports::{
    Content, Derived, DerivedKey, FeedRef, Held, MAX_TRAININGS_JSON, RowWrite, SchoolRole, TradesOf,
    TrainingsOf,
};

/// What a file says, gathered training by training. It takes some 1,600 bytes for each, and 500 for
/// each CFA.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    trades: BTreeMap<TradesOf, BTreeSet<RomeCode>>,
    trainings: BTreeMap<TrainingsOf, Vec<Arc<Outline>>>,
    /// As JSON.
    cfas: BTreeMap<Siret, String>,
    appointments: Appointments,
}

/// What the derived items of a feed need: rows to write, rows to withdraw.
#[derive(Debug, Default)]
pub(crate) struct DerivedPlan {
    pub(crate) writes: Vec<RowWrite>,
    pub(crate) withdrawals: Vec<Held>,
    /// How many times a training found no room in the list of a school, or among those of an id.
    pub(crate) left_off: u64,
    /// The present, in seconds since 1970.
    now: u32,
}

impl Gathered {
    /// Takes a training into account.
    pub(crate) fn add(&mut self, formation: &Formation) {
        let (trainer, manager) = (&formation.trainer, &formation.manager);
        let diplomas = formation.rncp.iter().cloned().map(TradesOf::Rncp);
        let diplomas = diplomas.chain(formation.cfd.iter().copied().map(TradesOf::Cfd));
        let diplomas = diplomas.chain(formation.mefs.iter().copied().map(TradesOf::Mef));
        let schools = [&trainer.siret, &manager.siret].into_iter().flatten().cloned();
        for of in diplomas.chain(schools.map(TradesOf::Establishment)) {
            self.trades.entry(of).or_default().extend(formation.romes.iter());
        }
        let outline = Arc::new(Outline::from(formation));
        for role in SchoolRole::ALL {
            let uai = match role {
                SchoolRole::Lieu => formation.uai,
                SchoolRole::Formateur => trainer.uai,
                SchoolRole::Responsable => manager.uai,
            };
            if let Some(uai) = uai {
                self.trainings.entry(TrainingsOf { role, uai }).or_default().push(Arc::clone(&outline));
            }
        }
    }

    /// Takes what a training tells besides into account.
    pub(crate) fn add_told(&mut self, cfa: Option<&Cfa>, rdv: RdvRow) -> Result<(), serde_json::Error> {
        if let Some(cfa) = cfa {
            self.add_cfa(cfa)?;
        }
        self.appointments.add(rdv)
    }

    /// A trainer may have several managers, each with an address: the one that sorts first is kept, since the order of a
    /// file says nothing.
    fn add_cfa(&mut self, cfa: &Cfa) -> Result<(), serde_json::Error> {
        let json = serde_json::to_string(cfa)?;
        match self.cfas.get_mut(&cfa.siret) {
            Some(kept) if *kept <= json => {}
            Some(kept) => *kept = json,
            None => drop(self.cfas.insert(cfa.siret.clone(), json)),
        }
        Ok(())
    }

    /// Compares with what the index holds of the feed.
    pub(crate) fn plan(
        self,
        feed: &FeedRef,
        held: Vec<Held>,
        cipher: &ContactCipher,
        now: u32,
    ) -> Result<DerivedPlan, serde_json::Error> {
        let mut held: BTreeMap<String, Held> = held.into_iter().map(|held| (held.id.clone(), held)).collect();
        let mut plan = DerivedPlan { now, ..DerivedPlan::default() };
        for (of, romes) in self.trades {
            let romes: Vec<RomeCode> = romes.into_iter().collect();
            let hash = ContentHash::of_trades(&romes);
            let seen = held.remove(&DerivedKey::Trades(of.clone()).to_string());
            plan.put(feed, Derived::Trades(of, romes), hash, seen);
        }
        for (of, trainings) in self.trainings {
            let (json, left_off) = listed(trainings)?;
            plan.left_off += left_off;
            let hash = ContentHash::of_text(&json);
            let seen = held.remove(&DerivedKey::Trainings(of).to_string());
            plan.put(feed, Derived::Trainings(of, json.into_bytes()), hash, seen);
        }
        for (siret, json) in self.cfas {
            let hash = ContentHash::of_text(&json);
            let seen = held.remove(&DerivedKey::Cfa(siret.clone()).to_string());
            plan.put(feed, Derived::Cfa(siret, json), hash, seen);
        }
        let (appointments, left_off) = self.appointments.derive(cipher)?;
        plan.left_off += left_off;
        for (derived, hash) in appointments {
            let seen = held.remove(&derived.key().to_string());
            plan.put(feed, derived, hash, seen);
        }
        plan.withdrawals = held.into_values().collect();
        Ok(plan)
    }
}

impl DerivedPlan {
    /// Plans to write an item, unless the index holds the very same.
    fn put(&mut self, feed: &FeedRef, derived: Derived, hash: ContentHash, seen: Option<Held>) {
        if seen.as_ref().is_none_or(|seen| seen.hash != hash) {
            let id = derived.key().to_string();
            let content = Content::Derived(derived);
            self.writes.push(RowWrite { feed: feed.clone(), id, hash, content, seen, now: self.now });
        }
    }
}

/// The JSON of a list, in an order that the file's has no part in, as long as an item may be; and how many
/// trainings were left off.
fn listed(mut trainings: Vec<Arc<Outline>>) -> Result<(String, u64), serde_json::Error> {
    trainings.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    let mut json = String::from("[");
    let mut left_off = 0;
    for training in &trainings {
        let one = serde_json::to_string(&**training)?;
        if json.len() + one.len() + 2 > MAX_TRAININGS_JSON {
            left_off += 1;
            continue;
        }
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&one);
    }
    json.push(']');
    Ok((json, left_off))
}
