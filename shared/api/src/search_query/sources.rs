//! `sources`: which of the sources to ask.

use std::collections::BTreeSet;

use domain::source::Source;

use super::Route;
use crate::request::Request;

/// La Bonne Boîte: still accepted, and empty since 2023.
const RETIRED: &str = "lbb";

/// The sources of jobs.
const JOBS: [Source; 3] = [Source::Lba, Source::Matcha, Source::Offres];

const WRONG_WITH_TRAININGS: &str = "sources : Optional sources argument used with wrong value. Should contains comma separated values among \
     'formations', 'lbb', 'lba', 'offres', 'matcha'.";
const WRONG: &str = "sources : Optional sources argument used with wrong value. Should contains comma separated \
                     values among 'lbb', 'lba', 'offres', 'matcha'.";

/// The sources to ask: those named, else all that the route has.
pub(super) fn read(request: &Request, route: Route, messages: &mut Vec<String>) -> BTreeSet<Source> {
    let (all, message) = match route {
        Route::Jobs => (BTreeSet::from(JOBS), WRONG),
        Route::JobsAndTrainings => (BTreeSet::from(Source::ALL), WRONG_WITH_TRAININGS),
        Route::Trainings | Route::TrainingsOfArea => return BTreeSet::from([Source::Formations]),
    };
    let Some(names) = request.query_value("sources") else { return all };
    let mut sources = BTreeSet::new();
    let mut wrong = false;
    for name in names.split(',') {
        match all.iter().find(|source| source.as_str() == name) {
            Some(&source) => {
                sources.insert(source);
            }
            None => wrong |= name != RETIRED,
        }
    }
    if wrong {
        messages.push(message.to_owned());
    }
    sources
}
