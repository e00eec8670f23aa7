//! The life of an offer, message by message of contract 3.2.

use domain::date;
use domain::recruiter::{Job, JobStatus, Recruiter, RecruiterStatus, Unchanged};
use jiff::Timestamp;
use serde_json::json;

/// One that nobody has.
const NO_SIRET: &str = "00000000000000";

fn at(text: &str) -> Timestamp {
    date::parse(text).unwrap()
}

/// Deposited on the first of September at ten in the morning, in Paris.
fn job() -> Job {
    let job = json!({
        "_id": "0123456789abcdef01234567", "rome_code": ["D1102"], "job_status": "Active",
        "job_creation_date": "2026-09-01T08:00:00Z", "job_expiration_date": "2026-11-01T08:00:00Z",
    });
    serde_json::from_value(job).unwrap()
}

#[test]
fn an_offer_is_filled_once_and_given_up_once() {
    let now = at("2026-09-10T08:00:00Z");
    let mut filled = job();
    filled.provide(now).unwrap();
    assert_eq!((filled.job_status, filled.job_update_date), (JobStatus::Pourvue, Some(now)));
    assert_eq!(filled.provide(now), Err(Unchanged::AlreadyProvided));
    let mut canceled = job();
    canceled.cancel(now).unwrap();
    assert_eq!(canceled.cancel(now), Err(Unchanged::AlreadyCanceled));
    canceled.provide(now).unwrap();
    assert_eq!(canceled.job_status, JobStatus::Pourvue);
}

#[test]
fn an_extension_gives_two_months_from_now_and_begins_reminders_anew() {
    let now = at("2026-10-25T08:00:00Z");
    let mut job = job();
    job.remind(7);
    job.extend(now).unwrap();
    assert_eq!(job.job_expiration_date, Some(at("2026-12-25T08:00:00Z")));
    assert_eq!((job.job_prolongation_count, job.job_last_prolongation_date), (1, Some(now)));
    assert_eq!((job.relance_mail_sent, job.reminded_days), (false, None));
}

#[test]
fn what_ends_on_that_day_already_is_refused_before_what_is_not_active() {
    let mut fresh = job();
    assert_eq!(fresh.extend(at("2026-09-01T20:00:00Z")), Err(Unchanged::ExtendedAlready));
    fresh.cancel(at("2026-09-01T20:00:00Z")).unwrap();
    assert_eq!(fresh.extend(at("2026-09-01T21:00:00Z")), Err(Unchanged::ExtendedAlready));
    assert_eq!(fresh.extend(at("2026-09-02T21:00:00Z")), Err(Unchanged::NotActive));
}

#[test]
fn an_offer_expires_when_its_time_is_over_and_once() {
    let mut job = job();
    assert!(!job.expire(at("2026-11-01T07:59:59Z")));
    assert!(job.is_expired(at("2026-11-01T08:00:00Z")));
    assert!(job.expire(at("2026-11-01T08:00:00Z")));
    assert_eq!(job.job_status, JobStatus::Annulee);
    assert!(job.is_expired(at("2026-11-02T08:00:00Z")));
    assert!(!job.expire(at("2026-11-02T08:00:00Z")));
    job.cancel(at("2026-11-02T08:00:00Z")).unwrap_err();
}

#[test]
fn a_reminder_is_due_on_the_seventh_day_and_on_the_last_but_one_by_the_calendar_of_paris() {
    let mut job = job();
    // In Paris it is the 24th from 22:00 UTC of the 23rd on.
    assert_eq!(job.due_reminder(at("2026-10-24T21:59:59Z")), None);
    assert_eq!(job.due_reminder(at("2026-10-24T22:00:00Z")), Some(7));
    job.remind(7);
    assert_eq!(job.due_reminder(at("2026-10-25T12:00:00Z")), None);
    assert_eq!(job.due_reminder(at("2026-10-31T00:20:00Z")), Some(1));
    job.remind(1);
    assert_eq!(job.due_reminder(at("2026-10-31T12:00:00Z")), None);
    assert!(job.relance_mail_sent);
}

#[test]
fn a_reminder_that_was_missed_tells_how_many_days_are_left() {
    assert_eq!(job().due_reminder(at("2026-10-28T00:20:00Z")), Some(4));
    assert_eq!(job().due_reminder(at("2026-11-01T00:20:00Z")), None);
    let mut closed = job();
    closed.provide(at("2026-10-01T00:00:00Z")).unwrap();
    assert_eq!(closed.due_reminder(at("2026-10-28T00:20:00Z")), None);
}

#[test]
fn the_two_months_of_an_offer_that_waits_begin_when_its_account_is_validated() {
    let now = at("2026-09-20T08:00:00Z");
    let mut waiting = Job { job_status: JobStatus::EnAttente, ..job() };
    assert!(!waiting.expire(at("2027-09-20T08:00:00Z")));
    assert!(waiting.begin(now));
    assert_eq!(waiting.job_status, JobStatus::Active);
    assert_eq!(waiting.job_expiration_date, Some(at("2026-11-20T08:00:00Z")));
    assert!(!waiting.begin(now));
}

#[test]
fn an_archived_account_takes_its_open_offers_with_it() {
    let now = at("2026-09-20T08:00:00Z");
    for status in [JobStatus::Active, JobStatus::EnAttente] {
        let mut open = Job { job_status: status, ..job() };
        assert!(open.archive(now));
        assert_eq!(open.job_status, JobStatus::Annulee);
    }
    let mut filled = Job { job_status: JobStatus::Pourvue, ..job() };
    assert!(!filled.archive(now));
    assert_eq!(filled.job_status, JobStatus::Pourvue);
}

#[test]
fn an_account_says_in_which_state_its_offers_begin() {
    let recruiter = |status| -> Recruiter {
        let recruiter = json!({
            "_id": "0123456789abcdef01234567", "establishment_id": "00000000-0000-4000-8000-000000000001",
            "establishment_siret": NO_SIRET, "email": "rh@exemple.invalid", "status": "Actif",
        });
        Recruiter { status, ..serde_json::from_value(recruiter).unwrap() }
    };
    assert_eq!(recruiter(RecruiterStatus::Actif).status_of_new_offers(), Some(JobStatus::Active));
    assert_eq!(recruiter(RecruiterStatus::EnAttente).status_of_new_offers(), Some(JobStatus::EnAttente));
    assert_eq!(recruiter(RecruiterStatus::Archive).status_of_new_offers(), None);
}

#[test]
fn what_is_kept_for_ourselves_is_not_shown() {
    let mut kept = job();
    kept.remind(7);
    let json = serde_json::to_value(&kept).unwrap();
    assert_eq!(json["reminded_days"], 7);
    let recruiter = json!({
        "_id": "0123456789abcdef01234567", "establishment_id": "00000000-0000-4000-8000-000000000001",
        "establishment_siret": NO_SIRET, "email": "rh@exemple.invalid", "status": "Actif",
        "cfa_delegated": {}, "jobs": [json],
    });
    let recruiter: Recruiter = serde_json::from_value(recruiter).unwrap();
    let shown = serde_json::to_value(recruiter.shown()).unwrap();
    assert!(
        shown.get("cfa_delegated").is_none() && shown["jobs"][0].get("reminded_days").is_none(),
        "{shown}"
    );
    assert_eq!(shown["jobs"][0]["relance_mail_sent"], true);
}
