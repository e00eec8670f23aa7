//! The pages of appointments as their readers get them. `GOLDEN=write cargo test -p api --test pages` writes the files anew;
//! read what changed before it is committed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use api::appointment_page;
use api::appointment_request::TypedForm;
use api::errors::AskingRefusal;
use api::link_page;
use api::response::Response;
use domain::appointment::slot::{Slot, SlotError, TypedSlot};
use domain::appointment::{Asker, Facts, Intention, RdvTraining, Reason, Referrer, Stage};
use domain::mail::Side;
use jiff::Timestamp;
use usecases::asking::{AppointmentPage, Mistake, Tried};
use usecases::deposit::Followed;
use usecases::links::Said;

/// When all that is proposed is over.
const LATER: &str = "2026-09-08T08:00:00Z";

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn training() -> RdvTraining {
    let text = |text: &str| Some(text.to_owned());
    RdvTraining {
        id: "cle".to_owned(),
        title: "BOULANGER (CAP)".to_owned(),
        cfd: None,
        id_rco_formation: None,
        parcoursup_id: None,
        is_affelnet: false,
        street: text("1 rue Imaginaire"),
        zip: text("67000"),
        city: text("Strasbourg"),
        departement: None,
        trainer: None,
        trainer_name: "CFA INVENTÉ".to_owned(),
        manager: None,
        email: None,
    }
}

fn facts(stage: Stage) -> Facts {
    let slot = |starts_at| Slot { starts_at: instant(starts_at), minutes: 30 };
    let slots = vec![slot("2026-09-02T07:00:00Z"), slot("2026-09-07T12:30:00Z")];
    Facts {
        training: "cle".to_owned(),
        trainer: None,
        manager: None,
        referrer: Referrer::Lba,
        asker: Asker::Etudiant,
        reasons: Vec::new(),
        created_at: instant("2026-09-01T08:00:00Z"),
        stage,
        updated_at: instant("2026-09-01T08:00:00Z"),
        intention: (stage == Stage::Answered).then_some(Intention::PersonalisedAnswer),
        answered_at: None,
        again: 0,
        partner: None,
        picked: (stage == Stage::Picked).then(|| slot("2026-09-07T12:30:00Z")),
        slots,
    }
}

fn page(side: Side, stage: Option<Stage>, tried: Tried) -> Response {
    shown(side, stage.map(facts), "2026-09-03T08:00:00Z", tried)
}

fn shown(side: Side, facts: Option<Facts>, now: &str, tried: Tried) -> Response {
    let page = AppointmentPage { side, facts, now: instant(now), tried };
    link_page::show(&Followed::Appointment(Box::new(page))).unwrap()
}

fn typed() -> Said {
    let slot =
        |day: &str| TypedSlot { day: day.to_owned(), hour: "14:30".to_owned(), minutes: "45".to_owned() };
    Said {
        comment: Some("Bonjour,\n<b>venez</b>".to_owned()),
        slots: vec![slot("2026-09-07"), slot("2026-08-31")],
        ..Said::default()
    }
}

#[test]
fn every_page_reads_as_it_was_agreed() {
    use Side::{Applicant, Centre};
    let form = TypedForm {
        asker: "parent".to_owned(),
        first_name: "Aucune".to_owned(),
        email: "moi".to_owned(),
        reasons: vec![Reason::Frais],
        message: "Bonjour,\nmerci".to_owned(),
        ..TypedForm::default()
    };
    let mistakes = form.wish("cle", Referrer::Lba).unwrap_err();
    let since = instant("2026-09-01T08:00:00Z");
    let (status, recent) = appointment_page::refusal(&AskingRefusal::Recent { since }.into()).unwrap();
    let past = Mistake::Slots(vec![(1, SlotError::Past)]);
    let wrong = |mistake| Tried::Mistaken(Box::new(typed()), mistake);
    let untold = Facts { stage: Stage::Undelivered, ..facts(Stage::Picked) };
    let pages = [
        ("form", appointment_page::form(200, &training(), &TypedForm::default(), &[]).unwrap(), 200),
        ("form-mistakes", appointment_page::form(400, &training(), &form, &mistakes).unwrap(), 400),
        ("form-recent", appointment_page::form(status, &training(), &form, &[recent]).unwrap(), 400),
        ("requested", appointment_page::requested("BOULANGER (CAP)", "CFA INVENTÉ").unwrap(), 200),
        ("closed", appointment_page::closed("https://site.exemple.invalid").unwrap(), 404),
        ("centre", page(Centre, Some(Stage::Requested), Tried::Nothing), 200),
        ("centre-past-slot", page(Centre, Some(Stage::Requested), wrong(past)), 400),
        ("centre-empty", page(Centre, Some(Stage::Requested), wrong(Mistake::Empty)), 400),
        ("centre-done", page(Centre, Some(Stage::Proposed), Tried::Done), 200),
        ("centre-answered", page(Centre, Some(Stage::Answered), Tried::Refused), 410),
        ("centre-picked", page(Centre, Some(Stage::Picked), Tried::Nothing), 410),
        ("centre-withdrawn", page(Centre, Some(Stage::Withdrawn), Tried::Nothing), 410),
        ("gone", page(Centre, None, Tried::Nothing), 410),
        ("own-requested", page(Applicant, Some(Stage::Requested), Tried::Nothing), 200),
        ("own-answered", page(Applicant, Some(Stage::Answered), Tried::Nothing), 200),
        ("own-proposed", page(Applicant, Some(Stage::Proposed), Tried::Nothing), 200),
        ("own-no-slot", page(Applicant, Some(Stage::Proposed), wrong(Mistake::NoSlot)), 400),
        ("own-picked", page(Applicant, Some(Stage::Picked), Tried::Done), 200),
        ("own-picked-before", page(Applicant, Some(Stage::Picked), Tried::Refused), 410),
        ("own-withdrawn", page(Applicant, Some(Stage::Withdrawn), Tried::Done), 200),
        ("own-undelivered", page(Applicant, Some(Stage::Undelivered), Tried::Nothing), 200),
        ("own-untold", shown(Applicant, Some(untold), "2026-09-03T08:00:00Z", Tried::Nothing), 200),
        ("own-over", shown(Applicant, Some(facts(Stage::Proposed)), LATER, Tried::Nothing), 200),
        ("centre-again", shown(Centre, Some(facts(Stage::Proposed)), LATER, Tried::Nothing), 200),
    ];
    for (name, response, status) in pages {
        assert_eq!(response.status, status, "{name}");
        compare(name, &response.body.text());
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place of these tests that reads the environment")]
fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(format!("{name}.html"));
    if std::env::var("GOLDEN").as_deref() == Ok("write") {
        fs::write(&path, actual).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(wanted == actual, "{name} differs; it is now:\n{actual}");
}
