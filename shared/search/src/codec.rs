//! Packs a card into a posting: compact JSON, compressed with a dictionary of what cards have in common.
//!
//! A card of a company shrinks from about 450 to 200 bytes, and a search is billed by the bytes it reads.
//! The first byte names the dictionary, so that a new one can be introduced while old rows are still there.

use std::cell::RefCell;

use domain::card::Card;
use domain::source::Source;
use zstd::bulk::{Compressor, Decompressor};

/// The version of the packed form. It is part of a row's content hash: raising it rewrites every row once.
pub const VERSION: u8 = 1;
/// Compression level: rows are written once and read many times, and a higher one gains nothing at this size.
const LEVEL: i32 = 9;
/// No card unpacks to more; larger is damage or an attack.
const MAX_UNPACKED: usize = 256 * 1024;
static DICTIONARY: &[u8] = include_bytes!("codec/cards.dict");

/// A card could not be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// Compression failed, or the bytes are damaged.
    #[error("could not (un)compress a card")]
    Compression(#[source] std::io::Error),
    /// The first byte names a dictionary this build does not know.
    #[error("unknown card version {0}")]
    Version(u8),
    /// The JSON is not that of a card of this source.
    #[error("could not read a card's JSON")]
    Json(#[source] serde_json::Error),
}

thread_local! {
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Packs a card.
pub fn pack(card: &Card) -> Result<Vec<u8>, CodecError> {
    let json = card.to_json().map_err(CodecError::Json)?;
    COMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = Some(Compressor::with_dictionary(LEVEL, DICTIONARY).map_err(CodecError::Compression)?);
        }
        let Some(compressor) = slot.as_mut() else { return Err(CodecError::Version(VERSION)) };
        let mut packed = vec![VERSION];
        packed.extend(compressor.compress(&json).map_err(CodecError::Compression)?);
        Ok(packed)
    })
}

/// Unpacks a card of `source`.
pub fn unpack(source: Source, packed: &[u8]) -> Result<Card, CodecError> {
    let (&version, compressed) = packed.split_first().ok_or(CodecError::Version(0))?;
    if version != VERSION {
        return Err(CodecError::Version(version));
    }
    DECOMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = Some(Decompressor::with_dictionary(DICTIONARY).map_err(CodecError::Compression)?);
        }
        let Some(decompressor) = slot.as_mut() else { return Err(CodecError::Version(version)) };
        let json = decompressor.decompress(compressed, MAX_UNPACKED).map_err(CodecError::Compression)?;
        Card::from_json(source, &json).map_err(CodecError::Json)
    })
}
