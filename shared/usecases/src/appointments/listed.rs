//! Every training that is open to Parcoursup, by its id there.
//!
//! It is worked out from the lists of establishments, step by step, each step asking only about what the one before let
//! through: what they accepted, what was decided of their trainings, who is written to no more. That is too dear for each
//! request, so that the answer is kept for some minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use domain::appointment::training::ManagedTraining;
use domain::appointment::{RdvEstablishment, Referrer};
use domain::siret::Siret;
use futures::future::try_join_all;

use crate::ports::{
    Barred, Clock, ESTABLISHMENT_SHARDS, FindConsents, FindDecisions, FindManyBarred, ListRdvEstablishments,
    PortError,
};

/// How long an answer is kept, in seconds. A training that closes meanwhile is listed a little longer; its link says so.
const KEPT_SECONDS: i64 = 300;

/// Works out which trainings are open to Parcoursup.
#[derive(Clone, Copy)]
pub struct OpenToParcoursup<'a> {
    /// Lists establishments.
    pub establishments: &'a dyn ListRdvEstablishments,
    /// Tells what they decided.
    pub consents: &'a dyn FindConsents,
    /// Tells what was decided of their trainings.
    pub decisions: &'a dyn FindDecisions,
    /// Tells who is written to no more.
    pub barred: &'a dyn FindManyBarred,
}

/// Ids as they were last worked out.
#[derive(Debug, Default)]
pub struct OpenIds(Mutex<Option<(i64, Arc<Vec<String>>)>>);

impl OpenIds {
    /// Those of Parcoursup, sorted, each once; some minutes old at most.
    pub async fn parcoursup(
        &self,
        work: OpenToParcoursup<'_>,
        clock: &dyn Clock,
    ) -> Result<Arc<Vec<String>>, PortError> {
        let now = clock.now().as_second();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, ids)) = kept.filter(|(at, _)| now - at < KEPT_SECONDS) {
            return Ok(ids);
        }
        let ids = Arc::new(work.parcoursup().await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&ids)));
        Ok(ids)
    }
}

impl OpenToParcoursup<'_> {
    async fn parcoursup(&self) -> Result<Vec<String>, PortError> {
        let mut listed = self.at_parcoursup().await?;
        let asked: Vec<Siret> = listed.keys().cloned().collect();
        let consents = self.consents.find_consents(&asked).await?;
        listed.retain(|siret, _| {
            consents.get(siret).is_some_and(|consent| consent.is_open_to(Referrer::Parcoursup))
        });

        let trainings: Vec<ManagedTraining> = listed.into_values().flatten().collect();
        let ids: Vec<String> = trainings.iter().map(|training| training.id.clone()).collect();
        let decisions = self.decisions.find_decisions(&ids).await?;
        let addressed = trainings.iter().filter_map(|training| {
            Some((training.written_to(decisions.get(&training.id))?, training.parcoursup_id.as_ref()?))
        });
        let addressed: Vec<(&str, &String)> = addressed.collect();

        let hashes: BTreeSet<&str> = addressed.iter().map(|(hash, _)| *hash).collect();
        let hashes: Vec<String> = hashes.into_iter().map(str::to_owned).collect();
        let barred = self.barred.find_many_barred(&hashes).await?;
        let is_open = |hash: &str| barred.get(hash) != Some(&Barred::All);
        let open = addressed.into_iter().filter(|(hash, _)| is_open(hash)).map(|(_, id)| id);
        Ok(open.collect::<BTreeSet<_>>().into_iter().cloned().collect())
    }

    /// The trainings at Parcoursup, by the establishment that answers for them.
    async fn at_parcoursup(&self) -> Result<BTreeMap<Siret, Vec<ManagedTraining>>, PortError> {
        let at = |establishment: RdvEstablishment| {
            let RdvEstablishment { siret, mut trainings, .. } = establishment;
            trainings.retain(|training| training.parcoursup_id.is_some());
            (!trainings.is_empty()).then_some((siret, trainings))
        };
        let shards = (0..ESTABLISHMENT_SHARDS).map(async |shard| {
            let listed = self.establishments.list_rdv_establishments(shard).await?;
            Ok::<Vec<_>, PortError>(listed.into_iter().filter_map(at).collect())
        });
        Ok(try_join_all(shards).await?.into_iter().flatten().collect())
    }
}
