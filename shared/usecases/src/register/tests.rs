use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Mutex;

use domain::registry::known::KnownAddresses;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream;

use super::*;

const FILE: &str = concat!(
    r#"{"siren": "000022079", "emails": ["rh@exemple.invalid"]}"#,
    "\n\n",
    r#"{"siren": "000022078", "emails": ["rh@exemple.invalid"]}"#,
    "\n",
    r#"{"siren": "356000000", "emails": ["contact@exemple.invalid"]}"#,
    "\n",
    r#"{"siren": "", "emails": ["rh@exemple.invalid"]}"#,
    "\n",
    r#"{"siren": "000022078", "emails": []}"#,
);

fn file(bytes: &[u8]) -> Bytes {
    let pieces: Vec<_> = bytes.chunks(7).map(|piece| Ok(piece.to_vec())).collect();
    stream::iter(pieces).boxed()
}

async fn loaded(bytes: &[u8]) -> (Result<Loaded, LoadError>, BTreeSet<String>) {
    let put = Mutex::new(BTreeSet::new());
    let done = load(file(bytes), KnownAddresses::parse, async |known: KnownAddresses| {
        put.lock().unwrap().insert(known.siren.to_string());
        Ok(())
    });
    (done.await, put.into_inner().unwrap())
}

#[tokio::test(flavor = "current_thread")]
async fn good_rows_are_put_and_wrong_ones_counted_by_their_reason() {
    let (done, put) = loaded(FILE.as_bytes()).await;
    let done = done.unwrap();
    assert_eq!((done.read, done.kept), (5, 2));
    let wrong = ("siren: 9 digits that satisfy the Luhn formula".to_owned(), (2, 3));
    assert_eq!(done.refused, BTreeMap::from([wrong, ("siren: missing".to_owned(), (1, 5))]));
    assert_eq!(put, BTreeSet::from(["000022079".to_owned(), "356000000".to_owned()]));
}

#[tokio::test(flavor = "current_thread")]
async fn a_packed_file_is_read_alike_and_a_cut_one_is_told() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(FILE.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(loaded(&packed).await.0.unwrap(), loaded(FILE.as_bytes()).await.0.unwrap());
    let cut = &packed[..packed.len() - 9];
    assert!(matches!(loaded(cut).await.0, Err(LoadError::Damaged)));
}

#[tokio::test(flavor = "current_thread")]
async fn a_row_that_is_not_written_stops_the_load() {
    let refuse = async |_: KnownAddresses| Err(PortError::new("put a row", "it broke"));
    let done = load(file(FILE.as_bytes()), KnownAddresses::parse, refuse).await;
    assert!(matches!(done, Err(LoadError::Failed(_))));
}
