//! A cached register over an embedded store and the services of a test.

use std::sync::Arc;
use std::time::Duration;

use domain::registry::RegisteredCompany;
use domain::siret::Siret;
use registry_http::{CachedRegister, Desk, Limits, OpcoDesk, SireneRegister};
use serde_json::{Value, json};
use store::Companies;
use testkit::{EmbeddedStore, FixedClock, FixedEntropy, siret};
use usecases::ports::{FindCompany, PortError};

use crate::server::{Reply, Server};

/// Long enough for whatever answers, and no pause.
pub(crate) const PATIENT: Limits = Limits {
    connect: Duration::from_secs(20),
    attempt: Duration::from_secs(20),
    pause: Duration::ZERO,
    ..Limits::NEEDED
};
/// For what never answers.
pub(crate) const BRIEF: Limits = Limits { attempt: Duration::from_millis(300), ..PATIENT };

pub(crate) struct World {
    pub(crate) store: EmbeddedStore,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) companies: Companies,
}

pub(crate) fn first() -> Siret {
    siret(1).parse().unwrap()
}

/// The first invented establishment, as the API Sirene tells of it.
pub(crate) fn row() -> Value {
    json!({
        "siret": siret(1),
        "statutDiffusionEtablissement": "O",
        "etatAdministratifEtablissement": "A",
        "uniteLegale": {"denominationUniteLegale": "FOURNIL INVENTE", "activitePrincipaleUniteLegale": "10.71C"},
        "adresseEtablissement": {"libelleCommuneEtablissement": "METZ"},
    })
}

/// The answer that tells of it.
pub(crate) fn told(row: &Value) -> Reply {
    Reply::Answer(200, json!({"etablissement": row}).to_string())
}

pub(crate) fn failing() -> Reply {
    Reply::Answer(500, String::new())
}

/// Why a service gave no answer.
pub(crate) fn why(failed: Result<Option<RegisteredCompany>, PortError>) -> String {
    failed.unwrap_err().source.to_string()
}

impl World {
    pub(crate) async fn start() -> Self {
        let store = EmbeddedStore::start().await;
        let companies = Companies::new(store.client.clone(), &store.tables);
        Self { clock: Arc::new(FixedClock::new()), companies, store }
    }

    pub(crate) fn desk(&self, url: &str, limits: Limits) -> Desk {
        let entropy = Arc::new(FixedEntropy::default());
        Desk::new(url, Some("a fake token"), limits, self.clock.clone(), entropy).unwrap()
    }

    /// The register at `server`, with nothing before it.
    pub(crate) fn bare(&self, server: &Server, limits: Limits) -> SireneRegister {
        SireneRegister::new(self.desk(&server.url, limits))
    }

    pub(crate) fn cached(&self, register: Option<&Server>, opco: Option<&Server>) -> CachedRegister {
        let register = register.map(|server| Box::new(self.bare(server, PATIENT)) as Box<dyn FindCompany>);
        CachedRegister {
            kept: Box::new(self.companies.clone()),
            put: Box::new(self.companies.clone()),
            register,
            opco: opco.map(|server| Box::new(OpcoDesk::new(self.desk(&server.url, PATIENT))) as Box<_>),
            clock: self.clock.clone(),
        }
    }

    /// All that the store holds.
    pub(crate) async fn dump(&self) -> String {
        format!("{:?}", self.store.dump(&self.store.tables.records).await)
    }
}
