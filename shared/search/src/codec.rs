//! Packs a card into a posting: compact JSON, compressed with a dictionary of what the cards of its source have in
//! common.
//!
//! An offer shrinks from about 1,450 to 480 bytes, and a search is billed by the bytes it reads. A dictionary holds
//! common texts and, what gains most on so small a piece, the code tables, which a packed card then need not carry.
//! `cargo run --release -p search --example train_dictionaries .local/seed` makes them anew from the demonstration data.
//!
//! The first byte names the generation of dictionaries, so that new ones can be introduced while old rows are still
//! there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use domain::card::Card;
use domain::source::Source;
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{CParameter, Strategy};

/// The version of the packed form. It is part of a row's content hash: raising it rewrites every row once.
pub const VERSION: u8 = 2;
/// Compression level. The highest would gain another half percent, for six times the work of an import.
const LEVEL: i32 = 9;
/// No card unpacks to more; larger is damage or an attack.
const MAX_UNPACKED: usize = 256 * 1024;

const fn dictionary(source: Source) -> &'static [u8] {
    match source {
        Source::Formations => include_bytes!("codec/formations.dict"),
        Source::Lba => include_bytes!("codec/lba.dict"),
        Source::Matcha => include_bytes!("codec/matcha.dict"),
        Source::Offres => include_bytes!("codec/offres.dict"),
    }
}

/// A card could not be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// Compression failed, or the bytes are damaged.
    #[error("could not (un)compress a card")]
    Compression(#[source] io::Error),
    /// The first byte names a dictionary this build does not know.
    #[error("unknown card version {0}")]
    Version(u8),
    /// What was packed is no text.
    #[error("a card is not in UTF-8")]
    Text(#[source] std::str::Utf8Error),
    /// The JSON is not that of a card of this source.
    #[error("could not read a card's JSON")]
    Json(#[source] serde_json::Error),
}

/// One of each source that was used, since a dictionary takes longer to load than a card to unpack.
type BySource<T> = RefCell<BTreeMap<Source, T>>;

thread_local! {
    static COMPRESSORS: BySource<Compressor<'static>> = const { RefCell::new(BTreeMap::new()) };
    static DECOMPRESSORS: BySource<Decompressor<'static>> = const { RefCell::new(BTreeMap::new()) };
}

/// Packs a card.
pub fn pack(card: &Card) -> Result<Vec<u8>, CodecError> {
    let json = card.to_json().map_err(CodecError::Json)?;
    let mut packed = vec![VERSION];
    packed.extend(compress(card.source(), &json).map_err(CodecError::Compression)?);
    Ok(packed)
}

/// Unpacks a card of `source`.
pub fn unpack(source: Source, packed: &[u8]) -> Result<Card, CodecError> {
    let (&version, compressed) = packed.split_first().ok_or(CodecError::Version(0))?;
    if version != VERSION {
        return Err(CodecError::Version(version));
    }
    let json = decompress(source, compressed).map_err(CodecError::Compression)?;
    let json = std::str::from_utf8(&json).map_err(CodecError::Text)?;
    Card::from_json(source, json).map_err(CodecError::Json)
}

fn compress(source: Source, json: &[u8]) -> io::Result<Vec<u8>> {
    with(&COMPRESSORS, source, || compressor(source), |compressor| compressor.compress(json))
}

fn compressor(source: Source) -> io::Result<Compressor<'static>> {
    let mut compressor = Compressor::with_dictionary(LEVEL, dictionary(source))?;
    // What this level does for long texts only: two percent for a card.
    compressor.set_parameter(CParameter::Strategy(Strategy::ZSTD_btopt))?;
    // The version and the source say which dictionary it is: four bytes less in each card.
    compressor.set_parameter(CParameter::DictIdFlag(false))?;
    Ok(compressor)
}

fn decompress(source: Source, compressed: &[u8]) -> io::Result<Vec<u8>> {
    let new = || Decompressor::with_dictionary(dictionary(source));
    with(&DECOMPRESSORS, source, new, |decompressor| decompressor.decompress(compressed, MAX_UNPACKED))
}

fn with<T, R>(
    all: &'static std::thread::LocalKey<BySource<T>>,
    source: Source,
    new: impl FnOnce() -> io::Result<T>,
    run: impl FnOnce(&mut T) -> io::Result<R>,
) -> io::Result<R> {
    all.with_borrow_mut(|all| {
        let one = match all.entry(source) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(empty) => empty.insert(new()?),
        };
        run(one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card of each source, as the index keeps it.
    const CARDS: [(Source, &str); 4] = [
        (
            Source::Formations,
            r#"{"id":"F1","title":"Boulanger","romes":["D1102"],"address":{},"manager":{},"trainer":{}}"#,
        ),
        (Source::Lba, r#"{"siret":"01928074200016","name":"É\"\\","romes":["D1102"],"address":{}}"#),
        (
            Source::Matcha,
            r#"{"id":"1-0","offer_id":"1","title":"X","romes":["D1102"],"status":"Active","address":{},"siret":"01928074200016","company_name":"Z","created_at":1,"expires_at":2}"#,
        ),
        (
            Source::Offres,
            r#"{"id":"1","title":"Y","romes":["D1102"],"address":{},"created_at":1,"expires_at":2}"#,
        ),
    ];

    #[test]
    fn a_card_of_each_source_comes_out_as_it_went_in() {
        for (source, json) in CARDS {
            let card = Card::from_json(source, json).unwrap();
            assert_eq!(unpack(source, &pack(&card).unwrap()).unwrap(), card, "{source}");
        }
    }

    #[test]
    fn a_card_of_another_version_is_told_as_such() {
        let (source, json) = CARDS[1];
        let mut packed = pack(&Card::from_json(source, json).unwrap()).unwrap();
        packed[0] = VERSION + 1;
        assert!(
            matches!(unpack(source, &packed), Err(CodecError::Version(version)) if version == VERSION + 1)
        );
        assert!(matches!(unpack(source, &[]), Err(CodecError::Version(0))));
    }

    #[test]
    fn damage_is_an_error_and_no_panic() {
        let (source, json) = CARDS[1];
        let packed = pack(&Card::from_json(source, json).unwrap()).unwrap();
        for length in 1..packed.len() {
            assert!(unpack(source, &packed[..length]).is_err(), "{length} bytes");
        }
    }
}
