//! How often an offer is looked at.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::source::Source;
use search::keys::DEPOSIT;
use usecases::ports::{CommitError, Completion, CountView, CountViewOnce, PortError};

use crate::attributes::DETAIL_VIEWS;
use crate::change::Change;
use crate::consequences::completion;
use crate::expression::on_condition;
use crate::keys::{self, Key};
use crate::tables::Tables;
use crate::transact::{Outcome, transact, update};

const COUNT: &str = "count a look at an offer";

/// Counts looks at offers.
#[derive(Debug, Clone)]
pub struct Views {
    client: Client,
    tables: Tables,
}

impl Views {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }
}

fn version(offer_id: &str) -> Key {
    keys::version(Source::Matcha, offer_id, DEPOSIT)
}

fn one_more() -> Change {
    Change::on("attribute_exists(pk)", &[]).add_one(DETAIL_VIEWS, true)
}

#[async_trait]
impl CountView for Views {
    async fn count_view(&self, offer_id: &str) -> Result<bool, PortError> {
        let one_more = one_more();
        let sent = self
            .client
            .update_item()
            .table_name(&self.tables.records)
            .set_key(Some(version(offer_id).attributes()))
            .update_expression(one_more.expression())
            .set_condition_expression(one_more.condition())
            .set_expression_attribute_names(one_more.names())
            .set_expression_attribute_values(one_more.values())
            .send()
            .await;
        on_condition(COUNT, sent, UpdateItemError::is_conditional_check_failed_exception)
            .map(|counted| counted.is_some())
    }
}

#[async_trait]
impl CountViewOnce for Views {
    async fn count_view_once(
        &self,
        offer_id: &str,
        answer: &Completion,
        now: u32,
    ) -> Result<(), CommitError> {
        let actions = vec![
            completion(&self.tables.ledger, answer, now)?,
            update(&self.tables.records, &version(offer_id), &one_more())?,
        ];
        match transact(&self.client, COUNT, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at: 0, .. } => Err(CommitError::NotFirst),
            Outcome::ConditionFailed { .. } => Err(CommitError::Overtaken),
        }
    }
}
