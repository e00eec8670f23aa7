//! Writes what no feed brings: recruiters with their offers, as the deposit service writes them, the register of
//! establishments, addresses known of companies, what schools decided about appointments, to whom OPCOs want to be
//! written, and partners with their keys.
//!
//! `seed --recruiters FILE --registry FILE --known-addresses FILE --consents FILE --opco-contact OPCO=ADDRESS
//! --partner FILE --demo-partner NAME=KEY_FILE…`, with the variables that `infra/runbook.md` names. The register is JSON
//! lines in the form of the API Sirene, plain or gzip; a partner is JSON, and its key is read from the standard input.

mod partners;

use std::fs;
use std::io::Read;

use domain::appointment::Consent;
use domain::recruiter::Recruiter;
use domain::registry::RegisteredCompany;
use domain::registry::known::KnownAddresses as KnownRow;
use domain::registry::sirene;
use domain::seal::ContactCipher;
use domain::siret::Siret;
use futures::{StreamExt, TryStreamExt};
use runtime::Error;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use runtime::telemetry;
use serde::Deserialize;
use store::{Companies, Consents, KnownAddresses, OpcoContacts, Partners, Recruiters};
use usecases::partners::key_hash;
use usecases::ports::{
    Bytes, ChangeConsent, Clock, Consequences, DepositRecruiter, PortError, PutCompany, PutKnownAddresses,
    PutOpcoContact, PutPartner, SeenConsent,
};
use usecases::register::{Loaded, load};

/// Recruiters written at once.
const IN_FLIGHT: usize = 16;
/// A file is read so many bytes at a time.
const PIECE: usize = 64 * 1024;
const USAGE: &str = "usage: seed [--recruiters FILE] [--registry FILE] [--known-addresses FILE] [--consents FILE] \
     [--opco-contact OPCO=ADDRESS]… [--partner FILE < KEY] [--demo-partner NAME=KEY_FILE]…";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (clients, tables) = (Clients::load().await, Environment.tables());
    // Everything is written there; without its name each write would fail for a reason that says nothing.
    Environment.get("RECORDS_TABLE")?;
    let partners = Partners::new(clients.dynamodb(), &tables);
    let companies = Companies::new(clients.dynamodb(), &tables);
    let known = KnownAddresses::new(clients.dynamodb(), &tables);
    let contacts = OpcoContacts::new(clients.dynamodb(), &tables);
    let consents = Consents::new(clients.dynamodb(), tables.clone());
    let recruiters = Recruiters::new(clients.dynamodb(), tables);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match name.as_str() {
            "--recruiters" => {
                let cipher = runtime::feeds::contact_cipher(&clients, Environment).await?;
                deposit(&recruiters, &cipher, &value).await?;
            }
            "--registry" => register(&companies, &value).await?,
            "--known-addresses" => know(&known, &value).await?,
            "--consents" => consent(&consents, &value).await?,
            "--opco-contact" => put_contact(&contacts, &value).await?,
            "--partner" => put_partner(&partners, &value).await?,
            "--demo-partner" => put_demo_partner(&partners, &value).await?,
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
    let now = SystemClock.seconds();
    let put = async |company: RegisteredCompany| companies.put_company(&company, now).await;
    tell("establishments registered", &load(pieces(file)?, sirene::parse, put).await?)
}

async fn know(known: &KnownAddresses, file: &str) -> Result<(), Error> {
    let put = async |row: KnownRow| known.put_known_addresses(&row).await;
    tell("companies known by their addresses", &load(pieces(file)?, KnownRow::parse, put).await?)
}

/// What a school decided, in the form in which it is stored.
#[derive(Deserialize)]
struct ConsentRow {
    siret: Siret,
    #[serde(flatten)]
    consent: Consent,
}

/// What a school decided since stays.
async fn consent(consents: &Consents, file: &str) -> Result<(), Error> {
    let rows: Vec<ConsentRow> =
        fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let nothing = Consequences::none(SystemClock.seconds());
    let seen = SeenConsent::default();
    let writes = rows.iter().map(|row| consents.change_consent(&row.siret, &seen, &row.consent, &nothing));
    let changed: Vec<bool> = futures::stream::iter(writes).buffer_unordered(IN_FLIGHT).try_collect().await?;
    let written = changed.iter().filter(|written| **written).count();
    eprintln!("{} schools decided about appointments, {written} written", rows.len());
    Ok(())
}

/// A file of which nothing is good is another one than was meant.
fn tell(what: &str, loaded: &Loaded) -> Result<(), Error> {
    eprintln!("{} rows read, {} {what}", loaded.read, loaded.kept);
    for (reason, (count, line)) in &loaded.refused {
        eprintln!("{count} refused, the first on line {line}: {reason}");
    }
    if loaded.kept == 0 { Err("no row of the file is good".into()) } else { Ok(()) }
}

fn pieces(file: &str) -> Result<Bytes, Error> {
    let mut file = fs::File::open(file)?;
    let piece = move || {
        let mut piece = Vec::new();
        match file.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some(Ok(piece)),
            Err(error) => Some(Err(PortError::new("read a file", error))),
        }
    };
    Ok(futures::stream::iter(std::iter::from_fn(piece)).boxed())
}

/// The address is told to nobody: it is read here, and kept.
async fn put_contact(contacts: &OpcoContacts, argument: &str) -> Result<(), Error> {
    let (name, address) = argument.split_once('=').ok_or(USAGE)?;
    let opco = name.parse()?;
    contacts.put_opco_contact(opco, &address.parse()?).await?;
    eprintln!("{opco} is told of accounts that wait");
    Ok(())
}

/// The key is read where it is never shown: an argument stands in the list of processes, and in the shell's history.
async fn put_partner(partners: &Partners, file: &str) -> Result<(), Error> {
    let key = std::io::read_to_string(std::io::stdin())?;
    let registered = partners::register(partners, &fs::read_to_string(file)?, &key).await;
    let name = registered.map_err(|error| telemetry::chain(&error))?;
    eprintln!("{name} is registered with the key that was read");
    Ok(())
}

async fn put_demo_partner(partners: &Partners, argument: &str) -> Result<(), Error> {
    let (name, key_file) = argument.split_once('=').ok_or(USAGE)?;
    let key = fs::read_to_string(key_file)?;
    partners.put_partner(&key_hash(key.trim()), &partners::demo(name)).await?;
    eprintln!("{name} may call");
    Ok(())
}
