//! What the functions share that have CFAs look for candidates.

use aws_sdk_dynamodb::Client;
use store::{BarredAddresses, Cfas, DynamoPostings, Tables};
use usecases::delegation::nearest::NearestCfas;

/// The directory of CFAs, and what finds those that are near.
pub struct Schools {
    /// The index of trainings.
    pub postings: DynamoPostings,
    /// The directory.
    pub cfas: Cfas,
    /// Who unsubscribed.
    pub barred: BarredAddresses,
}

impl Schools {
    /// Over these tables. What a read cost is told to nobody, so that it is not asked of the store.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self {
            postings: DynamoPostings::new(client.clone(), tables, false),
            cfas: Cfas::new(client.clone(), tables),
            barred: BarredAddresses::new(client, tables),
        }
    }

    /// Finds the nearest.
    pub fn nearest(&self) -> NearestCfas<'_> {
        NearestCfas { postings: &self.postings, cfas: &self.cfas, barred: &self.barred }
    }
}
