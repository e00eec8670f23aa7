//! Pages: every result once, whatever is written meanwhile.

use std::collections::BTreeSet;

use domain::source::Source;
use serde_json::{Value, json};
use testkit::{Importer, company, jsonl, offer, siret};
use usecases::search::{Place, Search};

use crate::desk::{Desk, around, ids, search};

const KEY: &str = "companies/main/list.jsonl";
const LBA: [Source; 1] = [Source::Lba];

fn companies(numbers: impl Iterator<Item = u32>) -> Vec<Value> {
    numbers
        .map(|number| {
            let mut row = company(number);
            // Several at each place, so that distances tie at the end of a page.
            row["geo_coordinates"] = json!(format!("{},6.17", 48.5 + f64::from(number % 97) / 80.0));
            row["created_at"] = json!(format!("2026-07-{:02}T00:00:00.000Z", 1 + number % 28));
            row
        })
        .collect()
}

fn all(pages: &[usecases::search::SearchFound]) -> Vec<String> {
    pages.iter().flat_map(|page| ids(page, Source::Lba)).collect()
}

fn searches() -> Vec<(&'static str, Search)> {
    let near = search(&["D1102", "D1104"], around(49.0, 6.17, 200.0), &LBA);
    vec![
        ("near", near.clone()),
        ("by date in a circle", Search { by_date: true, ..near }),
        ("anywhere", search(&["D1102", "D1104"], Place::Anywhere, &LBA)),
    ]
}

#[tokio::test]
async fn pages_give_every_result_once_and_in_order() {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&companies(1..=700))).await;
    let bare = Desk::over(import);
    for desk in [bare] {
        check_whole(&desk).await;
        check_whole(&desk.with_sketches().await).await;
    }
}

async fn check_whole(desk: &Desk) {
    for (name, search) in searches() {
        let pages = desk.pages(&search, async |_| {}).await;
        let found = all(&pages);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 700, "{name}");
        assert_eq!(found.len(), 700, "{name}");
        assert!((5..=6).contains(&pages.len()), "{name}: {} pages", pages.len());
        let first = desk.search(&search).await;
        assert_eq!(
            ids(&first, Source::Lba),
            found[..150],
            "{name}: the first page is the answer of the contract"
        );
        if name == "near" {
            let items = pages.iter().flat_map(|page| page.by_source[&Source::Lba].as_ref().unwrap());
            assert!(items.map(|item| item.distance_km.unwrap()).is_sorted());
        }
    }
}

#[tokio::test]
async fn what_is_written_between_pages_makes_no_id_come_twice_and_none_that_stays_missing() {
    for (name, search) in searches() {
        let import = Importer::start().await;
        let start: Vec<u32> = (1..=600).collect();
        import.load(KEY, jsonl(&companies(start.iter().copied()))).await;
        let desk = Desk::over(import).with_sketches().await;
        let pages = desk
            .pages(&search, async |page| {
                desk.import.clock.advance(10);
                let page = page as u32;
                // Some go, some come, some move, and the text of some others changes where they are.
                let mut rows = companies((1..=600).filter(|number| number % 50 != page));
                rows.extend(companies(1_000 + page * 20..1_020 + page * 20));
                for (number, row) in rows.iter_mut().enumerate() {
                    if number % 40 == 7 {
                        row["geo_coordinates"] = json!(format!("{},6.17", 48.6 + f64::from(page) / 10.0));
                        row["created_at"] = json!(format!("2026-06-{:02}T00:00:00.000Z", 10 + page));
                    }
                    if number % 40 == 9 {
                        row["enseigne"] = json!(format!("Boulangerie Renommée {page}"));
                    }
                }
                let report = desk.import.load(KEY, jsonl(&rows)).await;
                assert!(report.added > 0 && report.changed > 0 && report.withdrawn > 0, "{report:?}");
            })
            .await;
        let found = all(&pages);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "{name}: an id came twice");
        let last = pages.len() as u32;
        for number in (1..=600u32).filter(|number| (1..last).all(|page| number % 50 != page)) {
            // Those that kept their place throughout: the positions 7 of each file move.
            let moved = (1..last).any(|page| {
                (1..=600).filter(|n| n % 50 != page).enumerate().any(|(at, n)| n == number && at % 40 == 7)
            });
            assert!(moved || once.contains(&siret(number)), "{name}: {number} is missing");
        }
        assert!(last >= 4, "{name}: {last} pages");
    }
}

#[tokio::test]
async fn several_sources_are_paged_together_until_each_ends() {
    let import = Importer::start().await;
    import.load(KEY, jsonl(&companies(1..=200))).await;
    let offers: Vec<Value> = (1..=400)
        .map(|number| {
            let mut row = offer(number);
            row["romeCode"] = json!("D1102");
            row
        })
        .collect();
    import.load("offers/main/list.jsonl", jsonl(&offers)).await;
    let desk = Desk::over(import).with_sketches().await;
    let both = search(&["D1102", "D1104"], around(48.9, 4.0, 20_000.0), &[Source::Lba, Source::Offres]);
    let pages = desk.pages(&both, async |_| {}).await;
    let count = |source| pages.iter().map(|page| ids(page, source).len()).collect::<Vec<_>>();
    assert_eq!(count(Source::Lba), [150, 50, 0]);
    assert_eq!(count(Source::Offres), [150, 150, 100]);
}
