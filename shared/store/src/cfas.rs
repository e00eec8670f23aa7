//! The directory of CFAs that offers may be delegated to.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::cfa::Cfa;
use domain::siret::Siret;
use usecases::ports::{DerivedKey, FindCfa, PortError};

use crate::attributes::get_text;
use crate::derived;
use crate::tables::Tables;

const FIND: &str = "find a training centre";
/// The attribute of a CFA: JSON, its address sealed.
pub(crate) const CFA: &str = "cfa";

/// Finds CFAs.
#[derive(Debug, Clone)]
pub struct Cfas {
    client: Client,
    records: String,
}

impl Cfas {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, records: tables.records.clone() }
    }
}

#[async_trait]
impl FindCfa for Cfas {
    async fn find_cfa(&self, siret: &Siret) -> Result<Option<Cfa>, PortError> {
        let key = DerivedKey::Cfa(siret.clone());
        let items = derived::read(&self.client, &self.records, &key, FIND).await?;
        let Some(item) = items.first() else { return Ok(None) };
        let json = get_text(item, CFA).map_err(|error| PortError::new(FIND, error))?;
        serde_json::from_str(json).map(Some).map_err(|error| PortError::new(FIND, error))
    }
}
