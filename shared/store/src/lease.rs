//! Leases: one item per feed in `ledger`, taken by a conditional write.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use usecases::ports::{Lease, LeaseError, PortError, ReleaseLease, TakeLease};

use crate::attributes::{EXPIRES_AT, number, text};
use crate::expression::on_condition;
use crate::keys;
use crate::tables::Tables;

const HOLDER: &str = "holder";

/// Takes and releases leases.
#[derive(Debug, Clone)]
pub struct Leases {
    client: Client,
    ledger: String,
}

impl Leases {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, ledger: tables.ledger.clone() }
    }
}

#[async_trait]
impl TakeLease for Leases {
    async fn take(&self, lease: &Lease) -> Result<(), LeaseError> {
        let mut item = keys::lease(lease.kind, &lease.feed).attributes();
        item.insert(HOLDER.to_owned(), text(&lease.holder));
        item.insert(EXPIRES_AT.to_owned(), number(lease.until));
        // Expiry by TTL may lag by days: the condition reads it too.
        let sent = self
            .client
            .put_item()
            .table_name(&self.ledger)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR expires_at <= :now OR holder = :holder")
            .expression_attribute_values(":now", number(lease.now))
            .expression_attribute_values(":holder", text(&lease.holder))
            .send()
            .await;
        on_condition("take the lease of a feed", sent, PutItemError::is_conditional_check_failed_exception)?
            .map(drop)
            .ok_or(LeaseError::Busy)
    }
}

#[async_trait]
impl ReleaseLease for Leases {
    async fn release(&self, lease: &Lease) -> Result<(), PortError> {
        let sent = self
            .client
            .delete_item()
            .table_name(&self.ledger)
            .set_key(Some(keys::lease(lease.kind, &lease.feed).attributes()))
            .condition_expression("holder = :holder")
            .expression_attribute_values(":holder", text(&lease.holder))
            .send()
            .await;
        on_condition(
            "release the lease of a feed",
            sent,
            DeleteItemError::is_conditional_check_failed_exception,
        )
        .map(drop)
    }
}
