//! The index answers like a brute-force search, whatever the place, the filter or the state of the sketch.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod country;

use country::{Country, Question, Sketching};
use search::merge::{Filter, Found};
use search::read::SearchError;

fn ids(found: &Result<Found, SearchError>) -> Vec<String> {
    found.as_ref().unwrap().hits.iter().map(|hit| hit.row.id.clone()).collect()
}

async fn check(country: &Country, question: &Question, sketching: Sketching) -> (u32, u32) {
    let answer = country.ask(question, sketching).await;
    assert_eq!(ids(&answer.found[0]), country.brute_force(question), "{question:?} {sketching:?}");
    assert!(answer.cost.rounds <= 3, "{} rounds for {question:?}", answer.cost.rounds);
    assert!(country.most_in_flight() <= search::port::MAX_IN_FLIGHT);
    (answer.cost.rounds, answer.cost.calls)
}

#[tokio::test]
async fn five_thousand_random_searches_equal_brute_force_with_a_fresh_sketch() {
    let (mut searches, mut rounds) = (0, 0);
    for country_seed in 4..8 {
        let country = Country::new(country_seed, 15_000);
        for seed in 0..1_250 {
            let question = Country::question(seed);
            let (asked, calls) = check(&country, &question, Sketching::Fresh).await;
            if question.radius_km.is_some() {
                searches += 1;
                rounds += asked;
                // Two shelves at most where a diploma is asked.
                let most = question.romes.len() * search::plan::MAX_RANGES * 2 + 3;
                assert!(asked > 1 || calls as usize <= most, "{calls} calls for {question:?}");
            }
        }
    }
    assert!(rounds * 100 <= searches * 115, "{rounds} rounds for {searches} searches around a place");
}

#[tokio::test]
async fn random_searches_equal_brute_force_without_a_sketch() {
    for country_seed in 8..12 {
        let country = Country::new(country_seed, 3_000);
        for seed in 0..100 {
            check(&country, &Country::question(seed), Sketching::None).await;
        }
    }
}

#[tokio::test]
async fn random_searches_equal_brute_force_with_the_sketch_of_another_country() {
    let country = Country::new(9, 5_000);
    let other = Country::new(10, 60_000);
    for seed in 0..200 {
        let question = Country::question(seed);
        let answer = country.ask_with(&question, Some(other.sketch())).await;
        assert!(answer.cost.rounds <= 3);
        // A promise of rows that are not there may be refused, never answered wrongly.
        match &answer.found[0] {
            Ok(_) => assert_eq!(ids(&answer.found[0]), country.brute_force(&question)),
            Err(error) => assert!(matches!(error, SearchError::StaleSketch | SearchError::TooBroad)),
        }
    }
}

/// The twenty most frequent trades, so many km round Paris.
fn twenty_frequent_trades(radius_km: f64) -> Question {
    let romes = Country::most_frequent(20);
    Question { romes, centre: (48.8566, 2.3522), radius_km: Some(radius_km), filter: Filter::default() }
}

#[tokio::test]
async fn the_widest_search_there_is_reads_few_rows() {
    let country = Country::new(11, 60_000);
    let question = twenty_frequent_trades(20_000.0);
    let answer = country.ask(&question, Sketching::Fresh).await;
    assert_eq!(ids(&answer.found[0]), country.brute_force(&question));
    assert!(answer.cost.rows < 3_000, "{} rows", answer.cost.rows);
}

#[tokio::test]
async fn trades_of_a_few_grands_domaines_are_fewer_calls_than_trades() {
    let country = Country::new(12, 60_000);
    let question = twenty_frequent_trades(30.0);
    let answer = country.ask(&question, Sketching::Fresh).await;
    assert_eq!(ids(&answer.found[0]), country.brute_force(&question));
    assert!((answer.cost.calls as usize) < question.romes.len(), "{} calls", answer.cost.calls);
}

#[tokio::test]
async fn a_search_that_would_read_without_bound_is_refused() {
    let country = Country::new(12, 60_000);
    let question = twenty_frequent_trades(20_000.0);
    let answer = country.ask(&question, Sketching::None).await;
    assert!(matches!(answer.found[0], Err(SearchError::TooBroad)));
    let ceiling = search::read::MAX_ROWS + 1_000 * search::port::MAX_IN_FLIGHT as u32;
    assert!(answer.cost.rows <= ceiling, "{} rows", answer.cost.rows);
}

#[tokio::test]
async fn a_search_known_to_be_too_broad_is_refused_without_a_read() {
    let country = Country::new(12, 60_000);
    let question = twenty_frequent_trades(20_000.0);
    // More than there is, so that nothing less than everything would do.
    let asked =
        search::nearest::Nearest { cap: 1_000_000, ..country.nearest(&question, Some(country.sketch())) };
    let answer = search::nearest::nearest(&country, &[asked]).await;
    assert!(matches!(answer.found[0], Err(SearchError::TooBroad)));
    assert_eq!(answer.cost, search::read::Cost::default());
}

#[tokio::test]
async fn one_source_that_fails_does_not_take_the_others_down() {
    let country = Country::new(13, 2_000);
    let question = Country::question(1);
    let answer = country.ask_beside_a_failing_source(&question).await;
    assert!(matches!(answer.found[0], Err(SearchError::Read(_))));
    assert_eq!(ids(&answer.found[1]), country.brute_force(&question));
}

#[test]
fn the_stored_form_of_a_sketch_reads_back() {
    let sketch = Country::new(14, 3_000).sketch().clone();
    let bytes = sketch.to_bytes();
    assert_eq!(search::sketch::Sketch::from_bytes(&bytes).unwrap(), sketch);
    for cut in [0, 7, 8, 40, bytes.len() - 1] {
        assert!(search::sketch::Sketch::from_bytes(&bytes[..cut]).is_err());
    }
}

#[test]
fn merged_sketches_expect_what_their_parts_expect_together() {
    let (one, other) = (Country::new(15, 3_000), Country::new(16, 4_000));
    let merged = search::sketch::Sketch::merge([one.sketch(), other.sketch()]);
    assert_eq!(merged.rows(), one.sketch().rows() + other.sketch().rows());
    for rome in merged.romes() {
        assert_eq!(merged.rome_rows(rome), one.sketch().rome_rows(rome) + other.sketch().rome_rows(rome));
    }
    assert_eq!(search::sketch::Sketch::merge([one.sketch()]), *one.sketch());
}
