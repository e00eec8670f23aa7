//! Every posting, read by several scans side by side: for the builder of sketches alone.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use futures::stream::{FuturesUnordered, StreamExt};
use usecases::ports::{PortError, ScanPostings, ScannedPosting};

use crate::attributes::{BadItem, CARD, EXPIRES_AT, Item, PK, RANK, SK, get_bytes, get_rank, get_text};
use crate::tables::Tables;

/// Scans under way at once. Each page holds a megabyte.
const SEGMENTS: i32 = 4;
const SCAN: &str = "read every posting";

/// Reads every posting.
#[derive(Debug, Clone)]
pub struct Scan {
    client: Client,
    table: String,
}

/// A page of one segment, and where its next one begins.
struct ScanPage {
    segment: i32,
    items: Vec<Item>,
    next: Option<Item>,
}

impl Scan {
    /// Over these tables.
    pub fn new(client: Client, tables: &Tables) -> Self {
        Self { client, table: tables.postings.clone() }
    }

    async fn page(&self, segment: i32, start: Option<Item>) -> Result<ScanPage, PortError> {
        let output = self
            .client
            .scan()
            .table_name(&self.table)
            .segment(segment)
            .total_segments(SEGMENTS)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| PortError::new(SCAN, error))?;
        Ok(ScanPage { segment, items: output.items.unwrap_or_default(), next: output.last_evaluated_key })
    }
}

#[async_trait]
impl ScanPostings for Scan {
    async fn scan(&self, each: &mut (dyn FnMut(ScannedPosting) + Send)) -> Result<(), PortError> {
        let mut pages: FuturesUnordered<_> = (0..SEGMENTS).map(|segment| self.page(segment, None)).collect();
        while let Some(page) = pages.next().await {
            let ScanPage { segment, items, next } = page?;
            if next.is_some() {
                pages.push(self.page(segment, next));
            }
            for item in &items {
                each(posting(item).map_err(|error| PortError::new(SCAN, error))?);
            }
        }
        Ok(())
    }
}

fn posting(item: &Item) -> Result<ScannedPosting, BadItem> {
    let (partition, sort) = (get_text(item, PK)?.to_owned(), get_text(item, SK)?.to_owned());
    let expiry = item.get(EXPIRES_AT).map_or(0, |_| EXPIRES_AT.len() + 6);
    let values = partition.len() + sort.len() + get_bytes(item, RANK)?.len() + get_bytes(item, CARD)?.len();
    let names = PK.len() + SK.len() + RANK.len() + CARD.len();
    Ok(ScannedPosting { partition, sort, bytes: (names + values + expiry) as u32, rank: get_rank(item)? })
}
