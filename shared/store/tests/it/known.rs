//! What is known of companies: the register, and addresses that vouch for accounts.

use domain::registry::known::KnownAddresses as Row;
use domain::registry::{Activity, RegisteredCompany};
use domain::seal::ContactCipher;
use domain::siret::Siret;
use serde_json::json;
use store::{Companies, KnownAddresses, PredictedAddresses};
use testkit::{EmbeddedStore, Importer, company, jsonl, siret};
use usecases::ports::{
    FindCompany, FindKeptCompany, KeptCompany, KnowAddress, PutCompany, PutKnownAddresses,
};

fn of(number: u32) -> Siret {
    siret(number).parse().unwrap()
}

/// A company of that establishment, by whatever SIREN it has.
fn row(number: u32, emails: &[&str]) -> Row {
    Row { siren: (&of(number)).into(), emails: emails.iter().map(|email| email.parse().unwrap()).collect() }
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_kept_of_an_establishment_is_replaced_whole() {
    let store = EmbeddedStore::start().await;
    let companies = Companies::new(store.client.clone(), &store.tables);
    let hidden = RegisteredCompany::hidden(of(1), Activity::Open);
    let named = RegisteredCompany { raison_sociale: "FOURNIL INVENTE".to_owned(), ..hidden.clone() };
    companies.put_company(&named, 7).await.unwrap();
    let kept = companies.find_kept_company(&of(1)).await.unwrap();
    assert_eq!(kept, Some(KeptCompany { company: named, fetched_at: 7 }));
    companies.put_company(&hidden, 8).await.unwrap();
    assert_eq!(companies.find_company(&of(1)).await.unwrap(), Some(hidden));
    assert_eq!(companies.find_company(&of(2)).await.unwrap(), None);
    let dump = format!("{:?}", store.dump(&store.tables.records).await);
    assert!(!dump.contains("FOURNIL"), "{dump}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_company_is_known_by_its_addresses_and_by_its_own_domain() {
    let store = EmbeddedStore::start().await;
    let known = KnownAddresses::new(store.client.clone(), &store.tables);
    let emails = ["rh@exemple.invalid", "paie@exemple.invalid", "fournil@orange.fr"];
    known.put_known_addresses(&row(1, &emails)).await.unwrap();
    for (number, email, expected) in [
        (1, "rh@exemple.invalid", true),
        (1, "nouvelle@exemple.invalid", true),
        (1, "rh@autre.exemple.invalid", false),
        (1, "fournil@orange.fr", true),
        (1, "autre@orange.fr", false),
        (2, "rh@exemple.invalid", false),
    ] {
        let found = known.knows_address(&of(number), &email.parse().unwrap()).await.unwrap();
        assert_eq!(found, expected, "{number} {email}");
    }
    let dump = format!("{:?}", store.dump(&store.tables.records).await);
    assert!(!dump.contains('@') && !dump.contains("exemple"), "{dump}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_predicted_company_is_known_by_the_address_that_is_kept_sealed() {
    let import = Importer::start().await;
    import.load("companies/main/list.jsonl", jsonl(&[company(1), json!({"siret": siret(2)})])).await;
    let cipher = |secret: &str| ContactCipher::new(&secret.repeat(4)).unwrap();
    let known =
        |secret| PredictedAddresses::new(import.store.client.clone(), &import.store.tables, cipher(secret));
    let secret = "0123456789abcdef";
    for (number, email, secret, expected) in [
        (1, "contact1@exemple.invalid", secret, true),
        (1, "rh@exemple.invalid", secret, true),
        (1, "rh@autre.invalid", secret, false),
        (2, "contact1@exemple.invalid", secret, false),
        (1, "contact1@exemple.invalid", "another secret..", false),
    ] {
        let found = known(secret).knows_address(&of(number), &email.parse().unwrap()).await.unwrap();
        assert_eq!(found, expected, "{number} {email}");
    }
}
