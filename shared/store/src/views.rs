//! How often an offer is looked at.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::source::Source;
use search::keys::DEPOSIT;
use usecases::ports::{CountView, PortError};

use crate::attributes::{DETAIL_VIEWS, number};
use crate::keys;
use crate::tables::Tables;

/// Counts looks at offers.
#[derive(Debug, Clone)]
pub struct Views {
    client: Client,
    records: String,
}

impl Views {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl CountView for Views {
    async fn count_view(&self, offer_id: &str) -> Result<bool, PortError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.records)
            .set_key(Some(keys::version(Source::Matcha, offer_id, DEPOSIT).attributes()))
            .update_expression("ADD #views :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#views", DETAIL_VIEWS)
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(PortError::new("count a look at an offer", error)),
        }
    }
}
