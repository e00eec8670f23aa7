//! Single writes: sent twice, or overtaken by another import.

use domain::card::Card;
use domain::feed::FeedKind;
use domain::source::Source;
use serde_json::json;
use store::{FeedLedger, Items, Rows};
use testkit::{Importer, company, jsonl};
use usecases::ingest::ContentHash;
use usecases::ports::{
    Content, Family, FeedRef, FindItem as _, Held, LEDGER_SHARDS, ListHeld as _, RowWrite, WithdrawRow as _,
    WriteError, WriteRow as _,
};

const KEY: &str = "companies/main/list.jsonl";
const NOW: u32 = 1_800_000_000;

/// A store that holds one row.
struct OneRow {
    import: Importer,
    feed: FeedRef,
    rows: Rows,
}

impl OneRow {
    async fn load() -> Self {
        let import = Importer::start().await;
        import.load(KEY, jsonl(&[company(1)])).await;
        let feed = FeedRef { family: Family::Cards(FeedKind::Companies), feed: "main".parse().unwrap() };
        let rows = Rows::new(import.store.client.clone(), import.store.tables.clone());
        Self { import, feed, rows }
    }

    async fn held(&self) -> Held {
        let ledger = FeedLedger::new(self.import.store.client.clone(), &self.import.store.tables);
        let mut held = Vec::new();
        for shard in 0..LEDGER_SHARDS {
            held.extend(ledger.list_held(&self.feed, shard).await.unwrap());
        }
        assert_eq!(held.len(), 1);
        held.remove(0)
    }

    /// The row, to be written in place of `seen` under another name.
    async fn renamed(&self, seen: &Held, name: &str) -> RowWrite {
        let items = Items::new(self.import.store.client.clone(), &self.import.store.tables);
        let Card::Company(mut company) = items.find_item(Source::Lba, &seen.id).await.unwrap().unwrap().card
        else {
            panic!("a company");
        };
        name.clone_into(&mut company.name);
        let card = Card::Company(company);
        RowWrite {
            feed: self.feed.clone(),
            id: seen.id.clone(),
            hash: ContentHash::of(&card).unwrap(),
            content: Content::Card(Box::new(card)),
            seen: Some(seen.clone()),
            now: NOW,
        }
    }
}

#[tokio::test]
async fn a_write_sent_again_because_its_answer_was_lost_succeeds() {
    let one = OneRow::load().await;
    let row = one.renamed(&one.held().await, "Boulangerie Renommée").await;
    one.rows.write(&row).await.unwrap();
    let first = one.import.store.dumps().await;
    one.rows.write(&row).await.unwrap();
    assert_eq!(one.import.store.dumps().await, first);

    let held = one.held().await;
    one.rows.withdraw(&one.feed, &held, NOW).await.unwrap();
    one.rows.withdraw(&one.feed, &held, NOW).await.unwrap();
    let (postings, records) = one.import.store.dumps().await;
    assert!(postings.is_empty() && records.is_empty());
}

#[tokio::test]
async fn a_row_that_another_import_changed_is_neither_overwritten_nor_withdrawn() {
    let one = OneRow::load().await;
    let seen = one.held().await;
    let mut changed = company(1);
    changed["enseigne"] = json!("Boulangerie Renommée");
    one.import.load(KEY, jsonl(&[changed])).await;
    let current = one.import.store.dumps().await;

    let row = one.renamed(&seen, "Boulangerie Dépassée").await;
    assert!(matches!(one.rows.write(&row).await, Err(WriteError::Overtaken)));
    assert!(matches!(one.rows.write(&RowWrite { seen: None, ..row }).await, Err(WriteError::Overtaken)));
    assert!(matches!(one.rows.withdraw(&one.feed, &seen, NOW).await, Err(WriteError::Overtaken)));
    assert_eq!(one.import.store.dumps().await, current);
}
