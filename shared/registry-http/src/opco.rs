//! Who funds the apprentices of a company, as `CFADock` answers.

use async_trait::async_trait;
use domain::registry::sirene::{idcc, opco_label};
use domain::siret::Siret;
use serde::Deserialize;
use serde_json::Value;
use usecases::ports::{FindOpco, Funding, PortError};

use crate::desk::{Desk, Question};
use crate::failure::Failure;

const ASK: &str = "ask for the OPCO of an establishment";

/// Asks `GET {url}?siret=` each time.
pub struct OpcoDesk {
    desk: Desk,
}

/// Of an establishment that is of none, the names are absent or null.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(default)]
    opco_name: Option<String>,
    /// A number or a text.
    #[serde(default)]
    idcc: Value,
}

impl OpcoDesk {
    /// Over this service.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }
}

#[async_trait]
impl FindOpco for OpcoDesk {
    async fn find_opco(&self, siret: &Siret) -> Result<Option<Funding>, PortError> {
        let mut url = self.desk.url();
        url.query_pairs_mut().append_pair("siret", siret.as_str());
        let read = |body: &[u8]| serde_json::from_slice::<Answer>(body).map_err(|_| Failure::Form);
        let asked = self.desk.ask(&Question { url, body: None }, read).await;
        let answer = asked.map_err(|failure| PortError::new(ASK, failure))?;
        Ok(answer.and_then(funding))
    }
}

fn funding(answer: Answer) -> Option<Funding> {
    let idcc = match answer.idcc {
        Value::String(text) => idcc(&text),
        Value::Number(number) => idcc(&number.to_string()),
        _ => None,
    };
    Some(Funding { opco: opco_label(&answer.opco_name?)?, idcc })
}
