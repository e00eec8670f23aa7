//! Addresses that are known of companies: those of an OPCO's referential, and that of a predicted company.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::card::Card;
use domain::email::Email;
use domain::registry::known::KnownAddresses as Row;
use domain::seal::ContactCipher;
use domain::siren::Siren;
use domain::siret::Siret;
use domain::source::Source;
use futures::{StreamExt, TryStreamExt};
use usecases::accounts::vouches;
use usecases::ports::{FindItem, KnowAddress, PortError, PutKnownAddresses};

use crate::items::Items;
use crate::keys::{self, Key};
use crate::tables::Tables;

const FIND: &str = "find an address of a company";
const PUT: &str = "put the addresses of a company";
/// Addresses of a company written at once.
const IN_FLIGHT: usize = 8;

/// Those of an OPCO's referential. Only their hashes are kept.
#[derive(Debug, Clone)]
pub struct KnownAddresses {
    client: Client,
    records: String,
}

impl KnownAddresses {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }

    async fn has(&self, key: &Key) -> Result<bool, PortError> {
        let request = self.client.get_item().table_name(&self.records).set_key(Some(key.attributes()));
        let got = request.send().await.map_err(|error| PortError::new(FIND, error))?;
        Ok(got.item().is_some())
    }

    async fn put(&self, key: Key) -> Result<(), PortError> {
        let request = self.client.put_item().table_name(&self.records);
        let sent = request.set_item(Some(key.attributes())).send().await;
        sent.map(drop).map_err(|error| PortError::new(PUT, error))
    }
}

#[async_trait]
impl KnowAddress for KnownAddresses {
    async fn knows_address(&self, siret: &Siret, email: &Email) -> Result<bool, PortError> {
        let company = Siren::from(siret);
        if self.has(&keys::known_address(&company, email)).await? {
            return Ok(true);
        }
        match email.own_domain() {
            Some(domain) => self.has(&keys::known_domain(&company, domain)).await,
            None => Ok(false),
        }
    }
}

#[async_trait]
impl PutKnownAddresses for KnownAddresses {
    async fn put_known_addresses(&self, known: &Row) -> Result<(), PortError> {
        let mut keys: Vec<Key> =
            known.emails.iter().map(|email| keys::known_address(&known.siren, email)).collect();
        let domains = known.emails.iter().filter_map(Email::own_domain);
        keys.extend(domains.map(|domain| keys::known_domain(&known.siren, domain)));
        keys.sort_unstable_by(|one, other| one.sort.cmp(&other.sort));
        keys.dedup();
        let puts = keys.into_iter().map(|key| self.put(key));
        futures::stream::iter(puts).buffer_unordered(IN_FLIGHT).try_collect().await
    }
}

/// That of a predicted company, which is kept sealed.
#[derive(Debug, Clone)]
pub struct PredictedAddresses {
    items: Items,
    cipher: ContactCipher,
}

impl PredictedAddresses {
    /// Over these tables; `cipher` is the one that sealed the addresses.
    pub fn new(client: Client, tables: &Tables, cipher: ContactCipher) -> Self {
        Self { items: Items::new(client, tables), cipher }
    }
}

#[async_trait]
impl KnowAddress for PredictedAddresses {
    async fn knows_address(&self, siret: &Siret, email: &Email) -> Result<bool, PortError> {
        let found = self.items.find_item(Source::Lba, siret.as_str()).await?;
        let Some(Card::Company(company)) = found.map(|item| item.card) else { return Ok(false) };
        let Some(sealed) = company.email else { return Ok(false) };
        // Sealed by an older secret, it is known to nobody until the list is loaded anew: no reason to refuse a deposit.
        Ok(self.cipher.open(&sealed, siret.as_str()).is_ok_and(|known| vouches(&known, email)))
    }
}
