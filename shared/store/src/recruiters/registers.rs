//! The lists that a recruiter stands in beside its own collection: its partner's, and that of the accounts that wait.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::date;
use domain::email::Email;
use domain::mail::address_hash;
use domain::opco::Opco;
use domain::recruiter::{Recruiter, RecruiterStatus};
use domain::siret::Siret;
use usecases::ports::{
    FindOwnEstablishment, FindWaitingAccount, ListOwnRecruiters, ListWaitingAccounts, Lists, OwnRecruiters,
    PortError, RecruiterFilter, WaitingAccount,
};

use super::{ESTABLISHMENT_ID, OWNER, Recruiters};
use crate::attributes::{BadItem, Item, SK, get_text, text};
use crate::keys;
use crate::transact::{delete, put};

const SIRET: &str = "siret";
const ADDRESS: &str = "address";
const STATUS: &str = "status";
const OPCO: &str = "opco";
const ORIGIN: &str = "origin";
const SINCE: &str = "since";
const LIST: &str = "list recruiters";

/// When a recruiter was created, as the lists sort by it.
fn created(recruiter: &Recruiter) -> String {
    recruiter.created_at.map(date::iso).unwrap_or_default()
}

/// Which OPCO's an account is.
fn opco_of(recruiter: &Recruiter) -> Option<Opco> {
    let label = recruiter.opco.as_deref()?;
    Opco::from_label(label).or_else(|| Opco::from_short(label))
}

/// The word for a state in lists.
const fn status_word(status: RecruiterStatus) -> &'static str {
    match status {
        RecruiterStatus::Actif => "Actif",
        RecruiterStatus::Archive => "Archivé",
        RecruiterStatus::EnAttente => "En attente de validation",
    }
}

impl Recruiters {
    /// Enters a new recruiter in the lists.
    pub(super) fn enter(
        &self,
        owner: &str,
        recruiter: &Recruiter,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let records = &self.tables.records;
        let address = address_hash(&recruiter.email);
        let mut own = keys::own_recruiter(owner, &recruiter.establishment_siret, &address).attributes();
        own.insert(ESTABLISHMENT_ID.to_owned(), text(&recruiter.establishment_id));
        let mut actions = vec![put(records, own)?, put(records, listed(owner, recruiter))?];
        if recruiter.status == RecruiterStatus::EnAttente {
            actions.push(put(records, waiting(owner, recruiter))?);
        }
        Ok(actions)
    }

    /// Tells the lists what became of an account. One that is archived gives its address back.
    pub(super) fn relisted(
        &self,
        owner: &str,
        recruiter: &Recruiter,
        lists: Lists,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let records = &self.tables.records;
        let id = &recruiter.establishment_id;
        let mut actions = Vec::new();
        if lists != Lists::AsTheyWere {
            actions.push(put(records, listed(owner, recruiter))?);
        }
        if lists == Lists::Settled {
            actions.push(delete(records, &keys::waiting_account(opco_of(recruiter), id))?);
        }
        if lists == Lists::Settled && recruiter.status == RecruiterStatus::Archive {
            let address = address_hash(&recruiter.email);
            actions.push(delete(records, &keys::recruiter_address(&address))?);
            let siret = &recruiter.establishment_siret;
            actions.push(delete(records, &keys::own_recruiter(owner, siret, &address))?);
        }
        Ok(actions)
    }
}

/// A recruiter in the list of its partner, with what the list may be filtered by.
fn listed(owner: &str, recruiter: &Recruiter) -> Item {
    let key = keys::listed_recruiter(owner, &created(recruiter), &recruiter.establishment_id);
    let mut item = key.attributes();
    item.insert(SIRET.to_owned(), text(recruiter.establishment_siret.as_str()));
    item.insert(ADDRESS.to_owned(), text(address_hash(&recruiter.email)));
    item.insert(STATUS.to_owned(), text(status_word(recruiter.status)));
    for (name, value) in
        [(OPCO, opco_of(recruiter).map(|opco| opco.short().to_owned())), (ORIGIN, recruiter.origin.clone())]
    {
        item.extend(value.map(|value| (name.to_owned(), text(value))));
    }
    item
}

/// An account that waits. Who it is, is in its collection only.
fn waiting(owner: &str, recruiter: &Recruiter) -> Item {
    let key = keys::waiting_account(opco_of(recruiter), &recruiter.establishment_id);
    let mut item = key.attributes();
    item.insert(OWNER.to_owned(), text(owner));
    item.insert(SINCE.to_owned(), text(created(recruiter)));
    item
}

fn waiting_account(item: &Item) -> Result<WaitingAccount, BadItem> {
    Ok(WaitingAccount {
        owner: get_text(item, OWNER)?.to_owned(),
        establishment_id: get_text(item, SK)?.to_owned(),
        since: date::parse(get_text(item, SINCE)?).unwrap_or_default(),
    })
}

#[async_trait]
impl FindOwnEstablishment for Recruiters {
    async fn find_own_establishment(
        &self,
        owner: &str,
        siret: &Siret,
        email: &Email,
    ) -> Result<Option<String>, PortError> {
        let item = self.item_at(&keys::own_recruiter(owner, siret, &address_hash(email))).await?;
        let id = item.map(|item| get_text(&item, ESTABLISHMENT_ID).map(str::to_owned)).transpose();
        id.map_err(|error| PortError::new(LIST, error))
    }
}

#[async_trait]
impl ListOwnRecruiters for Recruiters {
    async fn list_own_recruiters(
        &self,
        owner: &str,
        filter: &RecruiterFilter,
        skip: usize,
        limit: usize,
    ) -> Result<OwnRecruiters, PortError> {
        let origin = filter.origin.as_ref().map(|origin| format!("{owner}-{origin}"));
        let wanted = [
            (SIRET, filter.siret.as_ref().map(|siret| siret.as_str().to_owned())),
            (ADDRESS, filter.email.as_ref().map(address_hash)),
            (STATUS, filter.status.map(|status| status_word(status).to_owned())),
            (OPCO, filter.opco.map(|opco| opco.short().to_owned())),
            (ORIGIN, origin),
        ];
        let mut rows = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::recruiters_of(owner)))
            .into_paginator()
            .items()
            .send();
        let mut found = OwnRecruiters::default();
        while let Some(item) = rows.next().await {
            let item = item.map_err(|error| PortError::new(LIST, error))?;
            let passes = |(name, value): &(&'static str, Option<String>)| {
                value.as_ref().is_none_or(|value| get_text(&item, name).is_ok_and(|own| own == value))
            };
            if !wanted.iter().all(passes) {
                continue;
            }
            if found.total >= skip && found.ids.len() < limit {
                let sort = get_text(&item, SK).map_err(|error| PortError::new(LIST, error))?;
                found.ids.extend(sort.split_once('#').map(|(_, id)| id.to_owned()));
            }
            found.total += 1;
        }
        Ok(found)
    }
}

#[async_trait]
impl FindWaitingAccount for Recruiters {
    async fn find_waiting_account(
        &self,
        opco: Option<Opco>,
        establishment_id: &str,
    ) -> Result<Option<WaitingAccount>, PortError> {
        let item = self.item_at(&keys::waiting_account(opco, establishment_id)).await?;
        item.as_ref().map(waiting_account).transpose().map_err(|error| PortError::new(LIST, error))
    }
}

#[async_trait]
impl ListWaitingAccounts for Recruiters {
    async fn list_waiting_accounts(
        &self,
        opco: Option<Opco>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<WaitingAccount>, PortError> {
        let output = self
            .client
            .query()
            .table_name(&self.tables.records)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", text(keys::accounts_waiting(opco)))
            // A blank sorts below every id, and no key may be empty.
            .expression_attribute_values(":after", text(after.unwrap_or(" ")))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(|error| PortError::new(LIST, error))?;
        let accounts: Result<Vec<_>, _> = output.items().iter().map(waiting_account).collect();
        accounts.map_err(|error| PortError::new(LIST, error))
    }
}
