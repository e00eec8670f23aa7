//! Whole postings.

use api::items::View;
use api::job_posting::JobPosting;
use domain::recruiter::JobStatus;
use serde::Serialize;
use serde_json::Value;

use crate::offers;

/// Compares with a golden file. `GOLDEN=write cargo test -p api` writes the files anew.
pub(crate) fn assert_golden(name: &str, found: &impl Serialize) {
    let path = format!("{}/tests/postings/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let found = serde_json::to_value(found).unwrap();
    if option_env!("GOLDEN") == Some("write") {
        std::fs::write(&path, format!("{found:#}\n")).unwrap();
    }
    let wanted: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(found, wanted, "{path}");
}

#[test]
fn a_deposited_offer_with_every_field() {
    assert_golden("matcha_full", &JobPosting::from(&offers::matcha()));
}

#[test]
fn a_deposited_offer_with_the_fewest_fields() {
    assert_golden("matcha_minimal", &JobPosting::from(&offers::smallest_matcha()));
}

#[test]
fn a_delegated_offer_tells_the_town_and_no_more() {
    assert_golden("matcha_delegated", &JobPosting::from(&offers::delegated()));
}

#[test]
fn a_partner_offer_with_every_field() {
    assert_golden("partner_offer_full", &JobPosting::from((&offers::partner_offer(), View::default())));
}

#[test]
fn a_partner_offer_with_the_fewest_fields() {
    let offer = offers::smallest_partner_offer();
    assert_golden("partner_offer_minimal", &JobPosting::from((&offer, View::default())));
}

#[test]
fn a_named_caller_does_not_see_the_siret_of_a_partner_offer() {
    let siret = |hide_siret| {
        let view = View { hide_siret, ..View::default() };
        let posting = serde_json::to_value(JobPosting::from((&offers::partner_offer(), view))).unwrap();
        posting["hiringOrganization"]["identifier"]["value"].clone()
    };
    assert_eq!((siret(false), siret(true)), ("01928074200016".into(), Value::Null));
}

#[test]
fn the_posting_of_a_closed_offer_is_over() {
    let through = |status| {
        let offer = domain::matcha::MatchaOffer { status, ..offers::matcha() };
        let posting = serde_json::to_value(JobPosting::from(&offer)).unwrap();
        (posting["datePosted"].clone(), posting["validThrough"].clone())
    };
    let (posted, until) = through(JobStatus::Active);
    assert_eq!((&posted, &until), (&"2026-09-21T14:13:20.000Z".into(), &"2026-11-18T11:06:40.000Z".into()));
    for closed in [JobStatus::Annulee, JobStatus::Pourvue, JobStatus::EnAttente] {
        assert_eq!(through(closed), (posted.clone(), posted.clone()));
    }
}

#[test]
fn a_part_time_offer_says_so() {
    let types = |duration: &str, contract: &str| {
        let (duration, contract_type) = (Some(duration.to_owned()), Some(contract.to_owned()));
        let offer =
            domain::partner_offer::PartnerOffer { duration, contract_type, ..offers::partner_offer() };
        serde_json::to_value(JobPosting::from((&offer, View::default()))).unwrap()["employmentType"]
            .to_string()
    };
    assert_eq!(types("24H Temps Partiel", "CDI"), r#"["PART_TIME"]"#);
    assert_eq!(types("35H", "CDD"), r#"["FULL_TIME","TEMPORARY"]"#);
}
