//! An establishment with its offers, as items: copied and put back, for measurements that are to find it the same each
//! time.

use std::collections::HashMap;

use anyhow::Context as _;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};

use super::site::Site;

type Item = HashMap<String, AttributeValue>;

/// Items that are put at once, the most that a store takes.
const BATCH: usize = 25;

/// An establishment.
#[derive(Debug, Clone)]
pub(crate) struct Collection {
    pub(crate) partner: String,
    pub(crate) establishment_id: String,
    /// Its item without its offers, as it is to be.
    pub(crate) head: Option<Item>,
}

impl Collection {
    fn partition(&self) -> AttributeValue {
        AttributeValue::S(format!("recruiter#{}#{}", self.partner, self.establishment_id))
    }

    fn key(&self, sort: String) -> Item {
        HashMap::from([("pk".to_owned(), self.partition()), ("sk".to_owned(), AttributeValue::S(sort))])
    }

    /// The items of its offers.
    pub(crate) async fn offers(&self, site: &Site) -> anyhow::Result<Vec<Item>> {
        let query = site.plain.query().table_name(&site.tables.records);
        let offers = query
            .key_condition_expression("pk = :pk AND begins_with(sk, :offer)")
            .expression_attribute_values(":pk", self.partition())
            .expression_attribute_values(":offer", AttributeValue::S("offer#".to_owned()))
            .into_paginator()
            .items()
            .send();
        offers.collect::<Result<_, _>>().await.context("offers cannot be read")
    }

    /// Puts copies of these offers into it, where it has none.
    pub(crate) async fn fill(&self, site: &Site, offers: &[Item]) -> anyhow::Result<()> {
        let records = &site.tables.records;
        for offers in offers.chunks(BATCH) {
            let puts = offers.iter().map(|offer| {
                let put = PutRequest::builder().set_item(Some(offer.clone())).item("pk", self.partition());
                Ok(WriteRequest::builder().put_request(put.build()?).build())
            });
            let puts = puts.collect::<anyhow::Result<Vec<_>>>()?;
            site.plain.batch_write_item().request_items(records, puts).send().await?;
        }
        site.plain
            .update_item()
            .table_name(records)
            .set_key(Some(self.key("recruiter".to_owned())))
            .update_expression("SET offers = :offers")
            .expression_attribute_values(":offers", AttributeValue::N(offers.len().to_string()))
            .send()
            .await?;
        Ok(())
    }

    /// Remembers how it is.
    pub(crate) async fn remember(&mut self, site: &Site) -> anyhow::Result<()> {
        let get = site.plain.get_item().table_name(&site.tables.records).consistent_read(true);
        self.head = get.set_key(Some(self.key("recruiter".to_owned()))).send().await?.item;
        Ok(())
    }

    /// Puts it back, without this offer.
    pub(crate) async fn restore(&self, site: &Site, offer_id: &str) -> anyhow::Result<()> {
        let records = &site.tables.records;
        let delete = site.plain.delete_item().table_name(records);
        delete.set_key(Some(self.key(format!("offer#{offer_id}")))).send().await?;
        site.plain.put_item().table_name(records).set_item(self.head.clone()).send().await?;
        Ok(())
    }
}
