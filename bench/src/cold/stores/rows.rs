//! The rows that the events of `events/` find, written by the real import, at places that the sketch expects.
#![expect(clippy::indexing_slicing, reason = "a field that a row does not have is made")]

use anyhow::Context as _;
use domain::appointment::{Consent, Premium, Referrer};
use domain::date::paris_day;
use domain::geo::Point;
use domain::partner::{Partner, PartnerState, Right};
use domain::partner_offer::PartnerOffer;
use domain::recruiter::Recruiter;
use domain::rome::RomeCode;
use domain::seal::ContactCipher;
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use runtime::clock::SystemClock;
use serde_json::{Value, json};
use testkit::{EmbeddedStore, Importer, jsonl};
use usecases::ingest::Status;
use usecases::partners::key_hash;
use usecases::ports::{
    ChangeConsent as _, Clock, Consequences, DepositRecruiter as _, PutPartner as _, SeenConsent,
};

/// The key of the events.
const KEY: &str = "fake-key-of-partner-one";
/// The trades of the events, and the cities: Paris and Lyon.
const ROMES: [&str; 2] = ["D1102", "D1104"];
const CITIES: [(f64, f64); 2] = [(48.8566, 2.3522), (45.764, 4.8357)];
/// The school that one may ask for an appointment, by its number.
const SCHOOL: u32 = 802;
/// The radius of the events is 30.
const WITHIN_KM: f64 = 35.0;

/// Whether the events ask for this offer.
pub(crate) fn is_asked(offer: &PartnerOffer) -> bool {
    let near = |point: Point| {
        CITIES
            .iter()
            .any(|&(lat, lon)| Point::new(lat, lon).is_ok_and(|city| city.distance_km(point) < WITHIN_KM))
    };
    trade(offer).is_some() && offer.address.point.is_some_and(near)
}

fn trade(offer: &PartnerOffer) -> Option<RomeCode> {
    offer.romes.iter().find(|rome| ROMES.contains(&rome.as_str()))
}

/// A store with a company, an offer of France Travail, a recruiter and a training at the place of each of these, and
/// the partner of the events. They are live now, whenever that is: the functions know no other time.
pub(crate) async fn import(asked: &[PartnerOffer]) -> anyhow::Result<Importer> {
    let import = Importer::start().await;
    import.clock.advance(SystemClock.now().as_second() - import.clock.now().as_second());
    for (key, row) in [
        ("companies/main/companies.jsonl", company as fn(u32, &PartnerOffer) -> Value),
        ("offers/main/offers.jsonl", offer),
        ("formations/main/formations.jsonl", formation),
    ] {
        let rows: Vec<Value> = (1..).zip(asked).map(|(number, asked)| row(number, asked)).collect();
        let report = import.load(key, jsonl(&rows)).await;
        anyhow::ensure!((report.status, report.refused) == (Status::Done, 0), "{report:?}");
    }
    let store = &import.store;
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4))?;
    let recruiters = store::Recruiters::new(store.client.clone(), store.tables.clone());
    let now = u32::try_from(SystemClock.now().as_second())?;
    for (number, asked) in (1..).zip(asked) {
        let recruiter = recruiter(number, asked)?;
        recruiters.deposit(&recruiter, &recruiter.offers(&cipher)?, now).await?;
    }
    let partner = Partner {
        partner: "partner-one".to_owned(),
        organisation: "Organisation partner-one".to_owned(),
        rights: vec![
            Right::Phones,
            Right::SubmitApplications,
            Right::CreateAppointments,
            Right::ManageWebhooks,
        ],
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
        referrer: Some(Referrer::Parcoursup),
    };
    open(store, now).await?;
    let partners = store::Partners::new(store.client.clone(), &store.tables);
    partners.put_partner(&key_hash(KEY), &partner).await.context("the partner cannot be written")?;
    Ok(import)
}

/// The school of the training of the events accepts requests for appointments from Parcoursup.
async fn open(store: &EmbeddedStore, now: u32) -> anyhow::Result<()> {
    let consents = store::Consents::new(store.client.clone(), store.tables.clone());
    let mut consent = Consent::default();
    consent.accept(Premium::Parcoursup, paris_day(SystemClock.now()));
    let school = testkit::siret(SCHOOL).parse()?;
    let nothing = Consequences::none(now);
    consents.change_consent(&school, &SeenConsent::default(), &consent, &nothing).await?;
    Ok(())
}

fn company(number: u32, asked: &PartnerOffer) -> Value {
    let mut row = testkit::company(number);
    row["geo_coordinates"] = coordinates(asked);
    row["rome_codes"] = romes(asked);
    row
}

fn offer(number: u32, asked: &PartnerOffer) -> Value {
    let mut row = testkit::offer(number);
    row["romeCode"] = json!(trade(asked).map(|rome| rome.to_string()));
    row["description"] = json!(asked.description);
    row["dateCreation"] = json!(days_from_now(-1));
    row["lieuTravail"]["latitude"] = json!(asked.address.point.map(Point::lat));
    row["lieuTravail"]["longitude"] = json!(asked.address.point.map(Point::lon));
    row
}

fn formation(number: u32, asked: &PartnerOffer) -> Value {
    let year = TimeZone::UTC.to_datetime(SystemClock.now()).year();
    let mut row = testkit::formation(number);
    row["lieu_formation_geo_coordonnees"] = coordinates(asked);
    row["rome_codes"] = romes(asked);
    row["tags"] = json!([year.to_string(), (year + 1).to_string()]);
    // The training that the events ask to talk about.
    if number == 20 {
        row["parcoursup_id"] = json!("20");
        row["email"] = json!("rdv@exemple.invalid");
        row["etablissement_gestionnaire_siret"] = json!(testkit::siret(SCHOOL));
    }
    // Two trainings of the school and the diploma of the events.
    if let 10 | 11 = number {
        row["rncp_code"] = json!("RNCP20000");
        row["cfd"] = json!("50022137");
        row["bcn_mefs_10"] = json!([{"mef10": "9000000121", "modalite": {"duree": "2", "annee": "1"}}]);
        row["uai_formation"] = json!(if number == 10 { "0579001A" } else { "0579004D" });
        row["etablissement_formateur_uai"] = json!("0579002B");
        row["etablissement_gestionnaire_uai"] = json!("0579003C");
        row["etablissement_formateur_siret"] = json!(testkit::siret(801));
    }
    row
}

fn recruiter(number: u32, asked: &PartnerOffer) -> anyhow::Result<Recruiter> {
    let mut recruiter = serde_json::to_value(testkit::recruiter(number, 1))?;
    recruiter["geo_coordinates"] = coordinates(asked);
    recruiter["jobs"][0]["rome_code"] = json!([trade(asked).map(|rome| rome.to_string())]);
    recruiter["jobs"][0]["job_creation_date"] = json!(days_from_now(-1));
    recruiter["jobs"][0]["job_expiration_date"] = json!(days_from_now(60));
    Ok(serde_json::from_value(recruiter)?)
}

fn romes(asked: &PartnerOffer) -> Value {
    json!(asked.romes.iter().map(|rome| rome.to_string()).collect::<Vec<_>>())
}

fn coordinates(asked: &PartnerOffer) -> Value {
    json!(asked.address.point.map(|point| format!("{},{}", point.lat(), point.lon())))
}

fn days_from_now(days: i64) -> String {
    let at = SystemClock.now().checked_add((24 * days).hours()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::small;

    #[test]
    fn offers_of_other_trades_and_places_are_not_written() {
        let world = small(2_000, 0.5);
        let asked: Vec<PartnerOffer> =
            (0..2_000).map(|number| world.offer(number)).filter(is_asked).collect();
        assert!((1..200).contains(&asked.len()), "{}", asked.len());
        assert!(
            asked
                .iter()
                .all(|offer| offer.romes.iter().any(|rome| ["D1102", "D1104"].contains(&rome.as_str())))
        );
    }

    #[tokio::test]
    async fn every_row_is_live_now() {
        let world = small(2_000, 0.5);
        let asked: Vec<PartnerOffer> =
            (0..2_000).map(|number| world.offer(number)).filter(is_asked).collect();
        let import = import(&asked).await.unwrap();
        let rows = import.store.dump("postings").await;
        for source in ["lba", "matcha", "offres", "formations"] {
            let held =
                rows.keys().filter(|(partition, _)| partition.starts_with(&format!("{source}#D110"))).count();
            assert!(held >= asked.len(), "{source}: {held} of {}", asked.len());
        }
    }
}
