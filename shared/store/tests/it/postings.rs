//! Ranges of postings: what is read, and what it costs.

use domain::source::Source;
use search::codec;
use search::port::{KeyRange, Page, Postings};
use store::DynamoPostings;
use testkit::{Importer, company, jsonl, siret};

async fn loaded(rows: u32) -> Importer {
    let import = Importer::start().await;
    let rows: Vec<_> = (1..=rows).map(company).collect();
    import.load("companies/metz/list.jsonl", jsonl(&rows)).await;
    import
}

async fn read(import: &Importer, reports: bool, from: &str, to: &str, limit: u32) -> Page {
    let postings = DynamoPostings::new(import.store.client.clone(), &import.store.tables, reports);
    let range =
        KeyRange { partition: "lba#D1102".to_owned(), from: from.to_owned(), to: to.to_owned(), limit };
    postings.read(&range).await.unwrap()
}

#[tokio::test]
async fn a_range_gives_its_rows_in_key_order_with_rank_and_card() {
    let import = loaded(5).await;
    let page = read(&import, true, "0", "~", 100).await;
    assert_eq!((page.rows.len(), page.cut, page.calls), (5, false, 1));
    assert!(page.rows.is_sorted_by(|a, b| a.sort_key < b.sort_key));
    let row = page.rows.iter().find(|row| row.id == siret(3)).unwrap();
    let card = codec::unpack(Source::Lba, &row.card).unwrap();
    assert_eq!(search::rank::Rank::of(&card.entry(), row.rank.filed_at), row.rank);
    assert!((row.rank.point.unwrap().lat() - 49.103).abs() < 1e-9);
}

#[tokio::test]
async fn both_ends_of_a_range_belong_to_it() {
    let import = loaded(5).await;
    let all = read(&import, true, "0", "~", 100).await.rows;
    let page = read(&import, true, &all[1].sort_key, &all[3].sort_key, 100).await;
    assert_eq!(page.rows, all[1..=3]);
}

#[tokio::test]
async fn a_limit_cuts_a_range_and_says_so() {
    let import = loaded(5).await;
    let page = read(&import, true, "0", "~", 3).await;
    assert_eq!((page.rows.len(), page.cut), (3, true));
    assert!(!read(&import, true, "0", "~", 6).await.cut);
}

#[tokio::test]
async fn what_a_read_costs_is_computed_as_the_store_reports_it() {
    let import = loaded(60).await;
    for (from, to, limit) in [("0", "~", 100), ("0", "~", 7), ("0", "1", 10), ("0", "~", 33)] {
        let told = read(&import, true, from, to, limit).await;
        let computed = read(&import, false, from, to, limit).await;
        assert_eq!(told.rows, computed.rows);
        assert!((told.rru - computed.rru).abs() < 1e-9, "{} told, {} computed", told.rru, computed.rru);
        assert!(told.rru >= 0.5);
    }
}

#[tokio::test]
async fn pages_are_followed_up_to_the_limit() {
    let import = Importer::start().await;
    // 40 offers of some 40 KiB that do not compress make more than one page of a megabyte.
    let rows: Vec<_> = (1..=40)
        .map(|number| {
            let mut row = testkit::offer(number);
            row["description"] = testkit::noise(number, 40_000).into();
            row
        })
        .collect();
    let report = import.load("offers/main/list.jsonl", jsonl(&rows)).await;
    assert_eq!(report.added, 40, "{report:?}");
    let postings = DynamoPostings::new(import.store.client.clone(), &import.store.tables, true);
    let range = KeyRange {
        partition: "offres#M1607".to_owned(),
        from: "0".to_owned(),
        to: "~".to_owned(),
        limit: 1000,
    };
    let page = postings.read(&range).await.unwrap();
    assert_eq!((page.rows.len(), page.cut), (40, false));
    assert!(page.calls > 1, "{} calls", page.calls);
    let computed = DynamoPostings::new(import.store.client.clone(), &import.store.tables, false);
    assert!((computed.read(&range).await.unwrap().rru - page.rru).abs() < 1e-9);
}
