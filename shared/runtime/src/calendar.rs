//! What the functions share that do to offers what time does.

use domain::link::LinkKey;
use domain::seal::ContactCipher;
use search::port::Postings;
use store::{DynamoPostings, Recruiters};
use usecases::calendar::{ExpireOffers, RemindRecruiters};
use usecases::deposit::Desk;
use usecases::ports::{Clock, Entropy};

use crate::Error;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::delivering::link_key;
use crate::entropy::SystemEntropy;
use crate::environment::Environment;
use crate::feeds::contact_cipher;

/// What every run of such a function shares.
pub struct Calendar {
    /// The stock: which offers end.
    pub postings: Box<dyn Postings>,
    /// Recruiters with their offers.
    pub recruiters: Recruiters,
    /// Seals recruiters' addresses.
    pub cipher: ContactCipher,
    /// Makes the links of mails.
    pub links: LinkKey,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

impl Calendar {
    /// Over the tables that `POSTINGS_TABLE`, `RECORDS_TABLE` and `LEDGER_TABLE` name, with the secrets of
    /// `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let (cipher, links) =
            tokio::join!(contact_cipher(&clients, environment), link_key(&clients, environment));
        let tables = environment.tables();
        Ok(Self {
            postings: Box::new(DynamoPostings::new(clients.dynamodb(), &tables, true)),
            recruiters: Recruiters::new(clients.dynamodb(), tables),
            cipher: cipher?,
            links: links?,
            clock: Box::new(SystemClock),
            entropy: Box::new(SystemEntropy),
        })
    }

    /// Closes the offers whose time is over.
    pub fn expire(&self) -> ExpireOffers<'_> {
        ExpireOffers { postings: &*self.postings, locate: &self.recruiters, desk: self.desk() }
    }

    /// Reminds recruiters of those whose time is over soon.
    pub fn remind(&self) -> RemindRecruiters<'_> {
        RemindRecruiters { postings: &*self.postings, locate: &self.recruiters, desk: self.desk() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            find: &self.recruiters,
            change: &self.recruiters,
            cipher: &self.cipher,
            links: Some(&self.links),
            clock: &*self.clock,
            entropy: &*self.entropy,
        }
    }
}
