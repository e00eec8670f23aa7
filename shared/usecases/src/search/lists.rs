//! Which lists a search reads, and what each is expected to bring.

use domain::departement::Departement;
use domain::geo::Point;
use domain::rome::RomeCode;
use domain::source::Source;
use search::keys::{Shelf, Subject, UNKNOWN_LEVEL, area_partition, listed_has_levels, listed_partition};
use search::listed::{List, Listed};
use search::plan::{Around, passing, target_rows};
use search::sketch::Sketch;

use super::{Asked, cap};

/// A trade of which so great a share matches a diploma is read whole: the rest costs less than another list.
const WHOLE_SHARE: f64 = 0.7;

/// The lists of the trades, in the whole country.
pub(super) fn anywhere<'a>(asked: &'a Asked, romes: &[RomeCode]) -> Listed<'a> {
    country(asked, romes, asked.sketch.as_deref().map_or(1.0, |sketch| matching(asked, romes, sketch)))
}

/// The same, where so many of the trades' rows match.
fn country<'a>(asked: &'a Asked, romes: &[RomeCode], matching: f64) -> Listed<'a> {
    let sketch = asked.sketch.as_deref();
    let lists = match sketch {
        None => romes.iter().flat_map(|&rome| shelves(asked, rome)).map(|list| (list, 1.0)).collect(),
        Some(sketch) => sized(asked, romes, sketch),
    };
    Listed {
        source: asked.source,
        lists: lists
            .into_iter()
            .map(|((rome, shelf), rows)| List {
                partition: listed_partition(asked.source, rome, shelf),
                share: rows / matching.max(1.0),
            })
            .collect(),
        cap: cap(asked.source),
        wanted_rows: sketch.map(|sketch| cap(asked.source) as f64 * sketch.rows_per_result(romes)),
        filter: asked.filter,
        within: None,
        after: asked.mark.listed(),
        until: None,
        is_log: false,
    }
}

/// The newest of a circle from the lists of the country; none where it costs less to read the whole circle.
pub(super) fn newest_within<'a>(
    asked: &'a Asked,
    romes: &[RomeCode],
    circle: (Point, f64),
) -> Option<Listed<'a>> {
    let sketch = asked.sketch.as_deref()?;
    let (matching, inside) = (matching(asked, romes, sketch), inside(asked, romes, sketch, circle));
    let target = target_rows(cap(asked.source), sketch, romes);
    // Fewer inside than asked: the lists would be read to their ends.
    if inside <= target || target * matching / inside >= inside {
        return None;
    }
    let everywhere = country(asked, romes, matching);
    let wanted_rows = everywhere.wanted_rows.map(|rows| (rows * matching / inside).min(matching));
    Some(Listed { within: Some(circle), wanted_rows, ..everywhere })
}

/// The lists of trainings of départements, of some trades or of any.
pub(super) fn area<'a>(
    asked: &'a Asked,
    romes: Option<&Vec<RomeCode>>,
    departements: &[Departement],
) -> Listed<'a> {
    let partitions: Vec<String> = match romes {
        None => departements.iter().map(|&departement| area_partition(None, departement)).collect(),
        Some(romes) => {
            let pairs = romes.iter().flat_map(|rome| departements.iter().map(move |at| (*rome, *at)));
            pairs.map(|(rome, departement)| area_partition(Some(rome), departement)).collect()
        }
    };
    let share = 1.0 / partitions.len().max(1) as f64;
    let rows = |sketch: &Sketch| sketch.rows_per_result(romes.map_or(&[], Vec::as_slice));
    Listed {
        source: Source::Formations,
        lists: partitions.into_iter().map(|partition| List { partition, share }).collect(),
        cap: cap(Source::Formations),
        wanted_rows: Some(cap(Source::Formations) as f64 * asked.sketch.as_deref().map_or(1.5, rows)),
        filter: asked.filter,
        within: None,
        after: asked.mark.listed(),
        until: None,
        is_log: false,
    }
}

/// Rows of the trades that match, in the whole country.
fn matching(asked: &Asked, romes: &[RomeCode], sketch: &Sketch) -> f64 {
    passing(sketch, romes, &asked.filter).map(|(rome, share)| f64::from(sketch.rome_rows(rome)) * share).sum()
}

/// Those of them in a circle.
fn inside(asked: &Asked, romes: &[RomeCode], sketch: &Sketch, (centre, radius_km): (Point, f64)) -> f64 {
    Around::new(sketch, passing(sketch, romes, &asked.filter), centre, (0.0, radius_km)).rows()
}

/// The shelves of a trade where no sketch says how large they are.
fn shelves(asked: &Asked, rome: RomeCode) -> Vec<(RomeCode, Shelf)> {
    match asked.filter.diploma {
        Some(diploma) if listed_has_levels(asked.source) => {
            vec![(rome, Shelf::Level(diploma.level())), (rome, Shelf::Level(UNKNOWN_LEVEL))]
        }
        _ => vec![(rome, Shelf::Whole)],
    }
}

/// The shelves to read with the rows of each.
fn sized(asked: &Asked, romes: &[RomeCode], sketch: &Sketch) -> Vec<((RomeCode, Shelf), f64)> {
    let diploma = asked.filter.diploma;
    romes
        .iter()
        .flat_map(|&rome| {
            let rows = f64::from(sketch.rome_rows(rome));
            if sketch.diploma_share(rome, diploma) > WHOLE_SHARE {
                return vec![((rome, Shelf::Whole), rows)];
            }
            let sized =
                |(rome, shelf)| ((rome, shelf), rows * sketch.shelf_share(Subject::Trade(rome), shelf));
            shelves(asked, rome).into_iter().map(sized).collect()
        })
        .collect()
}
