//! The lists that a recruiter stands in beside its own collection: its partner's, and that of the accounts that wait.

use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::date;
use domain::mail::address_hash;
use domain::opco::Opco;
use domain::recruiter::{Recruiter, RecruiterStatus};
use usecases::ports::PortError;

use super::{ESTABLISHMENT_ID, Recruiters};
use crate::attributes::{Item, text};
use crate::keys;
use crate::transact::{delete, put};

pub(crate) const SIRET: &str = "siret";
pub(crate) const ADDRESS: &str = "address";
pub(crate) const STATUS: &str = "status";
pub(crate) const OPCO: &str = "opco";
pub(crate) const ORIGIN: &str = "origin";
pub(crate) const NAME: &str = "name";

/// When a recruiter was created, as the lists sort by it.
fn created(recruiter: &Recruiter) -> String {
    recruiter.created_at.map(date::iso).unwrap_or_default()
}

/// Which OPCO's an account is.
pub(crate) fn opco_of(recruiter: &Recruiter) -> Option<Opco> {
    let label = recruiter.opco.as_deref()?;
    Opco::from_label(label).or_else(|| Opco::from_short(label))
}

/// The word for a state in lists.
pub(crate) const fn status_word(status: RecruiterStatus) -> &'static str {
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

    /// Tells the lists that the state of an account changed. One that is closed gives its address back.
    pub(super) fn status_changed(
        &self,
        owner: &str,
        recruiter: &Recruiter,
    ) -> Result<Vec<TransactWriteItem>, PortError> {
        let records = &self.tables.records;
        let id = &recruiter.establishment_id;
        let waited = keys::waiting_account(opco_of(recruiter), &created(recruiter), owner, id);
        let mut actions = vec![put(records, listed(owner, recruiter))?, delete(records, &waited)?];
        if recruiter.status == RecruiterStatus::Archive {
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

/// An account that waits, with what whoever validates it is shown first. Who it is, is in its collection only.
fn waiting(owner: &str, recruiter: &Recruiter) -> Item {
    let id = &recruiter.establishment_id;
    let key = keys::waiting_account(opco_of(recruiter), &created(recruiter), owner, id);
    let mut item = key.attributes();
    item.insert(SIRET.to_owned(), text(recruiter.establishment_siret.as_str()));
    let name = recruiter.establishment_raison_sociale.clone().unwrap_or_default();
    item.insert(NAME.to_owned(), text(name));
    item
}
