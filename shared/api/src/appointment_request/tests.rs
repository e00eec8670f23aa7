//! Bodies and forms, honest and otherwise.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn of(body: &Value) -> Request {
    Request { body: Some(body.to_string().into_bytes()), ..Request::default() }
}

fn honest() -> Value {
    json!({
        "firstname": "Aucune", "lastname": "PERSONNE", "phone": "01 99 00 00 00",
        "email": "Aucune.Personne@exemple.invalid", "type": "etudiant",
        "applicantMessageToCfa": "Bonjour,\n<b>je</b> voudrais visiter.", "applicantReasons": ["frais", "modalite", "frais"],
        "cleMinistereEducatif": "088281P01313885594860007038855948600070-67118#L01", "appointmentOrigin": "lba",
    })
}

fn issues(body: &Value) -> usize {
    let Err(ApiError::Schema(schema)) = wish(&of(body)) else { panic!("{body} is taken") };
    schema.issues.len()
}

#[test]
fn a_request_is_read_and_its_words_are_made_fit() {
    let wish = wish(&of(&honest())).unwrap();
    assert_eq!(wish.applicant.email.as_str(), "aucune.personne@exemple.invalid");
    assert_eq!(wish.applicant.phone, "+33199000000");
    assert_eq!(wish.message.as_deref(), Some("Bonjour,\nje voudrais visiter."));
    assert_eq!(wish.reasons, [Reason::Modalite, Reason::Frais]);
    assert_eq!((wish.asker, wish.referrer), (Asker::Etudiant, Referrer::Lba));
}

#[test]
fn every_field_is_checked_and_every_mistake_told_at_once() {
    for field in FIELDS {
        let mut body = honest();
        body[field] = Value::Null;
        assert_eq!(wish(&of(&body)).is_ok(), field == "applicantMessageToCfa", "{field}");
        body[field] = json!({});
        assert!(wish(&of(&body)).is_err(), "{field}");
    }
    for (field, value) in [
        ("type", json!("professeur")),
        ("applicantReasons", json!(["debouche"])),
        ("appointmentOrigin", json!("pfr_pays_de_la_loire")),
        ("email", json!("moi")),
        ("firstname", json!("www.evil.example")),
        ("other", json!("x")),
    ] {
        let mut body = honest();
        body[field] = value;
        assert!(wish(&of(&body)).is_err(), "{field}");
    }
    let mut body = honest();
    body["email"] = json!("moi");
    body["type"] = json!("moi");
    assert_eq!(issues(&body), 2);
}

#[test]
fn an_answer_is_read_and_what_is_none_is_refused() {
    let id = "8cb7015d-db7a-479d-8920-aec0d5f66435";
    let (read, said) = reply(&of(&json!({
        "appointment_id": id, "cfa_intention_to_applicant": "personalised_answer",
        "cfa_message_to_applicant": "Venez <i>lundi</i>", "cfa_message_to_applicant_date": "2026-09-01T08:00:00Z",
    })))
    .unwrap();
    assert_eq!((read.as_str(), said.message.as_deref()), (id, Some("Venez lundi")));
    assert_eq!(said.answered_at, Some("2026-09-01T08:00:00Z".parse().unwrap()));
    for body in [
        json!({"appointment_id": id}),
        json!({"appointment_id": "x", "cfa_intention_to_applicant": "other_channel"}),
        json!({"appointment_id": id, "cfa_intention_to_applicant": "oui"}),
        json!({"appointment_id": id, "cfa_intention_to_applicant": "no_answer", "cfa_message_to_applicant_date": "hier"}),
    ] {
        assert!(matches!(reply(&of(&body)), Err(ApiError::Schema(_))), "{body}");
    }
}

fn typed(body: &str) -> TypedForm {
    TypedForm::read(&Request { body: Some(body.as_bytes().to_vec()), ..Request::default() })
}

const FORM: &str = "type=parent&firstname=Aucune&lastname=PERSONNE&email=aucune.personne%40exemple.invalid&phone=01+99+00+00+00&reasons=frais&reasons=modalite&reasons=x&message=Bonjour%2C%0D%0Amerci&website=";

#[test]
fn a_form_is_read() {
    let wish = typed(FORM).wish("cle", Referrer::Onisep).unwrap();
    assert_eq!((wish.asker, wish.training.as_str()), (Asker::Parent, "cle"));
    assert_eq!(wish.reasons, [Reason::Modalite, Reason::Frais]);
    assert_eq!(wish.message.as_deref(), Some("Bonjour,\nmerci"));
    assert_eq!(wish.applicant.phone, "+33199000000");
}

#[test]
fn every_mistake_of_a_form_leads_to_its_field() {
    let mistakes = typed("").wish("cle", Referrer::Lba).unwrap_err();
    let fields: Vec<Field> = mistakes.iter().map(|mistake| mistake.field).collect();
    assert_eq!(fields, [Field::Asker, Field::FirstName, Field::LastName, Field::Email, Field::Phone]);
    let long = format!("{FORM}&message={}", "a".repeat(MAX_MESSAGE_CHARS + 5));
    for (form, field) in [
        (format!("{FORM}&website=http"), Field::Trap),
        (long, Field::Message),
        (format!("{FORM}&phone=12"), Field::Phone),
        (format!("{FORM}&firstname={}", "a".repeat(51)), Field::FirstName),
        (format!("{FORM}&email=moi"), Field::Email),
    ] {
        let mistakes = typed(&form).wish("cle", Referrer::Lba).unwrap_err();
        assert_eq!(mistakes.iter().map(|mistake| mistake.field).collect::<Vec<_>>(), [field]);
    }
}

#[test]
fn the_end_of_a_line_counts_once_and_what_is_too_long_is_shown_again_whole() {
    let lines = format!("{}%0D%0A", "a".repeat(99)).repeat(99);
    let full = format!("{FORM}&message={lines}{}", "b".repeat(100));
    let wish = typed(&full).wish("cle", Referrer::Lba).unwrap();
    assert_eq!(wish.message.unwrap().chars().count(), MAX_MESSAGE_CHARS);
    let long = typed(&format!("{full}{}", "c".repeat(2_000)));
    let mistakes = long.wish("cle", Referrer::Lba).unwrap_err();
    assert_eq!(mistakes.iter().map(|mistake| mistake.field).collect::<Vec<_>>(), [Field::Message]);
    assert!(long.message.ends_with(&"c".repeat(2_000)));
    let hostile = typed(&format!("{FORM}&message={}", "<".repeat(1_000_000)));
    assert!(hostile.message.len() < 100_000);
}

proptest! {
    #[test]
    fn a_form_of_anything_never_panics(body in any::<Vec<u8>>()) {
        let form = TypedForm::read(&Request { body: Some(body), ..Request::default() });
        drop(form.wish("cle", Referrer::Lba));
    }
}
