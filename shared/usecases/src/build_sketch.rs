//! Counts the index anew: one pass over all postings, one sketch per source.

use std::collections::BTreeMap;

use domain::rome::RomeCode;
use domain::source::Source;
use search::merge::group;
use search::sketch::SketchBuilder;
use search::{cell, keys};

use crate::ports::{PortError, PutSketch, ScanPostings, ScannedPosting};

/// What it takes to count the index.
#[derive(Clone, Copy)]
pub struct BuildSketch<'a> {
    /// Reads every posting.
    pub scan: &'a dyn ScanPostings,
    /// Keeps a sketch.
    pub put: &'a dyn PutSketch,
}

impl BuildSketch<'_> {
    /// Counts, and puts the sketch of every source in place. Returns the rows counted per source.
    pub async fn run(&self) -> Result<BTreeMap<Source, u32>, PortError> {
        let mut builders: BTreeMap<Source, SketchBuilder> =
            Source::ALL.into_iter().map(|source| (source, SketchBuilder::default())).collect();
        self.scan.scan(&mut |posting| count(&mut builders, &posting)).await?;
        let mut rows = BTreeMap::new();
        for (source, builder) in builders {
            let sketch = builder.finish();
            rows.insert(source, sketch.rows());
            self.put.put_sketch(source, sketch.to_bytes()).await?;
        }
        Ok(rows)
    }
}

/// Rows near a place are counted; those by date, and whatever is no posting, are not.
fn count(builders: &mut BTreeMap<Source, SketchBuilder>, posting: &ScannedPosting) {
    let Some((source, rome)) = posting.partition.split_once('#') else { return };
    let Some((hash, _)) = posting.sort.split_once('#') else { return };
    let (Ok(source), Ok(rome)) = (source.parse::<Source>(), rome.parse::<RomeCode>()) else { return };
    if let (Some(builder), Some(key), Some(id)) =
        (builders.get_mut(&source), cell::key(hash), keys::id_of(&posting.sort))
    {
        builder.add(rome, key, posting.bytes as usize, group(source, id), &posting.rank);
    }
}
