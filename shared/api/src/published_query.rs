//! The parameters of `GET /v1/jobs/multi-published`: `updated_since` and `cursor`, with the rules that they have on
//! `GET /v1/jobs`. Without `updated_since` everything is asked, which a board that holds nothing yet begins with.

use std::collections::BTreeMap;

use domain::partner::Partner;
use domain::source::Source;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use usecases::changes::ChangesMark;
use usecases::publish::follow::LinesSince;

use crate::cursor::{Binding, CursorKey, Opened};
use crate::errors::ApiError;
use crate::request::Request;
use crate::search_query::{Caller, updated_since};

const TOO_OLD: &str = "updated_since : Changes are kept for 59 days. Drop what you hold, then ask without updated_since. (Les \
                       changements sont gardés 59 jours : videz votre copie, puis relisez tout, sans updated_since.)";

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedQuery {
    /// Since when; none for everything.
    since: Option<Timestamp>,
    /// What follows a cursor, else the first page.
    cursor: Option<String>,
    /// Who calls, in its own words.
    pub caller: Option<Caller>,
    /// What a cursor of it is bound to.
    fingerprint: [u8; 16],
}

impl PublishedQuery {
    /// Reads and checks every parameter. `now` bounds `updated_since`.
    pub fn parse(request: &Request, now: Timestamp) -> Result<Self, ApiError> {
        let mut messages = Vec::new();
        let since = updated_since(request, now, TOO_OLD, &mut messages);
        if !messages.is_empty() {
            return Err(ApiError::WrongParameters(messages));
        }
        let text = format!("multi-published {since:?}");
        Ok(Self {
            since,
            cursor: request.query_value("cursor"),
            caller: Caller::read(request),
            fingerprint: Sha256::digest(text).first_chunk().copied().unwrap_or_default(),
        })
    }

    /// From where on to tell, opening the cursor where there is one. `now` is in seconds since 1970.
    pub fn from(&self, key: &CursorKey, partner: &Partner, now: u32) -> Result<LinesSince, ApiError> {
        let since = self.since.and_then(domain::date::seconds).unwrap_or_default();
        let Some(cursor) = &self.cursor else { return Ok(LinesSince::first(since, now)) };
        let Opened { as_of, marks } = key.open(cursor, self.binding(partner), now)?;
        Ok(LinesSince { since, as_of, marks })
    }

    /// The cursor of the next page; none after the last one. `as_of` is when the first page was asked.
    pub fn next(
        &self,
        key: &CursorKey,
        partner: &Partner,
        as_of: u32,
        marks: &BTreeMap<Source, ChangesMark>,
    ) -> Option<String> {
        key.seal(self.binding(partner), as_of, marks)
    }

    fn binding<'a>(&'a self, partner: &'a Partner) -> Binding<'a> {
        Binding { fingerprint: &self.fingerprint, partner: &partner.partner }
    }
}

#[cfg(test)]
mod tests {
    use domain::partner::PartnerState;
    use usecases::changes::Progress;

    use super::*;

    const NOW: &str = "2026-11-24T12:00:00Z";
    const SINCE: (&str, &str) = ("updated_since", "2026-11-20T00:00:00Z");

    fn read(query: &[(&str, &str)]) -> Result<PublishedQuery, ApiError> {
        let query = query.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        PublishedQuery::parse(&Request { query, ..Request::default() }, NOW.parse().unwrap())
    }

    fn partner(name: &str) -> Partner {
        Partner {
            partner: name.to_owned(),
            organisation: name.to_owned(),
            rights: Vec::new(),
            state: PartnerState::Active,
            origins: Vec::new(),
            opco: None,
            referrer: None,
        }
    }

    #[test]
    fn without_an_instant_everything_is_asked() {
        let key = CursorKey::new("fake secret of cursors").unwrap();
        let asked = |query: &[(&str, &str)]| read(query).unwrap().from(&key, &partner("one"), 1_800).unwrap();
        assert_eq!((asked(&[]).since, asked(&[]).as_of), (0, 1_800));
        assert_eq!((asked(&[SINCE]).since, asked(&[("cursor", "")]).since), (1_795_132_800, 0));
    }

    #[test]
    fn an_instant_that_is_none_or_to_come_or_too_old_is_refused() {
        for (instant, message) in
            [("hier", "must be an ISO 8601"), ("2026-11-25", "in the past"), ("2026-01-01", "59 days")]
        {
            let Err(ApiError::WrongParameters(messages)) = read(&[("updated_since", instant)]) else {
                panic!("{instant} was taken")
            };
            assert!(
                messages[0].starts_with("updated_since : ") && messages[0].contains(message),
                "{messages:?}"
            );
        }
    }

    #[test]
    fn a_cursor_opens_the_walk_it_belongs_to_and_no_other() {
        let key = CursorKey::new("fake secret of cursors").unwrap();
        let mark =
            ChangesMark { changed: Progress::After("0000000007#a".to_owned()), expired: Progress::Done };
        let marks = BTreeMap::from([(Source::Matcha, mark)]);
        let first = read(&[SINCE]).unwrap();
        let cursor = first.next(&key, &partner("one"), 1_000, &marks).unwrap();
        let second = read(&[SINCE, ("cursor", &cursor)]).unwrap().from(&key, &partner("one"), 1_100).unwrap();
        assert_eq!((second.as_of, second.marks), (1_000, marks));
        for (query, name) in
            [(read(&[("cursor", &cursor)]), "one"), (read(&[SINCE, ("cursor", &cursor)]), "two")]
        {
            assert!(query.unwrap().from(&key, &partner(name), 1_100).is_err(), "{name}");
        }
        assert_eq!(first.next(&key, &partner("one"), 1_000, &BTreeMap::new()), None);
    }
}
