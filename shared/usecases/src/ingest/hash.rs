//! Hashes by which an import knows a row again without keeping it.

use domain::card::{Card, Entry};
use domain::rome::RomeCode;
use search::codec;
use search::rank::Rank;
use sha2::{Digest, Sha256};

/// The version of what is written for a row. Raising it rewrites every row once, as [`codec::VERSION`] does.
const LAYOUT: u8 = 3;

/// The hash of all that a row brings. Two rows with the same one are written the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// The hash of a card as it is written: its stored JSON, where it is filed, and the versions of both forms.
    pub fn of_card(entry: &Entry, json: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update([LAYOUT, codec::VERSION]);
        hash.update(Rank::of(entry, 0).pack());
        if let Some(training) = &entry.training {
            hash.update(&training.order);
            hash.update(training.departement.map(|departement| departement.to_string()).unwrap_or_default());
        }
        hash.update((entry.romes.len() as u64).to_le_bytes());
        for rome in entry.romes.iter() {
            hash.update(rome.as_str());
        }
        hash.update((entry.id.len() as u64).to_le_bytes());
        hash.update(&entry.id);
        hash.update(json);
        Self(first_half(&hash.finalize()))
    }

    /// The hash of `card`; an error is a bug of the card's serialisation.
    pub fn of(card: &Card) -> Result<Self, serde_json::Error> {
        Ok(Self::of_card(&card.entry(), &card.to_json()?))
    }

    /// The hash of the trades of an RNCP sheet.
    pub fn of_trades(romes: &[RomeCode]) -> Self {
        let mut hash = Sha256::new();
        hash.update([LAYOUT]);
        for rome in romes {
            hash.update(rome.as_str());
        }
        Self(first_half(&hash.finalize()))
    }

    /// The hash of any other text that is stored.
    pub fn of_text(text: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update([LAYOUT]);
        hash.update(text);
        Self(first_half(&hash.finalize()))
    }

    /// The stored form.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads the stored form; none when it is not 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

/// The hash of an id, which stands for it in memory: 16 bytes whatever the id's length.
pub(crate) fn id_hash(id: &str) -> u128 {
    u128::from_le_bytes(first_half(&Sha256::digest(id)))
}

fn first_half(digest: &[u8]) -> [u8; 16] {
    digest.first_chunk().copied().unwrap_or_default()
}
