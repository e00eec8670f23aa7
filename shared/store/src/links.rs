//! Links of mails.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::link::{LinkAction, StoredLink};
use usecases::ports::{FindLink, FollowLink, KnownLink, PortError, StopMails};

use crate::attributes::{BadItem, EXPIRES_AT, Item, get_number, get_text, number};
use crate::bounces::barred;
use crate::consequences::{ACTION, USED_AT, follow};
use crate::keys;
use crate::tables::Tables;
use crate::transact::{Outcome, check_present, put, transact};

const FIND: &str = "find a link";
const FOLLOW: &str = "follow a link";
const STOP: &str = "stop mails to an address";
const SINCE: &str = "since";

/// Finds links and lets them act.
#[derive(Debug, Clone)]
pub struct Links {
    client: Client,
    tables: Tables,
}

impl Links {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    fn effect(&self, action: &LinkAction, now: u32) -> Result<Vec<TransactWriteItem>, PortError> {
        let records = &self.tables.records;
        Ok(match action {
            LinkAction::ConfirmAddress { partner, establishment_id } => {
                let mut item = keys::address_confirmed(partner, establishment_id).attributes();
                item.insert(SINCE.to_owned(), number(now));
                // Nothing is made anew of a recruiter that is gone.
                vec![
                    check_present(records, &keys::recruiter(partner, establishment_id))?,
                    put(records, item)?,
                ]
            }
            LinkAction::Unsubscribe { address_hash } => {
                vec![put(&self.tables.ledger, stopped(address_hash, now))?]
            }
            // What they do is done beside: the link is marked as used, and nothing else.
            LinkAction::ExportPerson { .. } | LinkAction::ErasePerson { .. } => Vec::new(),
            LinkAction::FillOffer(_)
            | LinkAction::ExtendOffer(_)
            | LinkAction::ReadDelegation { .. }
            | LinkAction::AnswerApplication { .. }
            | LinkAction::RefuseRdv { .. }
            | LinkAction::AcceptPremium { .. }
            | LinkAction::RefusePremium { .. }
            | LinkAction::AnswerAppointment { .. }
            | LinkAction::OwnAppointment { .. } => {
                return Err(PortError::new(FOLLOW, "what the link does is a use case's to write"));
            }
        })
    }
}

fn stopped(address_hash: &str, now: u32) -> Item {
    barred(&keys::stopped(address_hash), "unsubscribed", now)
}

#[async_trait]
impl FindLink for Links {
    async fn find_link(&self, token_hash: &str) -> Result<Option<KnownLink>, PortError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.tables.ledger)
            .set_key(Some(keys::link(token_hash).attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| PortError::new(FIND, error))?;
        let found = got.item().map(|item| known(item, token_hash)).transpose();
        found.map_err(|error| PortError::new(FIND, error))
    }
}

fn known(item: &Item, token_hash: &str) -> Result<KnownLink, BadItem> {
    let action = serde_json::from_str(get_text(item, ACTION)?).map_err(|_| BadItem(ACTION))?;
    let expires_at = u32::try_from(get_number(item, EXPIRES_AT)?).map_err(|_| BadItem(EXPIRES_AT))?;
    let link = StoredLink { token_hash: token_hash.to_owned(), action, expires_at };
    Ok(KnownLink { link, used: item.contains_key(USED_AT) })
}

#[async_trait]
impl FollowLink for Links {
    async fn follow_link(&self, link: &StoredLink, now: u32) -> Result<bool, PortError> {
        let mut actions = vec![follow(&self.tables.ledger, link, now)?];
        actions.extend(self.effect(&link.action, now)?);
        Ok(matches!(transact(&self.client, FOLLOW, actions).await?, Outcome::Written))
    }
}

#[async_trait]
impl StopMails for Links {
    async fn stop_mails(&self, address_hash: &str, now: u32) -> Result<(), PortError> {
        let item = stopped(address_hash, now);
        let sent = self.client.put_item().table_name(&self.tables.ledger).set_item(Some(item)).send().await;
        sent.map(drop).map_err(|error| PortError::new(STOP, error))
    }
}
