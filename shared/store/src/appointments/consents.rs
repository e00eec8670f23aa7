//! What establishments decided about requests for appointments.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::appointment::Consent;
use domain::siret::Siret;
use usecases::ingest::ContentHash;
use usecases::ports::{ChangeConsent, Consequences, FindConsent, FindConsents, PortError, SeenConsent};

use super::read;
use crate::attributes::{BadItem, HASH, bytes, get_hash, text};
use crate::batch::get_all;
use crate::consequences;
use crate::keys;
use crate::tables::Tables;
use crate::transact::{Condition, Outcome, put_if, transact};

/// The attribute of what was decided: JSON.
pub(super) const CONSENT: &str = "consent";
const FIND: &str = "find what an establishment decided";
const CHANGE: &str = "change what an establishment decided";

/// Finds and changes decisions of establishments.
#[derive(Debug, Clone)]
pub struct Consents {
    client: Client,
    tables: Tables,
}

impl Consents {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }
}

#[async_trait]
impl FindConsent for Consents {
    async fn find_consent(&self, siret: &Siret) -> Result<SeenConsent, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.records)
            .set_key(Some(keys::rdv_consent(siret).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let Some(item) = got.item() else { return Ok(SeenConsent::default()) };
        let bad = |error: BadItem| PortError::new(FIND, error);
        let hash = get_hash(item).map_err(bad)?;
        Ok(SeenConsent { consent: read(item, CONSENT).map_err(bad)?, hash: Some(hash) })
    }
}

#[async_trait]
impl FindConsents for Consents {
    async fn find_consents(&self, establishments: &[Siret]) -> Result<HashMap<Siret, Consent>, PortError> {
        let asked = establishments.iter().map(keys::rdv_consent);
        let found = get_all(&self.client, &self.tables.records, asked, FIND).await?;
        let consent = |siret: &Siret| {
            let item = found.get(&keys::rdv_consent(siret))?;
            Some(read(item, CONSENT).map(|consent| (siret.clone(), consent)))
        };
        let consents: Result<_, BadItem> = establishments.iter().filter_map(consent).collect();
        consents.map_err(|error| PortError::new(FIND, error))
    }
}

#[async_trait]
impl ChangeConsent for Consents {
    async fn change_consent(
        &self,
        siret: &Siret,
        seen: &SeenConsent,
        consent: &Consent,
        consequences: &Consequences,
    ) -> Result<bool, PortError> {
        let followed = consequences::actions(&self.tables.ledger, consequences);
        let mut actions = followed.map_err(|error| error.unexpected(CHANGE))?;
        let json = serde_json::to_string(consent).map_err(|error| PortError::new(CHANGE, error))?;
        let mut item = keys::rdv_consent(siret).attributes();
        item.insert(HASH.to_owned(), bytes(ContentHash::of_text(&json).as_bytes()));
        item.insert(CONSENT.to_owned(), text(json));
        actions.push(put_if(&self.tables.records, item, Condition::still(seen.hash))?);
        match transact(&self.client, CHANGE, actions).await? {
            Outcome::Written => Ok(true),
            // Changed meanwhile, or its link was followed, or a mail of the same cause is due already.
            Outcome::ConditionFailed { .. } => Ok(false),
        }
    }
}
