//! Searches of trainings: years, twins, the nearest five, areas.

use domain::source::Source;
use serde_json::{Value, json};
use testkit::{Importer, formation, jsonl};
use usecases::search::{Place, Search, Trades};

use crate::desk::{Desk, around, ids, search};

const KEY: &str = "formations/main/list.jsonl";
const FORMATIONS: [Source; 1] = [Source::Formations];

async fn desk(rows: &[Value]) -> Desk {
    let import = Importer::start().await;
    let report = import.load(KEY, jsonl(rows)).await;
    assert_eq!(report.refused, 0, "{report:?}");
    Desk::over(import).with_sketches().await
}

fn with(number: u32, fields: &[(&str, Value)]) -> Value {
    let mut row = formation(number);
    for (name, value) in fields {
        row[*name] = value.clone();
    }
    row
}

fn id(number: u32) -> String {
    format!("formation-inventee-{number}#L01")
}

async fn found(desk: &Desk, place: Place) -> Vec<String> {
    ids(&desk.search(&search(&["G1602"], place, &FORMATIONS)).await, Source::Formations)
}

#[tokio::test]
async fn the_nearest_come_first_and_only_those_of_the_years_shown() {
    let rows = [
        formation(2),
        formation(1),
        with(3, &[("tags", json!(["2025"]))]),
        with(4, &[("tags", json!(["2028", "2031"]))]),
        with(5, &[("tags", json!([]))]),
    ];
    let desk = desk(&rows).await;
    // On the first of September 2026 the years shown are 2026, 2027 and 2028.
    assert_eq!(found(&desk, around(45.76, 4.83, 30.0)).await, [id(1), id(2), id(4)]);
    // On the 31st of August of the next year: 2026 to 2028 again.
    desk.import.clock.advance(364 * 86_400);
    assert_eq!(found(&desk, around(45.76, 4.83, 30.0)).await, [id(1), id(2), id(4)]);
    desk.import.clock.advance(2 * 365 * 86_400);
    assert_eq!(found(&desk, around(45.76, 4.83, 30.0)).await, [id(4)]);
}

#[tokio::test]
async fn where_none_is_inside_the_radius_the_nearest_five_are_shown() {
    let rows: Vec<Value> = (1..=9).map(formation).collect();
    let desk = desk(&rows).await;
    let marseille = || around(43.3, 5.37, 30.0);
    let five: Vec<String> = (1..=5).map(id).collect();
    assert_eq!(found(&desk, marseille()).await, five);
    let answer = desk.search(&search(&["G1602"], marseille(), &FORMATIONS)).await;
    let items = answer.by_source[&Source::Formations].as_ref().unwrap();
    assert!(items.iter().all(|item| item.distance_km.unwrap() > 250.0));
    // One that is inside is enough for the radius to hold.
    assert_eq!(found(&desk, around(45.761, 4.83, 0.05)).await, [id(1)]);
    // Asked for pages, those few are the only one.
    let pages = desk.pages(&search(&["G1602"], marseille(), &FORMATIONS), async |_| {}).await;
    assert_eq!(pages.iter().map(|page| ids(page, Source::Formations).len()).collect::<Vec<_>>(), [5]);
}

#[tokio::test]
async fn of_trainings_that_cannot_be_told_apart_the_nearest_is_shown() {
    let same = ("intitule_long", json!("CAP Exemple"));
    let rows = [
        with(3, std::slice::from_ref(&same)),
        with(2, std::slice::from_ref(&same)),
        with(4, &[same.clone(), ("code_postal", json!("69002"))]),
    ];
    let desk = desk(&rows).await;
    assert_eq!(found(&desk, around(45.76, 4.83, 30.0)).await, [id(2), id(4)]);
}

#[tokio::test]
async fn without_a_place_trainings_come_by_title_then_school() {
    let titled = |number, title: &str, school: &str| {
        let school = ("etablissement_formateur_enseigne", json!(school));
        with(number, &[("intitule_long", json!(title)), school])
    };
    let rows = [
        titled(1, "Boulangerie", "Zed"),
        titled(2, "\u{e9}bénisterie", "A"),
        with(
            3,
            &[
                ("intitule_long", json!("Boulanger")),
                ("etablissement_formateur_enseigne", json!("Zed")),
                ("code_postal", json!("69002")),
            ],
        ),
        titled(4, "Boulanger", "Alpha"),
        titled(5, "boulanger pâtissier", "Alpha"),
    ];
    let desk = desk(&rows).await;
    assert_eq!(found(&desk, Place::Anywhere).await, [4, 3, 5, 1, 2].map(id));
}

#[tokio::test]
async fn an_area_is_how_post_codes_begin_whatever_the_year_or_the_coordinates() {
    let zip = |number, zip: &str| with(number, &[("code_postal", json!(zip))]);
    let mut rows = vec![zip(1, "69001"), zip(2, "69380"), zip(3, "01000"), zip(4, "20200"), zip(5, "97411")];
    rows.push(with(6, &[("code_postal", json!("69003")), ("tags", json!(["2020"]))]));
    rows.push(with(7, &[("code_postal", json!("69004")), ("lieu_formation_geo_coordonnees", Value::Null)]));
    rows.push(with(8, &[("code_postal", json!("69005")), ("rome_codes", json!(["N4101"]))]));
    let desk = desk(&rows).await;
    let area = async |trades: Trades, codes: &[&str]| {
        let departements = codes.iter().map(|code| code.parse().unwrap()).collect();
        let asked = Search { trades, ..search(&["G1602"], Place::Area(departements), &FORMATIONS) };
        ids(&desk.search(&asked).await, Source::Formations)
    };
    let cooks = || search(&["G1602"], Place::Anywhere, &FORMATIONS).trades;
    assert_eq!(area(cooks(), &["69"]).await, [1, 2, 6, 7].map(id));
    assert_eq!(area(Trades::Any, &["69"]).await, [1, 2, 6, 7, 8].map(id));
    assert_eq!(area(cooks(), &["01", "69"]).await, [1, 2, 3, 6, 7].map(id));
    assert_eq!(area(cooks(), &["20"]).await, [id(4)]);
    assert_eq!(area(Trades::Any, &["974"]).await, [id(5)]);
    assert_eq!(area(Trades::Any, &["75"]).await, Vec::<String>::new());
    let country = Search { place: Place::Country, ..search(&["G1602"], Place::Anywhere, &FORMATIONS) };
    assert_eq!(ids(&desk.search(&country).await, Source::Formations), [1, 2, 3, 4, 5, 6, 7].map(id));
}

#[tokio::test]
async fn a_level_keeps_what_does_not_say_and_reads_little_else() {
    let rows: Vec<Value> = (1..=400)
        .map(|number| {
            let level = ["3 (CAP...)", "4 (BAC...)", "5 (BTS, DEUST...)", "6 (Licence, BUT...)", ""];
            let level = level[number as usize % 5];
            let long = ("contenu", json!(testkit::noise(number, 600)));
            with(number, &[("niveau", if level.is_empty() { Value::Null } else { json!(level) }), long])
        })
        .collect();
    let desk = desk(&rows).await;
    let whole = desk.search(&search(&["G1602"], around(45.76, 4.83, 30.0), &FORMATIONS)).await;
    let mut asked = search(&["G1602"], around(45.76, 4.83, 30.0), &FORMATIONS);
    asked.diploma = Some(domain::diploma::Diploma::Bts);
    let of_level = desk.search(&asked).await;
    assert_eq!(ids(&whole, Source::Formations).len(), 400);
    assert_eq!(ids(&of_level, Source::Formations).len(), 160);
    assert_eq!(of_level.cost.rows, 160, "no row of another level was read");
}
