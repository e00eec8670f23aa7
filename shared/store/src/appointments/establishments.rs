//! Establishments that answer for trainings one may ask about, as imports leave them: a list in parts.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::appointment::RdvEstablishment;
use domain::appointment::training::ManagedTraining;
use usecases::ports::{ListRdvEstablishments, PortError};

use crate::attributes::text;
use crate::derived::unpacked;
use crate::keys;
use crate::tables::Tables;

/// The attribute of an establishment with its trainings: JSON, compressed.
pub(crate) const ESTABLISHMENT: &str = "establishment";
const LIST: &str = "list the establishments that answer for trainings";

/// Lists establishments.
#[derive(Debug, Clone)]
pub struct RdvEstablishments {
    client: Client,
    records: String,
}

impl RdvEstablishments {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl ListRdvEstablishments for RdvEstablishments {
    async fn list_rdv_establishments(&self, shard: u8) -> Result<Vec<RdvEstablishment>, PortError> {
        let mut items = self
            .client
            .query()
            .table_name(&self.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::rdv_establishments(shard)))
            .into_paginator()
            .items()
            .send();
        let mut listed: Vec<RdvEstablishment> = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            let next: RdvEstablishment = unpacked(&item, ESTABLISHMENT, LIST)?;
            match listed.last_mut().filter(|last| last.siret == next.siret) {
                Some(last) => merge(last, next),
                None => listed.push(next),
            }
        }
        Ok(listed)
    }
}

/// What two feeds say of one: they stand side by side in the list. The first by name speaks first, as it does of a training.
fn merge(first: &mut RdvEstablishment, next: RdvEstablishment) {
    first.email = first.email.take().or(next.email);
    let known = std::mem::take(&mut first.trainings);
    let both = next.trainings.into_iter().chain(known);
    let by_id: BTreeMap<String, ManagedTraining> = both.map(|one| (one.id.clone(), one)).collect();
    first.trainings = by_id.into_values().collect();
}
