//! What is due to establishments today: each is told once, and noted as told by the same write (contract 3.3).
//!
//! What is due is decided by [`domain::appointment::calendar`] from what was done of an establishment, and written on the
//! condition that this is as seen: so a run may be killed, and run again, on the same day.

mod reached;
mod run;
mod told;

use std::collections::{BTreeSet, HashMap};

use domain::appointment::calendar::{Has, Step, apply, due};
use domain::appointment::{Consent, Decision, RdvEstablishment};
use domain::date;
use domain::link::LinkKey;
use domain::seal::ContactCipher;
use domain::siret::Siret;
use futures::{StreamExt, stream};
use jiff::civil::Date;

use self::reached::Reached;
pub use self::run::CalendarRun;
use crate::ports::{
    ChangeConsent, Clock, ESTABLISHMENT_SHARDS, Entropy, FindConsent, FindConsents, FindDecisions,
    FindManyBarred, ListRdvEstablishments, PortError,
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
    /// Tells what was decided of their trainings alone.
    pub decisions: &'a dyn FindDecisions,
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
        let (maybe, decisions) = self.decided(listed.iter().filter(maybe).collect(), &mut ran).await;
        let hashes: BTreeSet<&str> = maybe.iter().flat_map(|one| reached::hashes(one, &decisions)).collect();
        let hashes: Vec<String> = hashes.into_iter().map(str::to_owned).collect();
        let barred = self.barred.find_many_barred(&hashes).await?;
        let reached = maybe.into_iter().map(|one| (one, Reached::of(one, &decisions, &barred)));
        let is_due = |(one, reached): &(&RdvEstablishment, Reached<'_>)| {
            consent(one).is_none_or(|known| !due(known, reached.has(), today).is_empty())
        };
        let runs = reached.filter(is_due).map(|(one, reached)| self.of_one(one, reached, today));
        let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
        while let Some(one) = runs.next().await {
            ran += one;
        }
        Ok(ran)
    }

    /// What was decided of the trainings of these alone. Where one of them cannot be read, each establishment is asked about
    /// by itself, and only that one fails.
    async fn decided<'e>(
        &self,
        maybe: Vec<&'e RdvEstablishment>,
        ran: &mut CalendarRun,
    ) -> (Vec<&'e RdvEstablishment>, HashMap<String, Decision>) {
        if let Ok(decisions) = self.decisions.find_decisions(&training_ids(&maybe)).await {
            return (maybe, decisions);
        }
        let alone = maybe.into_iter().map(async |one| {
            let ids = training_ids(&[one]);
            (one, self.decisions.find_decisions(&ids).await)
        });
        let mut alone = stream::iter(alone).buffered(AT_ONCE);
        let (mut known, mut decisions) = (Vec::new(), HashMap::new());
        while let Some((one, decided)) = alone.next().await {
            match decided {
                Ok(decided) => {
                    known.push(one);
                    decisions.extend(decided);
                }
                Err(why) => *ran += CalendarRun::failed(why),
            }
        }
        (known, decisions)
    }

    async fn of_one(
        &self,
        establishment: &RdvEstablishment,
        reached: Reached<'_>,
        today: Date,
    ) -> CalendarRun {
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
        reached: Reached<'_>,
        today: Date,
    ) -> Result<Turn, PortError> {
        let seen = self.find.find_consent(&establishment.siret).await?;
        let steps = due(&seen.consent, reached.has(), today);
        let Some(&step) = steps.first() else { return Ok(Turn::Nothing) };
        let mut consent = seen.consent.clone();
        apply(&mut consent, step, reached.has(), today);
        let consequences = self.told(establishment, reached, &consent, step, today)?;
        let changed =
            self.change.change_consent(&establishment.siret, &seen, &consent, &consequences).await?;
        Ok(if changed { Turn::Done(step) } else { Turn::Overtaken })
    }
}

/// Whether something is due to it where each of its trainings has an address that takes mails, be it set by hand, or where
/// nothing has: nearly always nothing is, and nobody needs to look further.
fn may_be_due(establishment: &RdvEstablishment, consent: &Consent, today: Date) -> bool {
    [Reached::hoped(establishment), Has::default()]
        .into_iter()
        .any(|has| !due(consent, has, today).is_empty())
}

fn training_ids(establishments: &[&RdvEstablishment]) -> Vec<String> {
    let trainings = establishments.iter().flat_map(|one| &one.trainings);
    trainings.map(|training| training.id.clone()).collect()
}
