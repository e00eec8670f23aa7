//! Searches around a place.

use domain::geo::{Point, Radius};
use domain::rome::RomeCode;
use domain::source::Source;
use search::listed::listed;
use search::merge::{Found, NearMark};
use search::nearest::{Answer, Nearest, Sort, nearest};

use super::{Asked, Mark, Search, SearchIndex, cap, lists, radius_km};

/// A training that is nearest although outside the radius is shown with so few others (contract 1.8).
const FALLBACK_CAP: usize = 5;
/// Anywhere on earth, in km.
const ANYWHERE_KM: f64 = 20_000.0;

impl SearchIndex<'_> {
    /// Every source asked: by the cells of the circle, or by lists of the country, whichever should cost less.
    pub(super) async fn around<'s>(
        &self,
        search: &Search,
        asked: &'s [Asked],
        romes: &'s [RomeCode],
        (centre, radius): (Point, Radius),
    ) -> Answer {
        let circle = |asked: &Asked| (centre, radius_km(asked.source, radius));
        // Trainings have no date: they stay sorted by distance.
        let by_date = |asked: &Asked| search.by_date && asked.source != Source::Formations;
        let by_cell = |asked: &'s Asked| Nearest {
            source: asked.source,
            romes,
            centre,
            radius_km: circle(asked).1,
            cap: cap(asked.source),
            filter: asked.filter,
            sort: match (&asked.mark, by_date(asked)) {
                (Mark::Near(mark), false) => Sort::Distance(Some(mark)),
                (_, false) => Sort::Distance(None),
                (mark, true) => Sort::Date(mark.listed()),
            },
            sketch: asked.sketch.as_deref(),
        };
        let (mut cells, mut lists) = (Vec::new(), Vec::new());
        for (index, asked) in asked.iter().enumerate() {
            let newest = by_date(asked).then(|| lists::newest_within(asked, romes, circle(asked)));
            match newest.flatten() {
                Some(list) => lists.push((index, list)),
                None => cells.push((index, by_cell(asked))),
            }
        }
        let ((in_cells, cells), (in_lists, lists)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) =
            (cells.into_iter().unzip(), lists.into_iter().unzip());
        let (cells, lists) = futures::join!(nearest(self.postings, &cells), listed(self.postings, &lists));
        let order = in_cells.into_iter().chain(in_lists);
        let mut found: Vec<(usize, _)> = order.zip(cells.found.into_iter().chain(lists.found)).collect();
        found.sort_by_key(|(index, _)| *index);
        let mut cost = cells.cost;
        cost.join(&lists.cost);
        Answer { found: found.into_iter().map(|(_, found)| found).collect(), cost }
    }

    /// Where no training is inside the radius, the nearest ones are shown anyway.
    pub(super) async fn fall_back(
        &self,
        asked: &[Asked],
        romes: &[RomeCode],
        (centre, radius): (Point, Radius),
        answer: &mut Answer,
    ) {
        let Some(index) = asked.iter().position(|asked| asked.source == Source::Formations) else { return };
        let (Some(asked), Some(found)) = (asked.get(index), answer.found.get_mut(index)) else { return };
        let none = matches!(found, Ok(found) if found.hits.is_empty());
        let km = radius_km(Source::Formations, radius);
        if !none || asked.mark != Mark::Start || km >= ANYWHERE_KM {
            return;
        }
        // Nothing lies within the radius, so the search goes on beyond it.
        let beyond = NearMark { km, created_at: 0, id: String::new() };
        let search = Nearest {
            source: Source::Formations,
            romes,
            centre,
            radius_km: ANYWHERE_KM,
            cap: FALLBACK_CAP,
            filter: asked.filter,
            sort: Sort::Distance(Some(&beyond)),
            sketch: asked.sketch.as_deref(),
        };
        let nearest = nearest(self.postings, &[search]).await;
        answer.cost.follow(&nearest.cost);
        if let Some(nearest) = nearest.found.into_iter().next() {
            // Those few are the whole answer: there is no next page of what was not asked.
            *found = nearest.map(|found| Found { more: false, ..found });
        }
    }
}
