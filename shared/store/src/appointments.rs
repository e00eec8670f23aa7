//! Trainings that one may ask about: what the catalogue says of them, and what was decided of each alone.

mod consents;
mod establishments;

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::appointment::{CatalogueId, Consent, Decision, Eligibility, RdvTraining};
use serde::de::DeserializeOwned;
use usecases::ports::{
    DerivedKey, FindByCatalogueId, FindDecisions, FindEligibility, MAX_TRAININGS_OF_ID, PortError,
    PutDecision,
};

pub use self::consents::Consents;
pub(crate) use self::establishments::ESTABLISHMENT;
pub use self::establishments::RdvEstablishments;
use crate::attributes::{BadItem, Item, get_text, text};
use crate::batch::get_all;
use crate::derived;
use crate::keys::{self, Key};
use crate::tables::Tables;

/// The attribute of a training: JSON, its address sealed.
pub(crate) const TRAINING: &str = "training";
/// The attribute of another id: the clés ministère éducatif that it stands for, as one text. There is no space in any.
pub(crate) const TRAINING_ID: &str = "training_id";
const DECISION: &str = "decision";
const FIND: &str = "find a training that one may ask about";
const FIND_ID: &str = "find a training by another id";
const FIND_DECISIONS: &str = "find what was decided of trainings";
const DECIDE: &str = "decide of a training";

/// Finds and decides of trainings.
#[derive(Debug, Clone)]
pub struct RdvTrainings {
    client: Client,
    records: String,
}

impl RdvTrainings {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }

    async fn catalogued(&self, key: &DerivedKey, operation: &'static str) -> Result<Vec<Item>, PortError> {
        derived::read(&self.client, &self.records, key, operation).await
    }
}

/// What the JSON of an attribute says.
fn read<T: DeserializeOwned>(item: &Item, name: &'static str) -> Result<T, BadItem> {
    serde_json::from_str(get_text(item, name)?).map_err(|_| BadItem(name))
}

/// What an item says; where there is none, that nothing was decided.
fn decided<T: DeserializeOwned + Default>(
    found: &HashMap<Key, Item>,
    key: &Key,
    name: &'static str,
) -> Result<T, BadItem> {
    found.get(key).map_or_else(|| Ok(T::default()), |item| read(item, name))
}

#[async_trait]
impl FindEligibility for RdvTrainings {
    async fn find_eligibility(&self, cle_ministere_educatif: &str) -> Result<Option<Eligibility>, PortError> {
        let bad = |error: BadItem| PortError::new(FIND, error);
        let key = DerivedKey::RdvTraining(cle_ministere_educatif.to_owned());
        // Of several feeds, the first by name.
        let items = self.catalogued(&key, FIND).await?;
        let Some(item) = items.first() else { return Ok(None) };
        let training: RdvTraining = read(item, TRAINING).map_err(bad)?;
        let decision = keys::rdv_decision(cle_ministere_educatif);
        let consent = training.manager.as_ref().map(keys::rdv_consent);
        let asked = consent.clone().into_iter().chain([decision.clone()]);
        let found = get_all(&self.client, &self.records, asked, FIND).await?;
        let consent = match consent {
            Some(consent) => decided(&found, &consent, consents::CONSENT).map_err(bad)?,
            None => Consent::default(),
        };
        let decision = decided(&found, &decision, DECISION).map_err(bad)?;
        Ok(Some(Eligibility { training, consent, decision }))
    }
}

#[async_trait]
impl FindByCatalogueId for RdvTrainings {
    async fn find_by_catalogue_id(&self, id: &CatalogueId) -> Result<Vec<String>, PortError> {
        let items = self.catalogued(&DerivedKey::RdvId(id.clone()), FIND_ID).await?;
        let mut trainings = BTreeSet::new();
        for item in &items {
            let of_feed = get_text(item, TRAINING_ID).map_err(|error| PortError::new(FIND_ID, error))?;
            trainings.extend(of_feed.split(' '));
        }
        Ok(trainings.into_iter().take(MAX_TRAININGS_OF_ID).map(str::to_owned).collect())
    }
}

#[async_trait]
impl FindDecisions for RdvTrainings {
    async fn find_decisions(&self, trainings: &[String]) -> Result<HashMap<String, Decision>, PortError> {
        let asked = trainings.iter().map(|training| keys::rdv_decision(training));
        let found = get_all(&self.client, &self.records, asked, FIND_DECISIONS).await?;
        let decision = |training: &String| {
            let item = found.get(&keys::rdv_decision(training))?;
            Some(read(item, DECISION).map(|decision| (training.clone(), decision)))
        };
        let decisions: Result<_, BadItem> = trainings.iter().filter_map(decision).collect();
        decisions.map_err(|error| PortError::new(FIND_DECISIONS, error))
    }
}

#[async_trait]
impl PutDecision for RdvTrainings {
    async fn put_decision(&self, cle_ministere_educatif: &str, decision: &Decision) -> Result<(), PortError> {
        let json = serde_json::to_string(decision).map_err(|error| PortError::new(DECIDE, error))?;
        let mut item = keys::rdv_decision(cle_ministere_educatif).attributes();
        item.insert(DECISION.to_owned(), text(json));
        let sent = self.client.put_item().table_name(&self.records).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(DECIDE, error))
    }
}
