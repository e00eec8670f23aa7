//! Single items, for detail routes.

use async_trait::async_trait;
use domain::card::Card;
use domain::source::Source;

use super::PortError;

/// A card found by its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The card, whole.
    pub card: Card,
    /// Which feed brought it.
    pub feed: String,
    /// How many times its detail was counted as seen.
    pub detail_views: u64,
}

/// Finds an item.
#[async_trait]
pub trait FindItem: Send + Sync {
    /// The newest version of it among the feeds that bring it; at a tie, that of the first feed by name.
    async fn find_item(&self, source: Source, id: &str) -> Result<Option<Item>, PortError>;
}
