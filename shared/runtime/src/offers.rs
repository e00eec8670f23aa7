//! What the functions share by which partners deposit offers and say what becomes of them.

use domain::link::LinkKey;
use domain::seal::ContactCipher;
use store::Recruiters;
use usecases::accounts::SettleAccount;
use usecases::deposit::{ChangeOffer, DepositMany, DepositOffer, Desk, PutOffer};

use crate::Error;
use crate::clients::Clients;
use crate::delivering::{Depositing, link_key};
use crate::environment::Environment;
use crate::feeds::contact_cipher;

/// What every request of such a function shares.
pub struct Offers {
    /// Who calls, and what makes a write happen once.
    pub depositing: Depositing,
    /// Recruiters with their offers.
    pub recruiters: Recruiters,
    /// Seals recruiters' addresses.
    pub cipher: ContactCipher,
    /// Makes the links of mails; none where no mail follows from what the function does: who has the key can make the
    /// token of every link.
    pub links: Option<LinkKey>,
}

impl Offers {
    /// Over the tables that `POSTINGS_TABLE`, `RECORDS_TABLE` and `LEDGER_TABLE` name, with the secrets of
    /// `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        // Both secrets at once, and beside the connection to the store.
        let (depositing, cipher, links) = tokio::join!(
            Depositing::load(clients.dynamodb(), environment),
            contact_cipher(&clients, environment),
            link_key(&clients, environment),
        );
        let recruiters = Recruiters::new(clients.dynamodb(), environment.tables());
        Ok(Self { depositing, recruiters, cipher: cipher?, links: Some(links?) })
    }

    /// The same without `LINK_SECRET_ARN`.
    pub async fn load_without_links(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let (depositing, cipher) = tokio::join!(
            Depositing::load(clients.dynamodb(), environment),
            contact_cipher(&clients, environment),
        );
        let recruiters = Recruiters::new(clients.dynamodb(), environment.tables());
        Ok(Self { depositing, recruiters, cipher: cipher?, links: None })
    }

    /// Reads recruiters, and writes what becomes of them.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            find: &self.recruiters,
            change: &self.recruiters,
            cipher: &self.cipher,
            links: self.links.as_ref(),
            clock: &*self.depositing.clock,
            entropy: &*self.depositing.entropy,
        }
    }

    /// Deposits an offer.
    pub fn deposit(&self) -> DepositOffer<'_> {
        DepositOffer { once: self.depositing.once(), desk: self.desk() }
    }

    /// Changes an offer.
    pub fn change(&self) -> ChangeOffer<'_> {
        ChangeOffer { once: self.depositing.once(), locate: &self.recruiters, desk: self.desk() }
    }

    /// Puts an offer under its partner's own name.
    pub fn put(&self) -> PutOffer<'_> {
        PutOffer {
            once: self.depositing.once(),
            names: &self.recruiters,
            head: &self.recruiters,
            desk: self.desk(),
        }
    }

    /// Deposits many offers.
    pub fn deposit_many(&self) -> DepositMany<'_> {
        DepositMany { put: self.put() }
    }

    /// Settles accounts.
    pub fn settle(&self) -> SettleAccount<'_> {
        SettleAccount { once: self.depositing.once(), desk: self.desk() }
    }
}
