//! The bench measures the real thing: the rows that an import writes, and right answers.

use std::path::PathBuf;

use domain::feed::FeedKind;
use testkit::EmbeddedStore;
use usecases::ingest::ContentHash;
use usecases::ports::{Content, Family, FeedRef, RowWrite, WriteRow as _};

use super::*;
use crate::data::tests::small;
use crate::queries::searches;

/// A folder of this test alone, removed when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn files_an_offer_as_an_import_does() {
    let world = small(5, 0.5);
    let store = EmbeddedStore::start().await;
    let import = store::Rows::new(store.client.clone(), store.tables.clone());
    let mut ours = BTreeMap::new();
    for number in 0..5 {
        let card = card(&world, number);
        let (postings, item) = rows(&card).unwrap();
        for keys::Posting { key, names_trades } in postings {
            let sorted: BTreeMap<_, _> =
                whole(&key.partition, (&key.sort, names_trades), &item).into_iter().collect();
            ours.insert((key.partition, key.sort), serde_json::to_string(&sorted).unwrap());
        }
        let row = RowWrite {
            feed: FeedRef { family: Family::Cards(FeedKind::Offers), feed: FEED.parse().unwrap() },
            id: card.entry().id,
            hash: ContentHash::of(&card).unwrap(),
            now: card.entry().created_at,
            content: Content::Card(Box::new(card)),
            seen: None,
        };
        import.write(&row).await.unwrap();
    }
    // The stock is for mirrors and the export: no search reads it.
    let mut theirs = store.dump(&store.tables.postings).await;
    theirs.retain(|(partition, _), _| !partition.contains("#stock#"));
    assert_eq!(theirs.keys().collect::<Vec<_>>(), ours.keys().collect::<Vec<_>>());
    // Bytes are written otherwise in each form: the same attributes will do, and the same sizes of cards.
    for (key, item) in &theirs {
        for name in ["rank", "card", "romes", "expires_at"] {
            assert_eq!(item.contains(name), ours[key].contains(name), "{name} of {key:?}");
        }
    }
}

#[test]
fn answers_as_brute_force_does_and_the_tape_plays_it_again() {
    let world = small(300, 0.5);
    let folder = Folder::new("answers");
    let (file, sketch) = (folder.0.join("db"), folder.0.join("sketch"));
    let (count, bytes) = load(&world, &file).unwrap();
    write_sketch(&world, &sketch).unwrap();
    assert!(count > 1_000 && (540.0..620.0).contains(&bytes), "{count} rows of {bytes} bytes");
    let ours = Ours::start(Served::in_thread(&file), &sketch).unwrap();
    assert!(ours.empty_call().unwrap() > Duration::ZERO);
    let offers: Vec<_> = (0..300).map(|number| world.offer(number)).collect();
    for search in searches(&world, 2).iter().filter(|search| search.for_peers) {
        for ask in &search.asks {
            ours.record(ask).unwrap();
            let live = ours.live(ask).unwrap();
            let wanted = offers.iter().filter(|offer| {
                let near = ask.place.is_none_or(|(centre, radius)| {
                    centre.distance_km(offer.address.point.unwrap()) <= radius
                });
                let level = ask.diploma.is_none() || offer.diploma.is_none() || offer.diploma == ask.diploma;
                near && level && ask.romes.iter().any(|&rome| offer.romes.contains(rome))
            });
            assert_eq!(live.hits.len(), wanted.count().min(150), "{}", search.name);
            assert_eq!(ours.replay(ask).unwrap().hits, live.hits);
        }
    }
}
