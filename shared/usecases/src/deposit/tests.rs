//! Entity tags, and what an edit changes.

use domain::recruiter::{Delegation, Job, JobStatus, JobType};
use jiff::Timestamp;

use super::{JobFields, JobPatch, Workplace, etag};

/// Of no company.
const SIRET: &str = "90000001000018";

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn job() -> Job {
    let fields = JobFields {
        level_label: "Indifférent".to_owned(),
        duration: 12,
        types: vec![JobType::Apprentissage],
        disabled_eligible: false,
        count: 1,
        rhythm: Some("Indifférent".to_owned()),
        start_date: instant("2026-10-01T00:00:00Z"),
        employer_description: Some("Un fournil inventé.".to_owned()),
        description: Some("Faire du pain imaginaire.".to_owned()),
        workplace: None,
        appellation_code: "932381990903".to_owned(),
    };
    let trade = fields.trade().unwrap();
    let now = instant("2026-09-01T08:00:00Z");
    let mut job = fields.new_job(&trade, "0123456789abcdef01234567".to_owned(), JobStatus::Active, now);
    job.delegations.push(Delegation {
        siret_code: SIRET.parse().unwrap(),
        email: "cfa@exemple.invalid".parse().unwrap(),
        name: None,
        cfa_read_company_detail_at: None,
    });
    job
}

/// Each field that an edit may change, changed alone.
fn patches() -> Vec<JobPatch> {
    let none = JobPatch::default;
    let workplace = Workplace {
        address: "2 RUE DES EXEMPLES 69001 LYON".to_owned(),
        point: "45.76,4.83".parse().unwrap(),
    };
    vec![
        JobPatch {
            level_label: Some("Bac+2 (BTS, DEUST, autres formations niveau (Bac+2))".to_owned()),
            ..none()
        },
        JobPatch { duration: Some(24), ..none() },
        JobPatch { types: Some(vec![JobType::Professionnalisation]), ..none() },
        JobPatch { disabled_eligible: Some(true), ..none() },
        JobPatch { count: Some(2), ..none() },
        JobPatch { rhythm: Some("2 semaines / 3 semaines".to_owned()), ..none() },
        JobPatch { start_date: Some(instant("2026-11-01T00:00:00Z")), ..none() },
        JobPatch { employer_description: Some("Un autre.".to_owned()), ..none() },
        JobPatch { description: Some("Autre chose.".to_owned()), ..none() },
        JobPatch { workplace: Some(workplace), ..none() },
    ]
}

/// An offer as JSON, without when it was changed.
fn fields(job: &Job) -> serde_json::Map<String, serde_json::Value> {
    let mut fields = serde_json::to_value(job).unwrap().as_object().unwrap().clone();
    fields.remove("job_update_date");
    fields
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let now = instant("2026-09-02T08:00:00Z");
    let changed = |patch: &JobPatch| {
        let mut edited = job();
        patch.apply(&mut edited, now);
        assert_eq!(edited.job_update_date, Some(now));
        let before = fields(&job());
        let after = fields(&edited);
        let names = after.iter().filter(|(name, value)| before.get(*name) != Some(*value));
        names.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    assert!(changed(&JobPatch::default()).is_empty());
    let names: Vec<Vec<String>> = patches().iter().map(changed).collect();
    let expected: [&[&str]; 10] = [
        &["job_level_label"],
        &["job_duration"],
        &["job_type"],
        &["is_disabled_elligible"],
        &["job_count"],
        &["job_rythm"],
        &["job_start_date"],
        &["job_employer_description"],
        &["job_description"],
        &["custom_address", "custom_geo_coordinates"],
    ];
    assert_eq!(names, expected);
}

#[test]
fn an_edit_gives_the_values_that_it_was_given() {
    let mut edited = job();
    for patch in patches() {
        patch.apply(&mut edited, instant("2026-09-02T08:00:00Z"));
    }
    assert_eq!(edited.job_duration, Some(24));
    assert_eq!(edited.job_type, [JobType::Professionnalisation]);
    assert_eq!(edited.job_start_date, Some(instant("2026-11-01T00:00:00Z")));
    assert_eq!(edited.custom_address.as_deref(), Some("2 RUE DES EXEMPLES 69001 LYON"));
    assert_eq!(edited.custom_geo_coordinates, "45.76,4.83".parse().ok());
}

#[test]
fn the_tag_of_an_offer_changes_with_each_field_that_a_partner_may_change() {
    // The same instant, so that it is the field that tells.
    let now = job().job_update_date.unwrap();
    let mut tags = std::collections::BTreeSet::from([etag(&job())]);
    for patch in patches() {
        let mut edited = job();
        patch.apply(&mut edited, now);
        assert!(tags.insert(etag(&edited)), "{patch:?}");
    }
}

#[test]
fn the_tag_of_an_offer_changes_with_where_it_stands() {
    let turns: [fn(&mut Job); 5] = [
        |job| job.job_status = JobStatus::Pourvue,
        |job| job.job_status = JobStatus::Annulee,
        |job| job.job_expiration_date = "2026-12-01T08:00:00Z".parse().ok(),
        |job| job.job_prolongation_count += 1,
        |job| job.delegations.clear(),
    ];
    let mut tags = std::collections::BTreeSet::from([etag(&job())]);
    for turn in turns {
        let mut turned = job();
        turn(&mut turned);
        assert!(tags.insert(etag(&turned)));
    }
}

#[test]
fn reminders_looks_and_readings_change_no_tag() {
    let turns: [fn(&mut Job); 5] = [
        |job| job.relance_mail_sent = true,
        |job| job.reminded_days = Some(7),
        |job| job.stats_detail_view = 3,
        |job| job.stats_search_view = 3,
        |job| job.delegations[0].cfa_read_company_detail_at = "2026-09-02T08:00:00Z".parse().ok(),
    ];
    for turn in turns {
        let mut same = job();
        turn(&mut same);
        assert_ne!(same, job());
        assert_eq!(etag(&same), etag(&job()));
    }
}
