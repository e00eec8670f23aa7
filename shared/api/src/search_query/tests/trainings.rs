//! The routes of trainings, and the one of both.

use super::*;

const DOMAIN: &str = "romeDomain : Badly formatted romeDomain. Rome domain must be one letter or one letter followed by 2 digit number. ex : A or A12";
const DOMAIN_NONE: &str = "romes, romeDomain : You must define at least 1 rome code OR a single romeDomain.";
const DOMAIN_BOTH: &str = "romes, romeDomain : You must define either romes OR romeDomain, not both.";
const AREA_BOTH: &str = "region, departement : You must define either region OR departement, not both.";
const AREA_NOTHING: &str =
    "region, departement, romes, romeDomain : You must assign a value to at least one of these parameters.";
const DEPARTEMENT: &str = "departement : Badly formatted departement. departement must be a two digit number or three digit number for overseas departments. ex : 01 or 974";
const REGION: &str = "region : Badly formatted region. region must be a two digit number. ex : 01";
const REGION_UNKNOWN: &str = "region : Badly formatted region. region must be one of the allowed values as described in the api online doc.";
const ALL_SOURCES: &str = "sources : Optional sources argument used with wrong value. Should contains comma separated values among 'formations', 'lbb', 'lba', 'offres', 'matcha'.";

fn cases(route: Route, cases: &[(&str, &[&str])]) {
    for (query, wanted) in cases {
        assert_eq!(messages_of(query, route), *wanted, "{query}");
    }
}

#[test]
fn trainings_give_every_message_of_the_contract() {
    cases(
        Route::Trainings,
        &[
            ("", &[DOMAIN_NONE]),
            ("romes=A1101&romeDomain=A", &[DOMAIN_BOTH]),
            ("romes=x&romeDomain=A1", &[DOMAIN_BOTH, ROME, DOMAIN]),
            ("romeDomain=A1", &[DOMAIN]),
            ("romeDomain=A123", &[DOMAIN]),
            ("romes=A1101&latitude=48", &[LON_MISSING]),
            ("romes=A1101&latitude=48&longitude=2&radius=201", &[RADIUS]),
            ("romes=A1101&diploma=2", &[DIPLOMA]),
        ],
    );
}

#[test]
fn trainings_have_a_radius_of_their_own_and_ignore_what_is_of_jobs() {
    let query =
        read("romeDomain=d11&latitude=48&longitude=2&caller=moi&sources=x", Route::Trainings).unwrap();
    let Place::Around(_, radius) = query.place else { panic!("{query:?}") };
    assert_eq!(Ok(radius), domain::geo::Radius::from_km(30.0));
    assert_eq!(query.sources, BTreeSet::from([Source::Formations]));
    assert_eq!(query.trades, Trades::Domain("D11".parse().unwrap()));
}

#[test]
fn areas_give_every_message_of_the_contract() {
    cases(
        Route::TrainingsOfArea,
        &[
            ("", &[AREA_NOTHING]),
            ("caller=moi", &[AREA_NOTHING]),
            ("departement=1", &[DEPARTEMENT]),
            ("departement=2A", &[DEPARTEMENT]),
            ("departement=1234", &[DEPARTEMENT]),
            ("region=1", &[REGION]),
            ("region=1a", &[REGION]),
            ("region=99", &[REGION_UNKNOWN]),
            ("region=11&departement=75", &[AREA_BOTH]),
            ("region=11&departement=x", &[AREA_BOTH, DEPARTEMENT]),
            ("departement=75&romes=A1101&romeDomain=A", &[DOMAIN_BOTH]),
            ("departement=75&diploma=x", &[DIPLOMA]),
        ],
    );
}

#[test]
fn an_area_is_a_departement_or_those_of_a_region_or_the_country() {
    let place = |text: &str| read(text, Route::TrainingsOfArea).unwrap().place;
    assert_eq!(place("departement=75"), Place::Area(vec!["75".parse().unwrap()]));
    let Place::Area(departements) = place("region=11") else { panic!() };
    assert_eq!(departements.len(), 8);
    assert_eq!(place("romes=A1101"), Place::Country);
    assert_eq!(read("departement=974", Route::TrainingsOfArea).unwrap().trades, Trades::Any);
}

#[test]
fn jobs_and_trainings_ask_all_sources_and_always_the_commune_of_a_place() {
    let route = Route::JobsAndTrainings;
    assert_eq!(messages_of("romes=A1101&latitude=48&longitude=2&radius=30", route), [INSEE_MISSING]);
    assert_eq!(messages_of("romes=A1101&sources=pe", route), [ALL_SOURCES]);
    assert_eq!(read("romes=A1101", route).unwrap().sources, BTreeSet::from(Source::ALL));
    let some = read("romes=A1101&sources=formations,lbb", route).unwrap();
    assert_eq!(some.sources, BTreeSet::from([Source::Formations]));
}

#[test]
fn options_has_one_value() {
    assert!(!read("romes=A1101", Route::Trainings).unwrap().with_description);
    assert!(read("romes=A1101&options=with_description", Route::Trainings).unwrap().with_description);
    let error = read("romes=x&options=all", Route::Trainings).unwrap_err();
    let body: Value = serde_json::from_str(&error.response("").body.text()).unwrap();
    assert_eq!(body["message"], "querystring.options: Valeur attendue : with_description");
}
