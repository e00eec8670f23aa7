//! What partners ask about the applications that came through them.

use domain::application::ApplicationId;
use domain::date;

use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

const SINCE: &str = "updated_since";
const AFTER: &str = "after";
const BAD_SINCE: &str = "Un instant est attendu, par exemple 2026-09-01T00:00:00Z.";
const BAD_AFTER: &str = "Renvoyez after tel que la page précédente l'a donné.";

/// Since when, in seconds since 1970, and after which application.
pub fn changed(request: &Request) -> Result<(u32, Option<String>), ApiError> {
    let mut issues = Vec::new();
    let mut refuse = |name, message: &str| {
        issues.push(Issue::bad_format(name, message.to_owned()).at([Step::Name(name)]));
    };
    let since = match request.query_value(SINCE) {
        None => Some(0),
        Some(text) => date::parse(&text).and_then(date::seconds),
    };
    if since.is_none() {
        refuse(SINCE, BAD_SINCE);
    }
    let after = match request.query_value(AFTER) {
        None => Some(None),
        Some(text) => mark(&text).map(Some),
    };
    if after.is_none() {
        refuse(AFTER, BAD_AFTER);
    }
    match (since, after) {
        (Some(since), Some(after)) => Ok((since, after)),
        _ => Err(Schema { context: Context::Querystring, issues }.into()),
    }
}

/// A place in the list, as its store knows it, of the text that stands for it.
fn mark(text: &str) -> Option<String> {
    let (seconds, id) = text.split_once('-')?;
    let is_instant = seconds.len() == 10 && seconds.bytes().all(|byte| byte.is_ascii_digit());
    id.parse::<ApplicationId>().ok().filter(|_| is_instant).map(|id| format!("{seconds}#{id}"))
}

/// The text that stands for a place in the list: nothing of it must be escaped in a URL.
pub(crate) fn text_of(mark: &str) -> String {
    mark.replacen('#', "-", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &[(&str, &str)]) -> Result<(u32, Option<String>), ApiError> {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        changed(&Request { query, ..Request::default() })
    }

    #[test]
    fn a_place_in_the_list_is_read_back_as_it_was_given() {
        let mark = "1788249600#8cb7015d-db7a-479d-8920-aec0d5f66435";
        let read = asked(&[(SINCE, "2026-09-01T08:00:00Z"), (AFTER, &text_of(mark))]).unwrap();
        assert_eq!(read, (1_788_249_600, Some(mark.to_owned())));
        assert_eq!(asked(&[]).unwrap(), (0, None));
    }

    #[test]
    fn what_is_no_instant_and_no_place_is_refused_at_once() {
        let Err(ApiError::Schema(schema)) = asked(&[(SINCE, "hier"), (AFTER, "1-2")]) else {
            panic!("refused")
        };
        assert_eq!(schema.issues.len(), 2);
    }
}
