//! Writes what no feed brings: recruiters with their offers, as the deposit service writes them, the register of
//! establishments, and the partners who hold the demo keys.
//!
//! `seed --recruiters FILE --registry FILE --partner NAME=KEY_FILE…`, with the environment of a deployed stack.

use std::fs;

use domain::partner::{Partner, PartnerState, Right};
use domain::recruiter::Recruiter;
use domain::registry::RegisteredCompany;
use domain::seal::ContactCipher;
use futures::{StreamExt, TryStreamExt};
use runtime::Error;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use store::{Companies, Partners, Recruiters};
use usecases::partners::key_hash;
use usecases::ports::{Clock, DepositRecruiter, PutCompany, PutPartner};

/// Recruiters or establishments written at once.
const IN_FLIGHT: usize = 16;
const USAGE: &str = "usage: seed [--recruiters FILE] [--registry FILE] [--partner NAME=KEY_FILE]…";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (clients, tables) = (Clients::load().await, Environment.tables());
    let cipher = runtime::feeds::contact_cipher(&clients, Environment).await?;
    let partners = Partners::new(clients.dynamodb(), &tables);
    let companies = Companies::new(clients.dynamodb(), &tables);
    let recruiters = Recruiters::new(clients.dynamodb(), tables);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match name.as_str() {
            "--recruiters" => deposit(&recruiters, &cipher, &value).await?,
            "--registry" => register(&companies, &value).await?,
            "--partner" => put_partner(&partners, &value).await?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}

async fn deposit(recruiters: &Recruiters, cipher: &ContactCipher, file: &str) -> Result<(), Error> {
    let rows: Vec<Recruiter> =
        fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let now = SystemClock.seconds();
    let deposits = rows.iter().map(async |recruiter| {
        let offers = recruiter.offers(cipher)?;
        Ok::<_, Error>(recruiters.deposit(recruiter, &offers, now).await?)
    });
    let written: Vec<_> = futures::stream::iter(deposits).buffer_unordered(IN_FLIGHT).try_collect().await?;
    let offers: usize = written.iter().map(|deposited| deposited.written).sum();
    eprintln!("{} recruiters, {offers} offers written", rows.len());
    Ok(())
}

async fn register(companies: &Companies, file: &str) -> Result<(), Error> {
    let rows: Vec<RegisteredCompany> =
        fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let puts = rows.iter().map(|company| companies.put_company(company));
    futures::stream::iter(puts).buffer_unordered(IN_FLIGHT).try_collect::<Vec<()>>().await?;
    eprintln!("{} establishments registered", rows.len());
    Ok(())
}

/// The first demo partner may see phones and deposit offers; the second has no right, as a partner on its first day.
async fn put_partner(partners: &Partners, argument: &str) -> Result<(), Error> {
    let (name, key_file) = argument.split_once('=').ok_or(USAGE)?;
    let key = fs::read_to_string(key_file)?;
    let rights = if name.ends_with('1') {
        vec![Right::Phones, Right::DepositOffers, Right::VouchForAccounts]
    } else {
        Vec::new()
    };
    let partner = Partner {
        partner: name.to_owned(),
        organisation: format!("Demonstration ({name})"),
        rights,
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
    };
    partners.put_partner(&key_hash(key.trim()), &partner).await?;
    eprintln!("{name} may call");
    Ok(())
}
