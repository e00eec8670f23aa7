//! The register of establishments, as the API Sirene answers.

use async_trait::async_trait;
use domain::registry::{RegisteredCompany, sirene};
use domain::siret::Siret;
use usecases::ports::{FindCompany, PortError};

use crate::desk::{Desk, Question};
use crate::failure::Failure;

const ASK: &str = "ask the register of establishments";

/// Asks `GET {url}/siret/{SIRET}` each time.
pub struct SireneRegister {
    desk: Desk,
}

impl SireneRegister {
    /// Over this service.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }

    fn question(&self, siret: &Siret) -> Question {
        let mut url = self.desk.url();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["siret", siret.as_str()]);
        }
        Question { url, body: None }
    }
}

#[async_trait]
impl FindCompany for SireneRegister {
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError> {
        let read = |body: &[u8]| {
            let company = sirene::parse_answer(body).map_err(Failure::Row)?;
            if company.siret == *siret { Ok(company) } else { Err(Failure::Another) }
        };
        self.desk.ask(&self.question(siret), read).await.map_err(|failure| PortError::new(ASK, failure))
    }
}
