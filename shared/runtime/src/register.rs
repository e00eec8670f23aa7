//! What is known of companies: the register of establishments, and addresses that vouch for accounts. Services that are
//! asked over HTTP are there where the environment names one.

use std::sync::Arc;

use registry_http::{AddressValidation, CachedRegister, Desk, Limits, OpcoDesk, SireneRegister};
use store::{Companies, KnownAddresses, PredictedAddresses};
use usecases::accounts::Vouching;
use usecases::ports::{FindCompany, FindOpco, KnowAddress};

use crate::Error;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::entropy::SystemEntropy;
use crate::environment::Environment;
use crate::feeds::contact_cipher;

/// What the secret of the register holds while nobody has put a token there.
const NO_TOKEN: &str = "none";

/// The register: what `RECORDS_TABLE` keeps of it; behind that the API Sirene at `REGISTER_URL`, with the token of the
/// secret that `REGISTER_TOKEN_ARN` names, and who knows OPCOs at `OPCO_URL`, where these are set.
pub async fn companies(clients: &Clients, environment: Environment) -> Result<Box<dyn FindCompany>, Error> {
    let kept = Companies::new(clients.dynamodb(), &environment.tables());
    let register = match environment.find("REGISTER_URL") {
        Some(url) => {
            let token = token(clients, environment).await?;
            let desk = desk(&url, token.as_deref(), Limits::NEEDED)?;
            Some(Box::new(SireneRegister::new(desk)) as Box<dyn FindCompany>)
        }
        None => None,
    };
    let opco = match environment.find("OPCO_URL") {
        Some(url) => Some(Box::new(OpcoDesk::new(desk(&url, None, Limits::OPTIONAL)?)) as Box<dyn FindOpco>),
        None => None,
    };
    Ok(Box::new(CachedRegister {
        kept: Box::new(kept.clone()),
        put: Box::new(kept),
        register,
        opco,
        clock: Arc::new(SystemClock),
    }))
}

/// Who knows addresses of companies, in the order in which they are asked: the list of predicted companies, whose
/// addresses the secret that `CONTACT_SECRET_ARN` names opens, and what OPCOs know, both in `RECORDS_TABLE`; then the
/// service at `ADDRESS_VALIDATION_URL`, where that is set.
pub async fn vouching(clients: &Clients, environment: Environment) -> Result<Box<dyn KnowAddress>, Error> {
    let (client, tables) = (clients.dynamodb(), environment.tables());
    let cipher = contact_cipher(clients, environment).await?;
    let mut sources: Vec<Box<dyn KnowAddress>> = vec![
        Box::new(PredictedAddresses::new(client.clone(), &tables, cipher)),
        Box::new(KnownAddresses::new(client, &tables)),
    ];
    if let Some(url) = environment.find("ADDRESS_VALIDATION_URL") {
        sources.push(Box::new(AddressValidation::new(desk(&url, None, Limits::OPTIONAL)?)));
    }
    Ok(Box::new(Vouching::new(sources)))
}

fn desk(url: &str, secret: Option<&str>, limits: Limits) -> Result<Desk, Error> {
    Ok(Desk::new(url, secret, limits, Arc::new(SystemClock), Arc::new(SystemEntropy))?)
}

async fn token(clients: &Clients, environment: Environment) -> Result<Option<String>, Error> {
    let Some(arn) = environment.find("REGISTER_TOKEN_ARN") else { return Ok(None) };
    let token = clients.secret(&arn).await?;
    Ok(Some(token).filter(|token| token.trim() != NO_TOKEN))
}
