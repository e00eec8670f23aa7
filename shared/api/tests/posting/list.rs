//! The list of a search, on both its routes.

use api::accept::Form;
use api::request::Request;
use api::response::Response;
use api::search_query::{Route, SearchQuery};
use api::search_writer::{Asker, Batch, Failure, Gathered};
use domain::card::Card;
use domain::company::Company;
use domain::partner::{Partner, PartnerState};
use domain::source::Source;
use search::read::SearchError;
use serde_json::{Value, json};
use usecases::search::Item;

use crate::golden::assert_golden;
use crate::offers;

fn query(accept: &str, caller: Option<&str>) -> SearchQuery {
    let mut query = vec![("romes".to_owned(), "D1102".to_owned())];
    query.extend(caller.map(|caller| ("caller".to_owned(), caller.to_owned())));
    let headers = [("accept".to_owned(), vec![accept.to_owned()])].into();
    let request = Request { query, headers, ..Request::default() };
    SearchQuery::parse(&request, Route::Jobs, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

fn partner() -> Partner {
    Partner {
        partner: "example".to_owned(),
        organisation: "Exemple".to_owned(),
        rights: Vec::new(),
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
        referrer: None,
    }
}

fn batch(cards: Vec<Card>) -> Batch {
    let items = cards.into_iter().map(|card| Item { card, distance_km: Some(1.0) }).collect();
    Batch { items, withdrawn: None }
}

fn company() -> Company {
    let company =
        json!({"siret": "01928074200016", "name": "SOCIETE INVENTEE", "romes": ["D1102"], "address": {}});
    serde_json::from_value(company).unwrap()
}

fn found() -> Gathered {
    let by_source = [
        (Source::Lba, Ok(batch(vec![Card::Company(Box::new(company()))]))),
        (Source::Matcha, Ok(batch(vec![Card::Matcha(Box::new(offers::matcha()))]))),
        (Source::Offres, Ok(batch(vec![Card::PartnerOffer(Box::new(offers::partner_offer()))]))),
    ];
    Gathered { by_source: by_source.into(), ..Gathered::default() }
}

fn write(accept: &str, caller: Option<&str>, found: &Gathered) -> [Response; 2] {
    let (query, partner) = (query(accept, caller), partner());
    let asker = Asker { query: &query, partner: &partner, tells_cost: true };
    [asker.jobs(found), asker.jobs_and_trainings(found)]
}

fn body(response: &Response) -> Value {
    serde_json::from_str(&response.body.text()).unwrap()
}

#[test]
fn the_offers_are_listed_source_by_source_without_companies() {
    let [jobs, with_trainings] = write("application/ld+json", None, &found());
    assert_eq!((jobs.status, jobs.header("content-type")), (200, Some("application/ld+json; charset=utf-8")));
    assert!(jobs.header("x-search-cost").is_some());
    assert_eq!(jobs.body, with_trainings.body);
    assert_golden("list", &body(&jobs));
}

#[test]
fn a_page_a_withdrawal_and_a_failure_stand_beside_the_list() {
    let mut found = found();
    found.next = Some(Some("cursor".to_owned()));
    found.updated_until = Some("2026-09-21T14:13:20.000Z".to_owned());
    found.by_source.insert(Source::Offres, Err(Failure::Search(SearchError::StaleSketch)));
    let gone = Batch { items: Vec::new(), withdrawn: Some(vec!["offer-9".to_owned()]) };
    found.by_source.insert(Source::Matcha, Ok(gone));
    assert_golden("list_beside", &body(&write("application/ld+json", None, &found)[0]));
    found.next = Some(None);
    assert_eq!(body(&write("application/ld+json", None, &found)[0]).get("next"), Some(&Value::Null));
}

#[test]
fn a_named_caller_sees_no_siret_of_a_partner_offer_in_the_list() {
    let siret = |caller| {
        let [jobs, _] = write("application/ld+json", caller, &found());
        body(&jobs)["itemListElement"][0]["hiringOrganization"]["identifier"]["value"].clone()
    };
    assert_eq!((siret(None), siret(Some("exemple"))), ("01928074200016".into(), Value::Null));
}

#[test]
fn nothing_changes_for_who_does_not_name_json_ld() {
    for accept in ["", "*/*", "application/json"] {
        for response in write(accept, None, &found()) {
            assert_eq!(response.header("content-type"), Some("application/json; charset=utf-8"), "{accept}");
        }
        assert!(body(&write(accept, None, &found())[0])["peJobs"]["results"].is_array());
    }
}

#[test]
fn a_cursor_serves_both_forms() {
    let (json, linked) = (query("*/*", None), query("application/ld+json", None));
    assert_eq!((json.form, linked.form), (Form::Json, Form::LinkedData));
    assert_eq!(json.fingerprint, linked.fingerprint);
}
