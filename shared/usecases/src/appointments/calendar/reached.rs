//! What an establishment has whose address takes mails, by the catalogue and by what was decided of its trainings alone.

use std::collections::HashMap;

use domain::appointment::calendar::Has;
use domain::appointment::{Decision, Premium, RdvEstablishment};

use crate::ports::Barred;

/// What an establishment has whose address takes mails, such as nobody can stop where nothing else is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached<'a> {
    /// The hash of its own one.
    address: Option<&'a str>,
    /// Its own one, with mails that one may stop.
    stoppable: bool,
    /// How many trainings.
    pub(super) trainings: u32,
    /// Of them, those at Parcoursup.
    parcoursup: u32,
    /// Of them, those at Affelnet.
    affelnet: u32,
}

impl<'a> Reached<'a> {
    pub(super) fn of(
        establishment: &'a RdvEstablishment,
        decisions: &HashMap<String, Decision>,
        barred: &HashMap<String, Barred>,
    ) -> Self {
        let is_live = |hash: &str| barred.get(hash) != Some(&Barred::All);
        let own = own(establishment);
        let mut reached = Self {
            address: own.filter(|hash| is_live(hash)),
            stoppable: own.is_some_and(|hash| !barred.contains_key(hash)),
            trainings: 0,
            parcoursup: 0,
            affelnet: 0,
        };
        for training in &establishment.trainings {
            if training.written_to(decisions.get(&training.id)).is_some_and(is_live) {
                reached.trainings += 1;
                reached.parcoursup += u32::from(training.parcoursup_id.is_some());
                reached.affelnet += u32::from(training.is_affelnet);
            }
        }
        reached
    }

    /// What it has at best: an address may have been set by hand for any of its trainings.
    pub(super) fn hoped(establishment: &'a RdvEstablishment) -> Has<'a> {
        let trainings = &establishment.trainings;
        Has {
            address: own(establishment),
            stoppable: establishment.email.is_some(),
            training: !trainings.is_empty(),
            parcoursup: trainings.iter().any(|training| training.parcoursup_id.is_some()),
            affelnet: trainings.iter().any(|training| training.is_affelnet),
        }
    }

    pub(super) const fn has(self) -> Has<'a> {
        Has {
            address: self.address,
            stoppable: self.stoppable,
            training: self.trainings > 0,
            parcoursup: self.parcoursup > 0,
            affelnet: self.affelnet > 0,
        }
    }

    pub(super) const fn at(self, premium: Premium) -> u32 {
        match premium {
            Premium::Parcoursup => self.parcoursup,
            Premium::Affelnet => self.affelnet,
        }
    }
}

/// The hash of its own address.
fn own(establishment: &RdvEstablishment) -> Option<&str> {
    establishment.email.as_ref().map(|(_, hash)| hash.as_str())
}

/// Of its own address, and of those where requests about its trainings go.
pub(super) fn hashes<'a>(
    establishment: &'a RdvEstablishment,
    decisions: &'a HashMap<String, Decision>,
) -> impl Iterator<Item = &'a str> {
    let written_to = establishment.trainings.iter().map(|one| one.written_to(decisions.get(&one.id)));
    own(establishment).into_iter().chain(written_to.flatten())
}
