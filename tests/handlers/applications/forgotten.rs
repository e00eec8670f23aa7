//! Where a person is while it is known, and that it is nowhere afterwards: canaries, looked for in every byte that is held,
//! in every form in which they could be.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::mail::{Mail, Template, address_hash};
use serde_json::json;
use usecases::applications::ScanOutcome;

use super::APPLICANT;
use crate::applying::{Scanner, id_of};
use crate::world::World;

const CANARIES: [&str; 5] =
    ["Canarie", "INTROUVABLE", APPLICANT, "un secret très personnel", "cv-de-canarie.pdf"];

/// A text as it is, in base64 at each of three places, percent-encoded, quoted-printable and in hexadecimal.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![text.as_bytes().to_vec(), hex::encode(text).into_bytes()];
    for before in ["", "x", "xx"] {
        let encoded = STANDARD.encode(format!("{before}{text}"));
        // Its first and last characters depend on what stands beside.
        let middle = encoded.trim_end_matches('=').get(4..).unwrap_or_default();
        forms.push(middle.get(..middle.len() - 2).unwrap_or_default().as_bytes().to_vec());
    }
    for sign in ['%', '='] {
        let escaped = |byte: u8| {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("{sign}{byte:02X}")
            }
        };
        forms.push(text.bytes().map(escaped).collect::<String>().into_bytes());
    }
    forms
}

impl World {
    /// Every text and every blob of every table, and every object of the bucket, unpacked where it is packed.
    async fn held(&self) -> Vec<Vec<u8>> {
        let store = &self.import.store;
        let mut held = Vec::new();
        for table in [&store.tables.postings, &store.tables.records, &store.tables.ledger] {
            let pages = store.client.scan().table_name(table).into_paginator().items().send();
            let items: Result<Vec<_>, _> = pages.collect().await;
            for (name, value) in items.unwrap().into_iter().flatten() {
                held.push(name.into_bytes());
                if let Ok(text) = value.as_s() {
                    held.push(text.clone().into_bytes());
                }
                if let Ok(bytes) = value.as_b() {
                    held.push(bytes.as_ref().to_vec());
                    held.extend(zstd::decode_all(bytes.as_ref()).ok());
                }
            }
        }
        held.extend(self.cv_bucket.all().into_iter().flat_map(|(key, bytes)| [key.into_bytes(), bytes]));
        held
    }

    /// Which canaries are held, in whatever form.
    async fn canaries(&self) -> Vec<&'static str> {
        self.held_of(&CANARIES).await
    }

    /// Which of these texts are held, in whatever form.
    pub(crate) async fn held_of(&self, texts: &[&'static str]) -> Vec<&'static str> {
        let held = self.held().await;
        let is_held = |canary: &&str| {
            let forms = forms(canary);
            held.iter().any(|bytes| {
                forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form.as_slice()))
            })
        };
        texts.iter().copied().filter(is_held).collect()
    }
}

#[test]
fn a_canary_is_found_in_each_of_its_forms() {
    let texts = ["avant INTROUVABLE après".to_owned(), STANDARD.encode("avant INTROUVABLE après")];
    for text in texts {
        let found = forms("INTROUVABLE")
            .iter()
            .any(|form| text.as_bytes().windows(form.len()).any(|window| window == form.as_slice()));
        assert!(found, "{text}");
    }
}

#[tokio::test]
async fn who_was_forgotten_is_nowhere_and_nothing_about_them_leaves() {
    let world = World::new().await;
    let canary = |body: &mut serde_json::Value| {
        body["applicant_first_name"] = json!("Canarie");
        body["applicant_last_name"] = json!("INTROUVABLE");
        body["message"] = json!("un secret très personnel");
        body["applicant_file_name"] = json!("cv-de-canarie.pdf");
    };
    let (first, second) = (id_of(&world.apply(canary).await), world.company_to_apply_to().await);
    let second = id_of(&world.apply_as(&second, Some("another"), canary).await);
    // One of them has gone all the way to the recruiter's mail, the other waits for its scan.
    assert!(matches!(world.scan_one(&first, &Scanner::default()).await, Ok(ScanOutcome::Clean)));
    assert_eq!(world.canaries().await, Vec::<&str>::new(), "stored in clear");

    let asked = world.answer("ask-for-data", &tests::events::load("ask-for-data/nominal")).await;
    assert_eq!((asked.status, asked.json()), (202, json!({"result": "ok"})));
    let mails = world.due_to(Template::PersonalData, APPLICANT).await;
    let [Mail::PersonalData(links)] = &mails[..] else { panic!("{mails:?}") };
    let export = world.press_form(&links.export, "").await.json();
    assert_eq!(export["applications"].as_array().unwrap().len(), 2);
    assert_eq!(export["applications"][0]["applicant"]["email"], json!(APPLICANT));
    assert_eq!(export["applications"][0]["message"], "un secret très personnel");
    assert_eq!(world.press_form(&links.export, "").await.status, 410, "a file is given once");

    assert_eq!(world.press_form(&links.erase, "").await.status, 200);
    for id in [&first, &second] {
        assert!(world.cv_bucket.bytes(&format!("cv/{id}")).is_none());
    }
    for template in [Template::ApplicationSent, Template::ApplicationReceived] {
        for to in [APPLICANT, super::RECRUITER] {
            assert!(world.due_to(template, to).await.is_empty(), "what was due cannot be read any more");
        }
    }
    assert!(matches!(world.scan(&Scanner::default()).await[..], [Ok(ScanOutcome::Nothing)]));
    // What asks for the data is the one mail that still names the address, until it has left.
    let left: Vec<_> = world.canaries().await.into_iter().filter(|canary| *canary != APPLICANT).collect();
    assert_eq!(left, Vec::<&str>::new());
    let hash = address_hash(&APPLICANT.parse().unwrap());
    let records = world.import.store.dump(&world.import.store.tables.records).await;
    assert!(!records.keys().any(|(partition, _)| partition.contains(&hash)));
    // What names nobody stays.
    assert_eq!(world.status_of(first.as_str()).await["id"], json!(first.as_str()));

    // Whoever applies again is somebody new, and the same request is still answered as it was, without a trace.
    let again = world.apply_as(&world.company_to_apply_to().await, Some("another"), canary).await;
    assert_eq!(id_of(&again), second);
    assert_eq!(world.status_of(second.as_str()).await["status"], "refused");
}

#[tokio::test]
async fn an_address_that_nothing_is_known_of_is_answered_alike_and_gets_no_mail() {
    let world = World::new().await;
    let asked = world.answer("ask-for-data", &tests::events::load("ask-for-data/nominal")).await;
    assert_eq!((asked.status, asked.json()), (202, json!({"result": "ok"})));
    assert!(world.due_to(Template::PersonalData, APPLICANT).await.is_empty());
}
