//! What establishments decided, what was decided of trainings alone, and which addresses are written to no more.

use domain::appointment::{Decision, Premium, Referrer};
use domain::email::Email;
use domain::event::BounceReason;
use domain::mail::address_hash;
use domain::seal::ContactCipher;
use jiff::civil::date;
use store::{BarredAddresses, Bounces, Consents, Links};
use testkit::{Importer, jsonl, siret};
use usecases::ports::{
    Barred, Bounce, ChangeConsent as _, Consequences, FindBarred as _, FindConsent as _, FindConsents as _,
    FindDecisions as _, FindManyBarred as _, PutDecision as _, RecordBounce as _, SeenConsent,
    StopMails as _,
};

use super::{MAIN, MANAGER, address, asked, eligibility, id, trainings, written};
use crate::ledger::confirm_address;

const NOW: u32 = 1_800_000_000;

fn consents(import: &Importer) -> Consents {
    Consents::new(import.store.client.clone(), import.store.tables.clone())
}

fn nothing_follows() -> Consequences {
    Consequences::none(NOW)
}

#[tokio::test]
async fn it_is_open_to_what_its_establishment_decided() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[asked(1)])).await;
    let consents = consents(&import);
    let siret = siret(MANAGER).parse().unwrap();
    assert!(!eligibility(&import, 1).await.unwrap().is_open_to(Referrer::Parcoursup));
    let mut seen = consents.find_consent(&siret).await.unwrap();
    assert_eq!(seen, SeenConsent::default());
    let mut consent = seen.consent.clone();
    consent.accept(Premium::Parcoursup, date(2026, 2, 1));
    assert!(consents.change_consent(&siret, &seen, &consent, &nothing_follows()).await.unwrap());
    assert!(eligibility(&import, 1).await.unwrap().is_open_to(Referrer::Parcoursup));
    assert!(
        !consents.change_consent(&siret, &seen, &seen.consent, &nothing_follows()).await.unwrap(),
        "it was decided meanwhile"
    );
    seen = consents.find_consent(&siret).await.unwrap();
    assert_eq!(seen.consent, consent);
    consent.refuse(Premium::Parcoursup, date(2026, 2, 2));
    assert!(consents.change_consent(&siret, &seen, &consent, &nothing_follows()).await.unwrap());
    assert!(!eligibility(&import, 1).await.unwrap().is_open_to(Referrer::Parcoursup));
    assert!(!consents.change_consent(&siret, &seen, &consent, &nothing_follows()).await.unwrap());
    let many = [siret.clone(), testkit::siret(7).parse().unwrap(), siret.clone()];
    let found = consents.find_consents(&many).await.unwrap();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(siret, consent)]);
}

#[tokio::test]
async fn a_decision_and_what_follows_from_it_are_written_together_or_not_at_all() {
    let import = Importer::start().await;
    let consents = consents(&import);
    let siret = siret(MANAGER).parse().unwrap();
    let seen = SeenConsent::default();
    let mut consent = seen.consent.clone();
    consent.refuse_optout(date(2026, 2, 1));
    let with_mail = Consequences { mails: vec![confirm_address("one")], ..nothing_follows() };
    assert!(consents.change_consent(&siret, &seen, &consent, &with_mail).await.unwrap());
    let before = import.store.dump(&import.store.tables.records).await;
    let seen = consents.find_consent(&siret).await.unwrap();
    assert!(!consents.change_consent(&siret, &seen, &seen.consent, &with_mail).await.unwrap());
    let stale = SeenConsent::default();
    let other = Consequences { mails: vec![confirm_address("two")], ..nothing_follows() };
    let ledger = import.store.dump(&import.store.tables.ledger).await;
    assert!(!consents.change_consent(&siret, &stale, &stale.consent, &other).await.unwrap());
    assert_eq!(import.store.dump(&import.store.tables.records).await, before);
    assert_eq!(import.store.dump(&import.store.tables.ledger).await, ledger);
}

#[tokio::test]
async fn what_was_decided_of_a_training_outlives_imports() {
    let import = Importer::start().await;
    import.load(MAIN, jsonl(&[asked(1), asked(2)])).await;
    let port = trainings(&import);
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let email: Email = "choisie@exemple.invalid".parse().unwrap();
    let set = (cipher.seal(&email, &id(1)), address_hash(&email));
    let decision = Decision { email: Some(set), is_closed: true };
    port.put_decision(&id(1), &decision).await.unwrap();
    written(&import, MAIN, &[asked(2)]).await;
    written(&import, MAIN, &[asked(1), asked(2)]).await;
    assert_eq!(eligibility(&import, 1).await.unwrap().decision, decision);
    assert_eq!(address(&import, 1).await.as_deref(), Some("choisie@exemple.invalid"));
    let found = port.find_decisions(&[id(1), id(2)]).await.unwrap();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(id(1), decision)]);
    port.put_decision(&id(1), &Decision::default()).await.unwrap();
    assert_eq!(address(&import, 1).await.as_deref(), Some("rdv1@exemple.invalid"));
}

#[tokio::test]
async fn more_keys_than_one_call_takes_are_found_too() {
    let import = Importer::start().await;
    let port = trainings(&import);
    let many: Vec<String> = (0..1_850).map(id).collect();
    let closed = Decision { is_closed: true, ..Decision::default() };
    for number in [0, 99, 100, 1_849] {
        port.put_decision(&id(number), &closed).await.unwrap();
    }
    let mut found: Vec<String> = port.find_decisions(&many).await.unwrap().into_keys().collect();
    found.sort();
    let mut wanted = [id(0), id(99), id(100), id(1_849)];
    wanted.sort();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn of_addresses_it_is_told_which_mails_they_get_no_more() {
    let import = Importer::start().await;
    let (client, tables) = (import.store.client.clone(), import.store.tables.clone());
    let addresses = BarredAddresses::new(client.clone(), &tables);
    let email = |number: u32| format!("rdv{number}@exemple.invalid").parse::<Email>().unwrap();
    let hashes: Vec<String> = (0..4).map(|number| address_hash(&email(number))).collect();
    let bounce = Bounce {
        dedupe: "one".to_owned(),
        address: email(1),
        reason: BounceReason::HardBounce,
        event: None,
        now: NOW,
    };
    let bounces = Bounces::new(client.clone(), &tables);
    bounces.record_bounce(&bounce).await.unwrap();
    let links = Links::new(client, tables);
    // The last has unsubscribed, too.
    let unsubscribed = Bounce { dedupe: "two".to_owned(), address: email(3), ..bounce.clone() };
    bounces.record_bounce(&unsubscribed).await.unwrap();
    for stopped in &hashes[2..] {
        links.stop_mails(stopped, NOW).await.unwrap();
    }
    let wanted = [None, Some(Barred::All), Some(Barred::Stoppable), Some(Barred::All)];
    let many = addresses.find_many_barred(&hashes).await.unwrap();
    for (hash, wanted) in hashes.iter().zip(wanted) {
        assert_eq!(addresses.find_barred(hash).await.unwrap(), wanted);
        assert_eq!(many.get(hash).copied(), wanted);
    }
}
