//! What is due to establishments today: each is told once, and noted as told by the same write (contract 3.3).
//!
//! What is due is decided by [`domain::appointment::calendar`] from what was done of an establishment, and written on the
//! condition that this is as seen: so a run may be killed, and run again, on the same day.

mod run;
mod told;

use std::collections::BTreeSet;

use domain::appointment::calendar::{Has, Step, apply, due};
use domain::appointment::{Premium, RdvEstablishment};
use domain::date;
use domain::link::LinkKey;
use domain::seal::ContactCipher;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::civil::Date;

pub use self::run::CalendarRun;
use crate::ports::{
    ChangeConsent, Clock, ESTABLISHMENT_SHARDS, Entropy, FindConsent, IsStopped, ListRdvEstablishments,
    PortError,
};

/// Establishments that are looked at at once.
const AT_ONCE: usize = 8;
/// Addresses of one establishment that are looked up at once.
const ADDRESSES_AT_ONCE: usize = 4;
/// How often one establishment is looked at: it has five things to be told in a day at most, and may be overtaken by
/// somebody who follows a link.
const MAX_TURNS: usize = 12;
const RUN: &str = "do what is due to an establishment";

/// Does what is due to establishments.
#[derive(Clone, Copy)]
pub struct RunRdvCalendar<'a> {
    /// Lists the establishments.
    pub list: &'a dyn ListRdvEstablishments,
    /// Knows which addresses are written to no more.
    pub stopped: &'a dyn IsStopped,
    /// Tells what was done of an establishment.
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
            let listed = match self.list.list_rdv_establishments(shard).await {
                Ok(listed) => listed,
                Err(why) => {
                    ran += CalendarRun::failed(why);
                    continue;
                }
            };
            let runs = listed.iter().map(|establishment| self.of_one(establishment, today));
            let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
            while let Some(one) = runs.next().await {
                ran += one;
            }
        }
        ran
    }

    async fn of_one(&self, establishment: &RdvEstablishment, today: Date) -> CalendarRun {
        let mut ran = CalendarRun::of_one();
        let mut reached = None;
        for _ in 0..MAX_TURNS {
            match self.turn(establishment, &mut reached, today).await {
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
        reached: &mut Option<Reached>,
        today: Date,
    ) -> Result<Turn, PortError> {
        let seen = self.find.find_consent(&establishment.siret).await?;
        // Nearly always nothing is due, whatever becomes of its addresses, and nobody needs to look them up.
        let hoped = Reached::of(establishment, |_| true).has();
        if [hoped, Has::default()].into_iter().all(|has| due(&seen.consent, has, today).is_empty()) {
            return Ok(Turn::Nothing);
        }
        let reached = match reached {
            Some(known) => *known,
            unknown => *unknown.insert(self.reached(establishment).await?),
        };
        let steps = due(&seen.consent, reached.has(), today);
        let Some(&step) = steps.first() else { return Ok(Turn::Nothing) };
        let mut consent = seen.consent.clone();
        apply(&mut consent, step, today);
        let consequences = self.told(establishment, reached, &consent, step, today)?;
        let changed =
            self.change.change_consent(&establishment.siret, &seen, &consent, &consequences).await?;
        Ok(if changed { Turn::Done(step) } else { Turn::Overtaken })
    }

    /// What it has that takes mails.
    async fn reached(&self, establishment: &RdvEstablishment) -> Result<Reached, PortError> {
        let own = establishment.email.as_ref().map(|(_, hash)| hash);
        let trainings = establishment.trainings.iter().filter_map(|training| training.address_hash.as_ref());
        let hashes: BTreeSet<&str> = own.into_iter().chain(trainings).map(String::as_str).collect();
        let looks = hashes.into_iter().map(async |hash| {
            let is_stopped = self.stopped.is_stopped(hash).await?;
            Ok::<_, PortError>((!is_stopped).then_some(hash))
        });
        let live: Vec<Option<&str>> =
            stream::iter(looks).buffer_unordered(ADDRESSES_AT_ONCE).try_collect().await?;
        let live: BTreeSet<&str> = live.into_iter().flatten().collect();
        Ok(Reached::of(establishment, |hash| live.contains(hash)))
    }
}

/// What an establishment has whose address takes mails.
#[derive(Debug, Clone, Copy)]
struct Reached {
    /// Its own one.
    address: bool,
    /// How many trainings.
    trainings: u32,
    /// Of them, those at Parcoursup.
    parcoursup: u32,
    /// Of them, those at Affelnet.
    affelnet: u32,
}

impl Reached {
    fn of(establishment: &RdvEstablishment, takes_mails: impl Fn(&str) -> bool) -> Self {
        let is_live = |hash: Option<&String>| hash.is_some_and(|hash| takes_mails(hash));
        let own = establishment.email.as_ref().map(|(_, hash)| hash);
        let mut reached = Self { address: is_live(own), trainings: 0, parcoursup: 0, affelnet: 0 };
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
