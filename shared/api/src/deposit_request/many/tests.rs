use serde_json::{Value, json};

use super::*;
use crate::deposit_request::{named, reference};

const OWN: &str = "00000000-0000-4000-8000-000000000050";

fn an_offer() -> Value {
    json!({
        "establishment_id": OWN, "partner_job_id": "réf-1/2", "job_level_label": "Indifférent", "job_duration": 12,
        "job_type": ["Apprentissage"], "job_start_date": "2026-09-01", "appellation_code": "911111111",
    })
}

fn with(mut offer: Value, field: &str, value: Value) -> Value {
    offer[field] = value;
    offer
}

fn bearing(body: &str) -> Request {
    Request { body: Some(body.as_bytes().to_vec()), ..Request::default() }
}

fn read_all(offers: &[Value]) -> Vec<ReadOffer> {
    many(&bearing(&json!({ "offers": offers }).to_string())).unwrap()
}

fn told(error: &ApiError) -> String {
    error.response("").body.text()
}

#[test]
fn each_offer_is_read_at_its_place_as_it_was_written() {
    let text = r#"{ "offers" : [ 1, { "establishment_id" : "x" , "job_duration":5 } ] }"#;
    let read = many(&bearing(text)).unwrap();
    assert!(read.iter().all(Result::is_err));
    let whole = an_offer();
    let [one] = read_all(std::slice::from_ref(&whole)).try_into().unwrap();
    let one = one.unwrap();
    assert_eq!((one.index, one.establishment_id.as_str(), one.fields.duration), (0, OWN, 12));
    assert_eq!((one.reference.is_some(), one.raw), (true, whole.to_string().into_bytes()));
}

#[test]
fn a_mistake_inside_an_offer_is_its_own_and_takes_no_other_down() {
    let wrong = [
        json!(1),
        json!([an_offer()]),
        Value::Null,
        json!({}),
        with(an_offer(), "extra", json!(1)),
        with(an_offer(), "job_duration", json!(5)),
        with(an_offer(), "establishment_id", Value::Null),
        with(an_offer(), "partner_job_id", json!("a b")),
    ];
    for one in wrong {
        let read = read_all(&[an_offer(), one.clone(), an_offer()]);
        let refused: Vec<usize> =
            read.iter().filter_map(|read| read.as_ref().err().map(|(index, _)| *index)).collect();
        assert_eq!(refused, [1], "{one}");
    }
    let twice = an_offer().to_string().replacen('{', r#"{"job_duration":12,"#, 1);
    let read = many(&bearing(&format!(r#"{{"offers":[{twice}]}}"#))).unwrap();
    assert!(told(&read[0].as_ref().unwrap_err().1).contains("une fois"));
}

#[test]
fn what_is_wrong_around_the_offers_refuses_all_and_says_why() {
    let one = an_offer().to_string();
    let too_many = format!(r#"{{"offers":[{}]}}"#, vec![one.as_str(); MAX_ITEMS + 1].join(","));
    for (body, said) in [
        ("", "objet JSON"),
        ("[]", "objet JSON"),
        (&format!("[[{one}]]"), "objet JSON"),
        ("{}", "body.offers: Champ obligatoire"),
        (r#"{"offers":null}"#, "body.offers: Champ obligatoire"),
        (r#"{"offers":{}}"#, "body.offers: Liste attendue, de 1 à 100 offres"),
        (r#"{"offers":[]}"#, "body.offers: Liste attendue, de 1 à 100 offres"),
        (&too_many, "body.offers: Liste attendue, de 1 à 100 offres"),
        (&format!(r#"{{"offers":[{one}],"more":1}}"#), "Champ inconnu ; les champs sont : offers"),
        (&format!(r#"{{"offers":[{one}],"offers":[{one}]}}"#), "une fois"),
    ] {
        let told = told(&many(&bearing(body)).unwrap_err());
        assert!(told.contains(said), "{body:.40}: {told}");
    }
}

#[test]
fn a_reference_has_1_to_255_visible_characters() {
    let of_path = |text: &str| {
        let path_parameters = [("reference".to_owned(), text.to_owned())].into();
        reference(&Request { path_parameters, ..Request::default() })
    };
    for sound in ["1", "réf-1/2", "#@é明", &"é".repeat(255)] {
        let [read] = read_all(&[with(an_offer(), "partner_job_id", json!(sound))]).try_into().unwrap();
        assert_eq!(read.unwrap().reference, Some(of_path(sound).unwrap()), "{sound}");
    }
    for odd in ["", " ", "a b", "a\u{0}", "a\u{202e}", "100%", &"x".repeat(256)] {
        let refused = told(&of_path(odd).unwrap_err());
        assert!(refused.contains("params.reference: Une référence a de 1 à 255"), "{odd:?}: {refused}");
    }
    assert_eq!(of_path("e\u{301}").unwrap(), of_path("é").unwrap(), "one name, however it was typed");
}

#[test]
fn an_offer_without_a_reference_has_none_and_a_named_one_takes_it_from_its_path_only() {
    for absent in [Value::Null, json!("")] {
        let [read] = read_all(&[with(an_offer(), "partner_job_id", absent)]).try_into().unwrap();
        assert_eq!(read.unwrap().reference, None);
    }
    let told = told(&named(&bearing(&an_offer().to_string())).unwrap_err());
    assert!(told.contains("Champ inconnu"), "{told}");
    let mut bare = an_offer();
    bare.as_object_mut().unwrap().remove("partner_job_id");
    assert_eq!(named(&bearing(&bare.to_string())).unwrap().establishment_id, OWN);
}
