//! What the search forgives, and what it does not.

mod support;

use metiers::{Appellation, Diploma, Metier, Query, Terms};
use proptest::prelude::*;
use support::{finds, labels, mistyped, names, search, trades};

/// The labels of what is found.
fn found(title: &str) -> Vec<&'static str> {
    search(title).into_iter().map(Metier::label).collect()
}

#[test]
fn every_label_of_the_rome_finds_its_own_trade() {
    let lost: Vec<_> = trades().into_iter().filter(|(rome, label)| !finds(label, rome)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_appellation_finds_its_own_trade() {
    let lost: Vec<_> = names().into_iter().filter(|(rome, name)| !finds(name, rome)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_code_finds_its_own_trade() {
    for (rome, _) in trades() {
        assert!(finds(&rome, &rome) && finds(&rome.to_lowercase(), &rome), "{rome}");
    }
}

#[test]
fn every_metier_is_the_first_that_its_own_name_finds() {
    for label in labels() {
        assert_eq!(found(label).first(), Some(&label));
    }
}

#[test]
fn case_accents_punctuation_and_the_order_of_words_do_not_matter() {
    let wanted = found("infirmière de bloc opératoire");
    assert_eq!(wanted.first(), Some(&"Soins infirmiers"));
    for typed in [
        "INFIRMIERE DE BLOC OPERATOIRE",
        "opératoire, bloc (infirmière)",
        "infirmie\u{300}re bloc ope\u{301}ratoire",
        "bloc opératoire infirmière",
    ] {
        assert_eq!(found(typed), wanted, "{typed}");
    }
    assert_eq!(found("maître d'œuvre"), found("MAITRE D OEUVRE"));
}

#[test]
fn words_may_be_cut_and_in_the_plural() {
    for typed in ["boulang", "boulangers", "chefs boulang", "bou"] {
        assert!(found(typed).contains(&"Boulangerie"), "{typed}");
    }
    assert_eq!(found("coiffeurs").first(), Some(&"Coiffure"));
}

#[test]
fn every_term_is_required_and_short_words_are_not() {
    assert!(found("boulanger spationaute").is_empty());
    assert_eq!(found("chef de la cuisine"), found("chef cuisine"));
    assert_eq!(found("dj").first(), Some(&"Artistes et interprètes"));
}

#[test]
fn one_typing_error_is_forgiven_in_a_word_of_five_letters_or_more() {
    for typed in ["boulangre", "bolanger", "boullanger", "bpulanger", "obulanger"] {
        assert_eq!(found(typed).first(), Some(&"Boulangerie"), "{typed}");
    }
    assert!(found("mecanciien moot").is_empty(), "a word of four letters");
    assert!(found("mecanciien moto").contains(&"Mécanique automobile, moto et après-vente"));
    assert!(
        found("agnt immobilier").contains(&"Immobilier : vente, location et gestion"),
        "agent lacks a letter"
    );
    assert!(found("chgf cuisine").is_empty(), "a word of four letters");
}

#[test]
fn two_typing_errors_in_a_word_are_not_forgiven() {
    for typed in ["bpulamger", "boulngr", "obulangre", "boulangerxx"] {
        assert!(found(typed).is_empty(), "{typed}: {:?}", found(typed));
    }
}

#[test]
fn a_typing_error_in_any_long_word_of_a_label_still_finds_the_trade() {
    let mut lost = Vec::new();
    for (rome, label) in trades() {
        for (typed, _) in mistyped(&label).into_iter().filter(|(_, readable)| !readable) {
            if !finds(&typed, &rome) {
                lost.push((typed, label.clone()));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost: {lost:?}", lost.len());
}

#[test]
fn exact_words_come_before_beginnings_and_these_before_errors() {
    assert_eq!(found("cuisine").first(), Some(&"Cuisine et restauration collective"));
    let errors = found("boulangre");
    assert_eq!(errors.first(), Some(&"Boulangerie"));
    assert_eq!(found("coiffeur").first(), Some(&"Coiffure"), "the shorter name first");
}

#[test]
fn filters_combine_with_the_title_and_with_each_other() {
    let code = |text: &str| text.parse().unwrap();
    let labels = |query: Query<'_>| Metier::search(query).into_iter().map(Metier::label).collect::<Vec<_>>();
    let (bakery, pastry) = ("Boulangerie", "Pâtisserie, chocolaterie et glacerie");
    let romes = [code("D1102"), code("D1104")];
    assert_eq!(labels(Query { romes: &romes, ..Query::default() }), [bakery, pastry]);
    assert_eq!(labels(Query { romes: &romes, title: Some("chocolat"), ..Query::default() }), [pastry]);
    let rncps = ["RNCP37537".parse().unwrap()];
    assert_eq!(labels(Query { rncps: &rncps, ..Query::default() }), [bakery]);
    assert!(labels(Query { rncps: &rncps, romes: &romes[1..], ..Query::default() }).is_empty());
    assert!(labels(Query { romes: &[code("Z9999")], ..Query::default() }).is_empty());
}

#[test]
fn diplomas_are_found_by_their_words_all_or_any() {
    let first = Diploma::by_title("CAP cuisine", Terms::Every);
    assert_eq!(first.iter().map(|diploma| diploma.label()).collect::<Vec<_>>(), ["CAP Cuisine"]);
    assert_eq!(first[0].romes().collect::<Vec<_>>(), ["G1602", "G1605"]);
    let any = Diploma::by_title("CAP cuisine", Terms::Any);
    assert_eq!((any.len(), any[0]), (20, first[0]), "the one with both terms first");
    let every = Metier::by_title("boulanger spationaute", Terms::Any);
    assert_eq!(every, Metier::by_title("boulanger", Terms::Any));
}

#[test]
fn an_appellation_is_closest_to_itself_in_either_gender() {
    for (written, name, rome) in [
        ("Boulanger", "Boulanger / Boulangère", "D1102"),
        ("boulangère", "Boulanger / Boulangère", "D1102"),
        ("cheffe boulangere", "Chef boulanger / Cheffe boulangère", "D1108"),
        ("develloppeur web", "Développeur / Développeuse web", "M1855"),
        ("conductrice d'engins agricoles", "Conducteur / Conductrice d'engins agricoles", "A1101"),
    ] {
        let closest = Appellation::closest_to(written);
        assert_eq!(closest.first().map(|found| (found.name, found.rome)), Some((name, rome)), "{written}");
        assert!(closest.len() <= 20);
    }
    assert!(Appellation::closest_to("xyzzyq").is_empty());
}

#[test]
fn a_name_finds_itself_among_the_closest() {
    for (rome, name) in names().into_iter().step_by(5) {
        let closest = Appellation::closest_to(&name);
        assert!(closest.iter().any(|found| found.rome == rome && found.name == name), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_has_an_answer_within_bounds(text in "\\PC{0,80}|[\\x00-\\x20éœŒ🥖'/-]{0,40}|(bou|chef|a ){0,3000}") {
        for which in [Terms::Every, Terms::Any] {
            prop_assert!(Metier::by_title(&text, which).len() <= 20);
            prop_assert!(Diploma::by_title(&text, which).len() <= 20);
        }
        prop_assert!(Appellation::closest_to(&text).len() <= 20);
        prop_assert_eq!(search(&text), search(&text));
    }
}
