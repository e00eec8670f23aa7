//! Makes the sketch of a source from those of its feeds, and counts the offers deposited here, which no feed
//! brings.

use domain::source::Source;
use futures::{StreamExt, TryStreamExt};
use search::codec::unpack;
use search::keys::{FIRST, LAST, STOCK_SHARDS, stock_partition};
use search::port::{KeyRange, MAX_IN_FLIGHT, Postings, ReadError};
use search::sketch::{DamagedSketch, Sketch, SketchBuilder};

use crate::ports::{GetSketchParts, PortError, PutSketch};

/// A sketch could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildSketchError {
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
    /// The offers deposited here could not be counted.
    #[error("could not count the offers deposited here")]
    Count(#[from] ReadError),
    /// The sketch of a feed cannot be read: import the feed again.
    #[error("a sketch of {0} is damaged")]
    Damaged(Source, #[source] DamagedSketch),
}

/// What it takes to make sketches.
#[derive(Clone, Copy)]
pub struct BuildSketch<'a> {
    /// Gives the sketches of a source's feeds.
    pub parts: &'a dyn GetSketchParts,
    /// Reads the offers deposited here.
    pub postings: &'a dyn Postings,
    /// Keeps a sketch.
    pub put: &'a dyn PutSketch,
}

impl BuildSketch<'_> {
    /// Makes the sketch of one source that feeds bring, from the sketches of its feeds. Returns it.
    pub async fn merge(&self, source: Source) -> Result<Sketch, BuildSketchError> {
        let parts = self.parts.get_parts(source).await?;
        let parts = parts.iter().map(|bytes| Sketch::from_bytes(bytes)).collect::<Result<Vec<_>, _>>();
        let sketch = Sketch::merge(&parts.map_err(|error| BuildSketchError::Damaged(source, error))?);
        self.put.put_sketch(source, sketch.to_bytes()).await?;
        Ok(sketch)
    }

    /// Makes every sketch; that of the offers deposited here by counting them.
    pub async fn run(&self) -> Result<Vec<(Source, Sketch)>, BuildSketchError> {
        let mut sketches = Vec::new();
        for source in [Source::Formations, Source::Lba, Source::Offres] {
            sketches.push((source, self.merge(source).await?));
        }
        let deposits = self.count_deposits().await?;
        self.put.put_sketch(Source::Matcha, deposits.to_bytes()).await?;
        sketches.push((Source::Matcha, deposits));
        Ok(sketches)
    }

    async fn count_deposits(&self) -> Result<Sketch, ReadError> {
        let shards = (0..STOCK_SHARDS).map(async |shard| {
            let range = KeyRange {
                partition: stock_partition(Source::Matcha, shard),
                from: FIRST.to_owned(),
                to: LAST.to_owned(),
                limit: u32::MAX,
            };
            self.postings.read(&range).await
        });
        let mut builder = SketchBuilder::default();
        let mut pages = futures::stream::iter(shards).buffer_unordered(MAX_IN_FLIGHT);
        while let Some(page) = pages.try_next().await? {
            for row in page.rows {
                // A withdrawn offer has no card.
                if let Ok(card) = unpack(Source::Matcha, &row.card) {
                    builder.add(Source::Matcha, &card.entry(), row.card.len());
                }
            }
        }
        Ok(builder.finish())
    }
}
