//! Recruiters, as the deposit service writes them.

use domain::card::Card;
use domain::matcha::MatchaOffer;
use domain::opco::Opco;
use domain::recruiter::{JobStatus, Recruiter};
use serde_json::{Value, json};

use crate::support::cipher;

/// A recruiter with every field of the public contract and nothing else.
fn record() -> Value {
    json!({
        "_id": "64a1", "establishment_id": "0190b7c2-8d3e-7000-8000-000000000001",
        "establishment_raison_sociale": "LE FOURNIL SAS", "establishment_enseigne": "Le Fournil",
        "establishment_siret": "01928074200016", "address_detail": {"localite": "METZ", "code_postal": "57000"},
        "address": "12 RUE SERPENOISE 57000 METZ", "geo_coordinates": "49.1111,6.17141", "is_delegated": false,
        "cfa_delegated_siret": null, "last_name": "Martin", "first_name": "Jeanne", "phone": "0387000000",
        "email": "jeanne@fournil.fr", "jobs": [job()], "origin": "lba", "opco": "Opco entreprises de proximité",
        "idcc": "843", "status": "Actif", "naf_code": "1071C", "naf_label": "Boulangerie",
        "establishment_size": "6-9", "establishment_creation_date": "1999-01-01T00:00:00.000Z",
        "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-02T00:00:00.000Z"
    })
}

fn job() -> Value {
    json!({
        "_id": "65b2", "rome_label": "Boulangerie - viennoiserie", "rome_appellation_label": "Boulanger",
        "rome_code": ["D1102", "D1104"], "rome_detail": {"code": "D1102"},
        "job_level_label": "Cap, autres formations niveau (Infrabac)", "job_start_date": "2026-09-01T00:00:00.000Z",
        "job_description": "x".repeat(51), "job_employer_description": "Depuis 1920",
        "job_creation_date": "2026-07-01T08:00:00.000Z", "job_expiration_date": "2026-09-01T08:00:00.000Z",
        "job_update_date": "2026-07-01T08:00:00.000Z", "job_last_prolongation_date": null,
        "job_prolongation_count": 0, "relance_mail_sent": false, "job_status": "Active",
        "job_status_comment": null, "job_type": ["Apprentissage", "Professionnalisation"],
        "is_multi_published": true, "job_delegation_count": 1,
        "delegations": [{"siret_code": "01928074200016", "email": "cfa@pain.fr", "cfa_read_company_detail_at": null}],
        "is_disabled_elligible": true, "job_count": 2, "job_duration": 24, "job_rythm": "1 semaine / 1 semaine",
        "custom_address": null, "custom_geo_coordinates": null, "stats_detail_view": 3, "stats_search_view": 14
    })
}

fn recruiter(change: impl FnOnce(&mut Value)) -> Recruiter {
    let mut record = record();
    change(&mut record);
    serde_json::from_value(record).unwrap()
}

fn offer(change: impl FnOnce(&mut Value)) -> MatchaOffer {
    recruiter(change).offers(&cipher()).unwrap().remove(0)
}

#[test]
fn is_written_back_as_it_was_read() {
    assert_eq!(serde_json::to_value(recruiter(|_| {})).unwrap(), record());
}

#[test]
fn reads_nulls_and_absent_fields_of_old_records() {
    let recruiter = recruiter(|record| {
        record["geo_coordinates"] = json!("");
        record["jobs"][0]["delegations"] = json!(null);
        record["jobs"][0].as_object_mut().unwrap().remove("stats_search_view");
        record.as_object_mut().unwrap().remove("idcc");
    });
    assert_eq!(recruiter.geo_coordinates, None);
    assert_eq!(recruiter.jobs[0].stats_search_view, 0);
}

#[test]
fn debug_shows_no_person() {
    let text = format!("{:?}", recruiter(|_| {}));
    assert!(!text.contains("Martin") && !text.contains("fournil.fr"), "{text}");
}

#[test]
fn becomes_an_offer_of_a_search() {
    let offer = offer(|_| {});
    assert_eq!(offer.id, "0190b7c2-8d3e-7000-8000-000000000001-0");
    assert_eq!(offer.offer_id, "65b2");
    assert_eq!((offer.title.as_str(), offer.company_name.as_str()), ("Boulanger", "Le Fournil"));
    assert_eq!(offer.status, JobStatus::Active);
    assert_eq!(offer.address.full.as_deref(), Some("12 RUE SERPENOISE 57000 METZ"));
    assert_eq!((offer.address.city.as_deref(), offer.address.zip.as_deref()), (Some("METZ"), Some("57000")));
    assert_eq!(offer.contact_name.as_deref(), Some("Jeanne Martin"));
    assert_eq!(offer.contract_types, ["Apprentissage", "Professionnalisation"]);
    assert_eq!(offer.start_date.as_deref(), Some("2026-09-01T00:00:00.000Z"));
    assert_eq!((offer.opco, offer.diploma.unwrap().level()), (Some(Opco::Ep), 3));
    assert_eq!(cipher().open(&offer.email.unwrap(), "65b2").unwrap().as_str(), "jeanne@fournil.fr");
    assert_eq!(offer.delegate, None);
}

#[test]
fn the_index_of_an_offer_counts_those_that_are_closed() {
    let recruiter = recruiter(|record| {
        let mut closed = job();
        closed["job_status"] = json!("Pourvue");
        record["jobs"] = json!([closed, job()]);
    });
    let offers = recruiter.offers(&cipher()).unwrap();
    assert_eq!((offers[0].status, offers[1].status), (JobStatus::Annulee, JobStatus::Active));
    let cards = recruiter.cards(&cipher()).unwrap();
    assert_eq!(cards.len(), 1);
    assert!(matches!(&cards[0], Card::Matcha(offer) if offer.id.ends_with("-1")));
}

#[test]
fn is_active_only_while_recruiter_and_offer_both_are() {
    for status in ["Archivé", "En attente de validation"] {
        assert_eq!(offer(|record| record["status"] = json!(status)).status, JobStatus::Annulee);
    }
    for status in ["Pourvue", "Annulée", "En attente"] {
        assert_eq!(
            offer(|record| record["jobs"][0]["job_status"] = json!(status)).status,
            JobStatus::Annulee
        );
    }
}

#[test]
fn a_description_of_fifty_characters_is_not_shown() {
    let description =
        |text: String| offer(|record| record["jobs"][0]["job_description"] = json!(text)).description;
    assert_eq!(description("é".repeat(50)), None);
    assert_eq!(description("é".repeat(51)), Some("é".repeat(51)));
}

#[test]
fn a_delegated_offer_tells_only_the_city_and_the_cfa() {
    let offer = offer(|record| {
        record["is_delegated"] = json!(true);
        record["cfa_delegated_siret"] = json!("35600000000048");
        record["address_detail"]["localite"] = json!("ELSEWHERE");
        record["cfa_delegated"] =
            json!({"name": "CFA DU PAIN", "address": {"full": "9 rue Y 57100 Thionville"}});
    });
    assert_eq!(offer.address.city.as_deref(), Some("METZ"));
    assert_eq!((offer.address.full, offer.address.street, offer.address.zip), (None, None, None));
    assert!(offer.address.point.is_some());
    let cfa = offer.delegate.unwrap();
    assert_eq!(cfa.siret.unwrap().as_str(), "35600000000048");
    assert_eq!(cfa.name.as_deref(), Some("CFA DU PAIN"));
    assert_eq!(cfa.address.full.as_deref(), Some("9 rue Y 57100 Thionville"));
}

#[test]
fn a_place_of_its_own_takes_the_place_of_the_establishment() {
    let offer = offer(|record| {
        record["jobs"][0]["custom_address"] = json!("3 quai X 69001 LYON");
        record["jobs"][0]["custom_geo_coordinates"] = json!("45.764,4.8357");
    });
    assert_eq!(offer.address.full.as_deref(), Some("3 quai X 69001 LYON"));
    assert_eq!((offer.address.city.as_deref(), offer.address.zip.as_deref()), (Some("LYON"), Some("69001")));
    assert_eq!(offer.address.point.unwrap().to_string(), "45.764,4.8357");
}

#[test]
fn names_fall_back_as_the_contract_says() {
    let offer = offer(|record| {
        record["establishment_enseigne"] = json!(" ");
        record["establishment_raison_sociale"] = json!(null);
        record["jobs"][0]["rome_appellation_label"] = json!(null);
    });
    assert_eq!(offer.company_name, "Enseigne inconnue");
    assert_eq!(offer.title, "Boulangerie - viennoiserie");
}

#[test]
fn the_rome_sheet_is_dropped_for_the_opco_pass() {
    assert!(offer(|_| {}).rome_detail.is_some());
    assert!(offer(|record| record["opco"] = json!("pass")).rome_detail.is_none());
}

#[test]
fn an_offer_without_an_end_lives_two_months() {
    let lives = offer(|record| record["jobs"][0]["job_expiration_date"] = json!(null));
    assert_eq!(lives.expires_at, offer(|_| {}).expires_at);
}

#[test]
fn any_level_asks_for_no_diploma() {
    let offer = offer(|record| record["jobs"][0]["job_level_label"] = json!("Indifférent"));
    assert_eq!((offer.diploma, offer.level_label.as_deref()), (None, Some("Indifférent")));
}

#[test]
fn names_the_field_of_a_record_that_cannot_be_shown() {
    let error = |field: &str, value: Value| {
        let recruiter = recruiter(|record| record["jobs"][0][field] = value);
        recruiter.offers(&cipher()).unwrap_err().to_string()
    };
    assert_eq!(error("job_level_label", json!("Bac")), "offer 0 of the recruiter: job_level_label is wrong");
    assert_eq!(error("_id", json!("a@b")), "offer 0 of the recruiter: _id is wrong");
    assert_eq!(
        error("job_creation_date", json!("1969-01-01")),
        "offer 0 of the recruiter: job_creation_date is wrong"
    );
}

#[test]
fn an_offer_is_closed_from_the_second_it_expires() {
    let deposited = offer(|_| ());
    let expiry = deposited.expires_at;
    assert_eq!(deposited.clone().as_of(expiry - 1).status, JobStatus::Active);
    assert_eq!(deposited.as_of(expiry).status, JobStatus::Annulee);
}
