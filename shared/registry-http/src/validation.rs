//! A service that knows whose an address is (« BAL »).

use async_trait::async_trait;
use domain::email::Email;
use domain::siret::Siret;
use serde::{Deserialize, Serialize};
use usecases::ports::{KnowAddress, PortError};

use crate::desk::{Desk, Question};
use crate::failure::Failure;

const ASK: &str = "ask whose an address is";

/// Posts `{"siret": …, "email": …}`, so that the address is in no URL and in nobody's access log. An address is known
/// only where the service says so: its failure is a no, since an account that is not vouched for can still be
/// validated by a person.
pub struct AddressValidation {
    desk: Desk,
}

#[derive(Serialize)]
struct Asked<'a> {
    siret: &'a str,
    email: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    is_valid: bool,
}

impl AddressValidation {
    /// Over this service.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }

    async fn ask(&self, siret: &Siret, email: &Email) -> Result<bool, Failure> {
        let asked = Asked { siret: siret.as_str(), email: email.as_str() };
        let body = serde_json::to_vec(&asked).map_err(|_| Failure::Form)?;
        let read = |body: &[u8]| serde_json::from_slice::<Answer>(body).map_err(|_| Failure::Form);
        let answer = self.desk.ask(&Question { url: self.desk.url(), body: Some(body) }, read).await?;
        Ok(answer.is_some_and(|answer| answer.is_valid))
    }
}

#[async_trait]
impl KnowAddress for AddressValidation {
    async fn knows_address(&self, siret: &Siret, email: &Email) -> Result<bool, PortError> {
        match self.ask(siret, email).await {
            Ok(known) => Ok(known),
            Err(failure) => {
                let error = PortError::new(ASK, failure);
                tracing::warn!(error.causes = error.causes(), "address not validated");
                Ok(false)
            }
        }
    }
}
