//! `sources`: which of the job sources to ask.

use std::collections::BTreeSet;

use domain::source::Source;

use crate::request::Request;

/// La Bonne Boîte: still accepted, and empty since 2023.
const RETIRED: &str = "lbb";

/// The sources of jobs, which are also the default.
const JOBS: [Source; 3] = [Source::Lba, Source::Matcha, Source::Offres];

const WRONG: &str = "sources : Optional sources argument used with wrong value. Should contains comma separated \
                     values among 'lbb', 'lba', 'offres', 'matcha'.";

pub(super) fn read(request: &Request, messages: &mut Vec<String>) -> BTreeSet<Source> {
    let Some(names) = request.query_value("sources") else { return BTreeSet::from(JOBS) };
    let mut sources = BTreeSet::new();
    let mut wrong = false;
    for name in names.split(',') {
        match JOBS.into_iter().find(|source| source.as_str() == name) {
            Some(source) => {
                sources.insert(source);
            }
            None => wrong |= name != RETIRED,
        }
    }
    if wrong {
        messages.push(WRONG.to_owned());
    }
    sources
}
