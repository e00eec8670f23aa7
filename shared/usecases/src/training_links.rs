//! Links from a wish for a training to the jobs around it (contract 1.13, `/traininglinks`).
//!
//! A wish names a training as well as its sender can. It is looked for in turn by its clé ministère éducatif, then
//! among those of the school where it is taught, of the one that teaches, of the one that answers for it, each time
//! among those of the wished diploma. The first way that finds something decides.
//!
//! The ways are walked for all wishes together, so that what several ask is read once: at most six rounds of reads, one of
//! which asks whether the trainings that wishes name are open for appointments.

use std::collections::{BTreeMap, BTreeSet};

use communes::locate;
use domain::appointment::Referrer;
use domain::card::Card;
use domain::cfd::Cfd;
use domain::formation::MAX_CLE_BYTES;
use domain::geo::Point;
use domain::insee::Insee;
use domain::mef::Mef;
use domain::outline::Outline;
use domain::rncp::RncpCode;
use domain::rome::{MAX_ROMES, RomeCode};
use domain::source::Source;
use domain::uai::Uai;
use futures::stream::{FuturesUnordered, StreamExt};

use crate::appointments::{FindOpen, Opening};
use crate::ports::{FindItem, FindTrades, FindTrainings, PortError, SchoolRole, TradesOf, TrainingsOf};

/// Reads under way at once: 100 wishes end well within the time of a request.
const IN_FLIGHT: usize = 16;
/// From how many trainings of a diploma trades are merged (contract 1.13).
const MERGED: usize = 5;

/// A wish for a training.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Clé ministère éducatif.
    pub training: Option<String>,
    /// The school where it is taught.
    pub lieu: Option<Uai>,
    /// The school that teaches it.
    pub formateur: Option<Uai>,
    /// The school that answers for it.
    pub responsable: Option<Uai>,
    /// Its diploma.
    pub cfd: Option<Cfd>,
    /// Its RNCP sheet.
    pub rncp: Option<RncpCode>,
    /// Its diploma and year.
    pub mef: Option<Mef>,
    /// The commune of whoever wishes.
    pub insee: Option<Insee>,
    /// The post code of whoever wishes, for want of a commune.
    pub postal_code: Option<String>,
}

/// What jobs to link to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Target {
    /// At most 20 trades; none when nothing is known of the training.
    pub romes: Vec<RomeCode>,
    /// Around where; none searches the whole country.
    pub place: Option<Point>,
    /// Whether one may ask for an appointment about the training that the wish names.
    pub is_open: bool,
}

/// What it takes to find trainings.
#[derive(Clone, Copy)]
pub struct LinkTrainings<'a> {
    /// Trainings by their clé ME.
    pub items: &'a dyn FindItem,
    /// Trainings of schools.
    pub trainings: &'a dyn FindTrainings,
    /// Trades of diplomas.
    pub trades: &'a dyn FindTrades,
    /// Trainings that one may ask about.
    pub open: FindOpen<'a>,
}

impl LinkTrainings<'_> {
    /// A target for each wish, in their order. At most 100 wishes are meant: at most 1,000 reads in all, 16 at once.
    pub async fn run(&self, wishes: &[Wish]) -> Result<Vec<Target>, PortError> {
        let mut targets: Vec<Option<Target>> = vec![None; wishes.len()];
        self.by_key(wishes, &mut targets).await?;
        let open = self.open(wishes, &targets).await?;
        for role in SchoolRole::ALL {
            self.by_school(role, wishes, &mut targets).await?;
        }
        self.by_diploma(wishes, &mut targets).await?;
        let told = |(wish, target): (&Wish, Option<Target>)| {
            let is_open = wish.training.as_ref().is_some_and(|training| open.contains(training));
            Target { is_open, ..target.unwrap_or_default() }
        };
        Ok(wishes.iter().zip(targets).map(told).collect())
    }

    async fn by_key(&self, wishes: &[Wish], targets: &mut [Option<Target>]) -> Result<(), PortError> {
        let keys = wishes.iter().filter_map(|wish| wish.training.as_deref());
        let keys: BTreeSet<&str> = keys.filter(|key| key.len() <= MAX_CLE_BYTES).collect();
        let read = async |key: &str| self.items.find_item(Source::Formations, key).await;
        each(keys, read, |key, item| {
            let Some(Card::Formation(formation)) = item.map(|item| item.card) else { return };
            let outline = Outline::from(&*formation);
            for (wish, target) in wishes.iter().zip(targets.iter_mut()) {
                if wish.training.as_deref() == Some(key) {
                    *target = wish.choose(std::slice::from_ref(&outline));
                }
            }
        })
        .await
    }

    /// Which of the trainings that were found by their clé are open to those who come from La bonne alternance.
    async fn open(&self, wishes: &[Wish], targets: &[Option<Target>]) -> Result<BTreeSet<String>, PortError> {
        let found = wishes.iter().zip(targets).filter(|(_, target)| target.is_some());
        let keys: BTreeSet<&str> = found.filter_map(|(wish, _)| wish.training.as_deref()).collect();
        let mut open = BTreeSet::new();
        let read = async |key: &str| self.open.open(key, Some(Referrer::Lba)).await;
        each(keys, read, |key, opening| {
            if matches!(opening, Opening::Open(_)) {
                open.insert(key.to_owned());
            }
        })
        .await?;
        Ok(open)
    }

    async fn by_school(
        &self,
        role: SchoolRole,
        wishes: &[Wish],
        targets: &mut [Option<Target>],
    ) -> Result<(), PortError> {
        let asked: Vec<Option<TrainingsOf>> = wishes
            .iter()
            .zip(targets.iter())
            .map(|(wish, target)| wish.school(role).filter(|_| target.is_none() && wish.names_a_diploma()))
            .map(|uai| uai.map(|uai| TrainingsOf { role, uai }))
            .collect();
        let schools: BTreeSet<TrainingsOf> = asked.iter().flatten().copied().collect();
        let read = async |school: TrainingsOf| self.trainings.find_trainings(&school).await;
        each(schools, read, |school, trainings| {
            for ((wish, target), _) in
                wishes.iter().zip(targets.iter_mut()).zip(&asked).filter(|(_, asked)| **asked == Some(school))
            {
                *target = wish.choose(&trainings);
            }
        })
        .await
    }

    /// Where no training was found, the trades of the diploma alone.
    async fn by_diploma(&self, wishes: &[Wish], targets: &mut [Option<Target>]) -> Result<(), PortError> {
        let unknown = |targets: &[Option<Target>], at: usize| targets.get(at).is_some_and(Option::is_none);
        let left: Vec<usize> = (0..wishes.len()).filter(|&at| unknown(targets, at)).collect();
        let diplomas: BTreeSet<TradesOf> =
            left.iter().filter_map(|&at| wishes.get(at)).flat_map(Wish::diplomas).collect();
        let mut found = BTreeMap::new();
        let read = async |of: TradesOf| self.trades.find_trades(&of).await;
        each(diplomas, read, |of, romes| {
            found.insert(of, romes);
        })
        .await?;
        for at in left {
            let (Some(wish), Some(target)) = (wishes.get(at), targets.get_mut(at)) else { continue };
            let romes = wish.diplomas().filter_map(|of| found.get(&of)).flatten().copied();
            *target = Some(Target { romes: merged(romes), place: None, is_open: false });
        }
        Ok(())
    }
}

impl Wish {
    fn school(&self, role: SchoolRole) -> Option<Uai> {
        match role {
            SchoolRole::Lieu => self.lieu,
            SchoolRole::Formateur => self.formateur,
            SchoolRole::Responsable => self.responsable,
        }
    }

    fn diplomas(&self) -> impl Iterator<Item = TradesOf> + use<> {
        let cfd = self.cfd.map(TradesOf::Cfd);
        let rncp = self.rncp.clone().map(TradesOf::Rncp);
        [cfd, rncp, self.mef.map(TradesOf::Mef)].into_iter().flatten()
    }

    /// A school alone does not say which of its trainings is meant.
    fn names_a_diploma(&self) -> bool {
        self.diplomas().next().is_some()
    }

    fn is_of(&self, training: &Outline) -> bool {
        (self.cfd.is_some() && self.cfd == training.cfd)
            || (self.rncp.is_some() && self.rncp == training.rncp)
            || self.mef.is_some_and(|mef| training.mefs.contains(&mef))
            || self.training.as_ref() == Some(&training.id)
    }

    /// Among trainings found in one way: none where it found nothing. One gives its own trades and place. Several
    /// give the place of the one nearest to whoever wishes, if that is known, and the trades of the nearest five.
    fn choose(&self, found: &[Outline]) -> Option<Target> {
        // Two feeds may bring the same one.
        let mut known = BTreeSet::new();
        let mut candidates: Vec<&Outline> =
            found.iter().filter(|training| self.is_of(training) && known.insert(&training.id)).collect();
        if let [only] = candidates.as_slice() {
            return Some(Target { romes: merged(only.romes.iter()), place: place(only), is_open: false });
        }
        candidates.first()?;
        let mut nearest = None;
        if let Some(home) = locate(self.insee.as_ref(), self.postal_code.as_deref()) {
            let distance =
                |training: &&Outline| place(training).map_or(f64::INFINITY, |place| home.distance_km(place));
            candidates.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
            nearest = candidates.first().and_then(|training| place(training));
        }
        let romes = candidates.iter().take(MERGED).flat_map(|training| training.romes.iter());
        Some(Target { romes: merged(romes), place: nearest, is_open: false })
    }
}

/// Where a training is taught; its commune for want of coordinates.
fn place(training: &Outline) -> Option<Point> {
    training.point.or_else(|| locate(training.insee.as_ref(), training.zip.as_deref()))
}

/// Trades in their order, each once, as many as a search may name.
fn merged(romes: impl Iterator<Item = RomeCode>) -> Vec<RomeCode> {
    let mut kept: Vec<RomeCode> = Vec::new();
    for rome in romes {
        if kept.len() < MAX_ROMES && !kept.contains(&rome) {
            kept.push(rome);
        }
    }
    kept
}

/// Reads what each key leads to, so many at once, and hands it on as it comes.
async fn each<K: Clone, V, F>(
    keys: BTreeSet<K>,
    read: impl Fn(K) -> F,
    mut take: impl FnMut(K, V),
) -> Result<(), PortError>
where
    F: Future<Output = Result<V, PortError>>,
{
    let keyed = |key: K| {
        let reading = read(key.clone());
        async move { reading.await.map(|value| (key, value)) }
    };
    let mut keys = keys.into_iter();
    let mut reads: FuturesUnordered<_> = keys.by_ref().take(IN_FLIGHT).map(&keyed).collect();
    while let Some(found) = reads.next().await {
        let (key, value) = found?;
        take(key, value);
        reads.extend(keys.next().map(&keyed));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
