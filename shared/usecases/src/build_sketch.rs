//! Makes the sketch of a source from those of its feeds, and counts the offers deposited here, which no feed
//! brings.

use std::collections::BTreeSet;

use domain::card::Entry;
use domain::rome::{RomeCode, Romes};
use domain::source::Source;
use futures::{StreamExt, TryStreamExt};
use search::keys::{FIRST, LAST, near_partition};
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

    /// Makes every sketch. Offers deposited here are counted under the trades that any feed has: what they have
    /// beyond costs a search some reads, never a result.
    pub async fn run(&self) -> Result<Vec<(Source, Sketch)>, BuildSketchError> {
        let mut sketches = Vec::new();
        for source in [Source::Formations, Source::Lba, Source::Offres] {
            sketches.push((source, self.merge(source).await?));
        }
        let romes: BTreeSet<RomeCode> = sketches.iter().flat_map(|(_, sketch)| sketch.romes()).collect();
        let deposits = self.count_deposits(romes).await?;
        self.put.put_sketch(Source::Matcha, deposits.to_bytes()).await?;
        sketches.push((Source::Matcha, deposits));
        Ok(sketches)
    }

    async fn count_deposits(&self, romes: BTreeSet<RomeCode>) -> Result<Sketch, ReadError> {
        let reads = romes.into_iter().map(async |rome| {
            let range = KeyRange {
                partition: near_partition(Source::Matcha, rome),
                from: FIRST.to_owned(),
                to: LAST.to_owned(),
                limit: u32::MAX,
            };
            self.postings.read(&range).await.map(|page| (rome, page))
        });
        let mut builder = SketchBuilder::default();
        let mut pages = futures::stream::iter(reads).buffer_unordered(MAX_IN_FLIGHT);
        while let Some((rome, page)) = pages.try_next().await? {
            for row in page.rows {
                let entry = Entry {
                    id: row.id,
                    romes: Romes::from(rome),
                    point: row.rank.point,
                    created_at: row.rank.created_at,
                    expires_at: row.rank.expires_at,
                    diploma: row.rank.diploma,
                    opco: row.rank.opco,
                };
                builder.add(Source::Matcha, &entry, row.card.len());
            }
        }
        Ok(builder.finish())
    }
}
