//! What is derived from trainings: trades of diplomas and establishments, trainings of schools; CFAs are found by
//! `cfas.rs`, trainings that one may ask about by `appointments.rs`.

use std::collections::BTreeSet;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::outline::Outline;
use domain::rome::RomeCode;
use serde::de::DeserializeOwned;
use usecases::ports::{
    Derived, DerivedKey, FindTrades, FindTrainings, MAX_TRAININGS_JSON, PortError, TradesOf, TrainingsOf,
};

use crate::appointments;
use crate::attributes::{Item, ROMES, bytes, get_bytes, get_romes, romes, text};
use crate::cfas::CFA;
use crate::keys;
use crate::tables::Tables;

const FIND_TRADES: &str = "find the trades of a diploma or an establishment";
const FIND_TRAININGS: &str = "find the trainings of a school";
/// The attribute of a list of trainings: JSON, compressed.
const TRAININGS: &str = "trainings";
/// The neighbours in a list resemble each other: it shrinks to a fifth, of some 200 bytes a training.
const LEVEL: i32 = 3;

/// Finds trades.
#[derive(Debug, Clone)]
pub struct Trades {
    client: Client,
    records: String,
}

/// Finds trainings.
#[derive(Debug, Clone)]
pub struct Trainings {
    client: Client,
    records: String,
}

impl Trades {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

impl Trainings {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindTrades for Trades {
    async fn find_trades(&self, of: &TradesOf) -> Result<Vec<RomeCode>, PortError> {
        let key = DerivedKey::Trades(of.clone());
        let mut trades = BTreeSet::new();
        for item in read(&self.client, &self.records, &key, FIND_TRADES).await? {
            trades.extend(get_romes(&item).map_err(|error| PortError::new(FIND_TRADES, error))?);
        }
        Ok(trades.into_iter().collect())
    }
}

#[async_trait]
impl FindTrainings for Trainings {
    async fn find_trainings(&self, of: &TrainingsOf) -> Result<Vec<Outline>, PortError> {
        let key = DerivedKey::Trainings(*of);
        let mut trainings: Vec<Outline> = Vec::new();
        for item in read(&self.client, &self.records, &key, FIND_TRAININGS).await? {
            let listed: Vec<Outline> = unpacked(&item, TRAININGS, FIND_TRAININGS)?;
            trainings.extend(listed);
        }
        Ok(trainings)
    }
}

/// The attribute that holds what a feed says.
pub(crate) fn attribute(said: &Derived) -> Result<(String, AttributeValue), PortError> {
    Ok(match said {
        Derived::Trades(_, trades) => (ROMES.to_owned(), romes(trades.iter().copied())),
        Derived::Trainings(_, json) => (TRAININGS.to_owned(), packed(json)?),
        Derived::Cfa(_, json) => (CFA.to_owned(), text(json)),
        Derived::RdvTraining(_, json) => (appointments::TRAINING.to_owned(), text(json)),
        Derived::RdvId(_, trainings) => (appointments::TRAINING_ID.to_owned(), text(trainings.join(" "))),
        Derived::RdvEstablishment(_, json) => {
            (appointments::ESTABLISHMENT.to_owned(), packed(json.as_bytes())?)
        }
    })
}

fn packed(json: &[u8]) -> Result<AttributeValue, PortError> {
    let packed = zstd::bulk::compress(json, LEVEL);
    packed.map(bytes).map_err(|error| PortError::new("pack a list of trainings", error))
}

/// What a list of trainings holds.
pub(crate) fn unpacked<T: DeserializeOwned>(
    item: &Item,
    attribute: &'static str,
    operation: &'static str,
) -> Result<T, PortError> {
    let packed = get_bytes(item, attribute).map_err(|error| PortError::new(operation, error))?;
    let json = zstd::bulk::decompress(packed, MAX_TRAININGS_JSON)
        .map_err(|error| PortError::new(operation, error))?;
    serde_json::from_slice(&json).map_err(|error| PortError::new(operation, error))
}

/// Every item of a key: one for each feed of trainings, by its name, a page or two.
pub(crate) async fn read(
    client: &Client,
    table: &str,
    key: &DerivedKey,
    operation: &'static str,
) -> Result<Vec<Item>, PortError> {
    let pages = client
        .query()
        .table_name(table)
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", text(keys::derivations(key)))
        .into_paginator()
        .items()
        .send();
    pages.try_collect().await.map_err(|error| PortError::new(operation, error))
}
