//! What is due to establishments today: each is told once, and noted as told by the same write (contract 3.3).
//!
//! What is due is decided by [`domain::appointment::calendar`] from what was done of an establishment, and written on the
//! condition that this is as seen: so a run may be killed, and run again, on the same day.

mod run;
mod told;

use std::collections::{BTreeSet, HashMap};

use domain::appointment::calendar::{Has, Step, apply, due};
use domain::appointment::{Consent, Premium, RdvEstablishment};
use domain::date;
use domain::link::LinkKey;
use domain::seal::ContactCipher;
use domain::siret::Siret;
use futures::{StreamExt, stream};
use jiff::civil::Date;

pub use self::run::CalendarRun;
use crate::ports::{
    Barred, ChangeConsent, Clock, ESTABLISHMENT_SHARDS, Entropy, FindConsent, FindConsents, FindManyBarred,
    ListRdvEstablishments, PortError,
};

/// Establishments that are written at once.
const AT_ONCE: usize = 8;
/// How often one establishment is looked at: it has five things to be told in a day at most, and may be overtaken by
/// somebody who follows a link.
const MAX_TURNS: usize = 12;
const RUN: &str = "do what is due to an establishment";

/// Does what is due to establishments.
#[derive(Clone, Copy)]
pub struct RunRdvCalendar<'a> {
    /// Lists the establishments.
    pub list: &'a dyn ListRdvEstablishments,
    /// Tells to which of them something may be due.
    pub consents: &'a dyn FindConsents,
    /// Knows which addresses are written to no more.
    pub barred: &'a dyn FindManyBarred,
    /// Tells what was done of one of them.
    pub find: &'a dyn FindConsent,
    /// Notes what is done.
    pub change: &'a dyn ChangeConsent,
    /// Opens their addresses.
    pub cipher: &'a ContactCipher,
    /// Makes the links of mails.
    pub links: &'a LinkKey,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

/// What became of a look at an establishment.
enum Turn {
    Done(Step),
    /// Somebody changed what was seen: it is looked at again.
    Overtaken,
    Nothing,
}

impl RunRdvCalendar<'_> {
    /// Does all that is due today, in Paris. One that fails keeps no other from it.
    pub async fn run(&self) -> CalendarRun {
        let today = date::paris_day(self.clock.now());
        let mut ran = CalendarRun::default();
        for shard in 0..ESTABLISHMENT_SHARDS {
            ran += match self.of_part(shard, today).await {
                Ok(part) => part,
                Err(why) => CalendarRun::failed(why),
            };
        }
        ran
    }

    async fn of_part(&self, shard: u8, today: Date) -> Result<CalendarRun, PortError> {
        let listed = self.list.list_rdv_establishments(shard).await?;
        let mut ran = CalendarRun::of(listed.len());
        let sirets: Vec<Siret> = listed.iter().map(|one| one.siret.clone()).collect();
        // Where one of them cannot be read, each is looked at by itself, and only that one fails.
        let consents = self.consents.find_consents(&sirets).await.ok();
        let nothing = Consent::default();
        let consent =
            |one: &RdvEstablishment| consents.as_ref().map(|known| known.get(&one.siret).unwrap_or(&nothing));
        let maybe = |one: &&RdvEstablishment| consent(one).is_none_or(|known| may_be_due(one, known, today));
        let maybe: Vec<&RdvEstablishment> = listed.iter().filter(maybe).collect();
        let hashes: BTreeSet<&String> = maybe.iter().flat_map(|one| hashes(one)).collect();
        let hashes: Vec<String> = hashes.into_iter().cloned().collect();
        let barred = self.barred.find_many_barred(&hashes).await?;
        let reached = maybe.into_iter().map(|one| (one, Reached::of(one, &barred)));
        let is_due = |(one, reached): &(&RdvEstablishment, Reached)| {
            consent(one).is_none_or(|known| !due(known, reached.has(), today).is_empty())
        };
        let runs = reached.filter(is_due).map(|(one, reached)| self.of_one(one, reached, today));
        let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
        while let Some(one) = runs.next().await {
            ran += one;
        }
        Ok(ran)
    }

    async fn of_one(&self, establishment: &RdvEstablishment, reached: Reached, today: Date) -> CalendarRun {
        let mut ran = CalendarRun::default();
        for _ in 0..MAX_TURNS {
            match self.turn(establishment, reached, today).await {
                Ok(Turn::Done(step)) => ran.note(step),
                Ok(Turn::Overtaken) => {}
                Ok(Turn::Nothing) => return ran,
                Err(why) => {
                    ran += CalendarRun::failed(why);
                    return ran;
                }
            }
        }
        ran += CalendarRun::failed(PortError::new(RUN, "it is changed again and again"));
        ran
    }

    /// Does the first thing that is due to it.
    async fn turn(
        &self,
        establishment: &RdvEstablishment,
        reached: Reached,
        today: Date,
    ) -> Result<Turn, PortError> {
        let seen = self.find.find_consent(&establishment.siret).await?;
        let steps = due(&seen.consent, reached.has(), today);
        let Some(&step) = steps.first() else { return Ok(Turn::Nothing) };
        let mut consent = seen.consent.clone();
        apply(&mut consent, step, today);
        let consequences = self.told(establishment, reached, &consent, step, today)?;
        let changed =
            self.change.change_consent(&establishment.siret, &seen, &consent, &consequences).await?;
        Ok(if changed { Turn::Done(step) } else { Turn::Overtaken })
    }
}

/// Whether something is due to it where all its addresses take mails, or where none does: nearly always nothing is, and
/// nobody needs to look them up.
fn may_be_due(establishment: &RdvEstablishment, consent: &Consent, today: Date) -> bool {
    let hoped = Reached::of(establishment, &HashMap::new()).has();
    [hoped, Has::default()].into_iter().any(|has| !due(consent, has, today).is_empty())
}

/// Of its own address, and of those of its trainings.
fn hashes(establishment: &RdvEstablishment) -> impl Iterator<Item = &String> {
    let own = establishment.email.as_ref().map(|(_, hash)| hash);
    own.into_iter().chain(establishment.trainings.iter().filter_map(|one| one.address_hash.as_ref()))
}

/// What an establishment has whose address takes mails, such as nobody can stop where nothing else is said.
#[derive(Debug, Clone, Copy)]
struct Reached {
    /// Its own one.
    address: bool,
    /// Its own one, with mails that one may stop.
    stoppable: bool,
    /// How many trainings.
    trainings: u32,
    /// Of them, those at Parcoursup.
    parcoursup: u32,
    /// Of them, those at Affelnet.
    affelnet: u32,
}

impl Reached {
    fn of(establishment: &RdvEstablishment, barred: &HashMap<String, Barred>) -> Self {
        let is_live = |hash: Option<&String>| hash.is_some_and(|hash| barred.get(hash) != Some(&Barred::All));
        let own = establishment.email.as_ref().map(|(_, hash)| hash);
        let mut reached = Self {
            address: is_live(own),
            stoppable: own.is_some_and(|hash| !barred.contains_key(hash)),
            trainings: 0,
            parcoursup: 0,
            affelnet: 0,
        };
        for training in &establishment.trainings {
            if is_live(training.address_hash.as_ref()) {
                reached.trainings += 1;
                reached.parcoursup += u32::from(training.parcoursup_id.is_some());
                reached.affelnet += u32::from(training.is_affelnet);
            }
        }
        reached
    }

    const fn has(self) -> Has {
        Has {
            address: self.address,
            stoppable: self.stoppable,
            training: self.trainings > 0,
            parcoursup: self.parcoursup > 0,
            affelnet: self.affelnet > 0,
        }
    }

    const fn at(self, premium: Premium) -> u32 {
        match premium {
            Premium::Parcoursup => self.parcoursup,
            Premium::Affelnet => self.affelnet,
        }
    }
}
