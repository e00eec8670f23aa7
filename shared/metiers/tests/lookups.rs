//! Look-ups by code, and the shape of the whole.

mod support;

use domain::rome::{MAX_ROMES, RomeCode};
use metiers::{Appellation, Metier, Sheet, labels_of, rome_label};
use support::{labels, names, trades};

#[expect(clippy::unwrap_used, reason = "a test may fail")]
fn code(text: &str) -> RomeCode {
    text.parse().unwrap()
}

#[test]
fn every_trade_belongs_to_one_metier_that_a_search_of_jobs_takes() {
    assert!(labels().len() <= 200);
    let mut romes: Vec<&str> = Metier::all().flat_map(Metier::romes).collect();
    romes.sort_unstable();
    let wanted: Vec<String> = trades().into_iter().map(|(rome, _)| rome).collect();
    assert_eq!(romes, wanted);
    assert!(Metier::all().all(|metier| (1..=MAX_ROMES).contains(&metier.romes().count())));
}

#[test]
fn metiers_are_in_the_order_of_the_alphabet_accents_apart() {
    let labels = labels();
    let place = |label: &str| labels.iter().position(|one| *one == label).unwrap();
    assert!(place("Eau, assainissement et hygiène publique") < place("Éducation spécialisée"));
    assert!(place("Éducation spécialisée") < place("Emploi, insertion et orientation professionnelles"));
}

#[test]
fn every_trade_has_its_label_its_metier_and_its_sheet() {
    for (rome, label) in trades() {
        let rome = code(&rome);
        assert_eq!(rome_label(rome), Some(label.as_str()));
        let sheet = Sheet::of(rome).unwrap();
        assert_eq!((sheet.code, sheet.label), (rome.as_str(), label.as_str()));
        assert_eq!(sheet.appellations.first(), Some(&label.as_str()));
        assert!(rome.as_str().starts_with(sheet.domain.0) && sheet.domain.0.starts_with(sheet.family.0));
        assert_eq!(labels_of([rome]), [sheet.metier.label()]);
    }
}

#[test]
fn a_trade_that_does_not_exist_has_nothing() {
    assert_eq!((rome_label(code("Z9999")), Sheet::of(code("Z9999"))), (None, None));
    assert_eq!(Metier::of_rome(code("A0000")), None);
    assert!(labels_of([code("Z9999")]).is_empty());
}

#[test]
fn labels_are_given_once_and_sorted() {
    let romes = ["D1104", "D1102", "D1108", "Z9999", "A1101"].map(code);
    assert_eq!(
        labels_of(romes),
        [
            "Boulangerie",
            "Pâtisserie, chocolaterie et glacerie",
            "Travaux agricoles, grandes cultures et engins agricoles",
        ]
    );
}

/// As [`names`], each as the search by name finds it.
#[expect(clippy::unwrap_used, reason = "a test may fail")]
fn appellations() -> Vec<Appellation> {
    let found = |(rome, name): (String, String)| {
        let named = |one: &Appellation| one.rome == rome && one.name == name;
        Appellation::closest_to(&name).into_iter().find(named).unwrap()
    };
    names().into_iter().map(found).collect()
}

#[test]
fn every_appellation_is_found_by_its_code() {
    for appellation in appellations() {
        assert!(!appellation.code.is_empty() && appellation.code.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(Appellation::of_code(appellation.code), Some(appellation));
    }
}

#[test]
fn an_unknown_code_finds_none() {
    for code in ["", "0", "9", "999999999999999999999", "D1102", "9é", " 903332145288"] {
        assert_eq!(Appellation::of_code(code), None, "{code:?}");
    }
}
