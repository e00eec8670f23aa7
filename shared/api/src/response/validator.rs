//! The validator of an answer (`ETag`), and the answer to who holds it already.

use twox_hash::XxHash3_128;

use super::{Body, Response};
use crate::header;

/// May be kept by who asked, and by no one between; to be asked for again before each use, since an offer may be
/// withdrawn at any time.
const ASK_AGAIN: &str = "private, no-cache";

/// What an answer says that nobody may keep.
pub(super) const NOT_KEPT: &str = "no-store";

/// An answer that has a validator of its own keeps it.
pub(super) fn revalidate(response: Response, if_none_match: &str) -> Response {
    if response.header("cache-control") == Some(NOT_KEPT) {
        return response;
    }
    let mut response = match response.header("cache-control") {
        Some(_) => response,
        None => response.with_header("cache-control", ASK_AGAIN),
    };
    if response.header("etag").is_none() {
        let weak = format!("W/{}", tag(&response));
        response = response.with_header("etag", &weak);
    }
    if holds(if_none_match, response.header("etag").unwrap_or_default()) {
        response.status = 304;
        response.body = Body::default();
        response.headers.retain(|(name, _)| name != "content-type");
    }
    response
}

/// A hash of content type and body, in quotes. It is weak, as headers such as the cost of a search may differ;
/// and no secret is behind it, so it need not resist an attacker, who could only spoil what is answered to himself.
fn tag(response: &Response) -> String {
    let content_type = response.header("content-type").unwrap_or_default();
    let seed = XxHash3_128::oneshot(content_type.as_bytes()) as u64;
    format!("\"{:032x}\"", XxHash3_128::oneshot_with_seed(seed, response.body.sent().as_bytes()))
}

/// Whether the list names this tag, weak or strong, or anything.
fn holds(if_none_match: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    header::parts(if_none_match, ',').any(|held| held == "*" || bare(held) == bare(tag))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer() -> Response {
        Response::json(200, &json!({"é": 1}))
    }

    fn tag_of(response: Response) -> String {
        response.revalidated("GET", "").header("etag").unwrap().to_owned()
    }

    #[test]
    fn an_answer_that_may_be_kept_has_its_tag() {
        let first = answer().revalidated("GET", "");
        assert_eq!((first.status, first.header("cache-control")), (200, Some("private, no-cache")));
        let tag = first.header("etag").unwrap();
        let hex = tag.strip_prefix("W/\"").and_then(|tag| tag.strip_suffix('"')).unwrap();
        assert!(hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()), "{tag}");
        assert_eq!(first.body, answer().body);
    }

    #[test]
    fn the_tag_follows_the_body_and_its_type_and_nothing_else() {
        assert_eq!(tag_of(answer()), tag_of(answer().with_header("x-search-cost", "calls=1")));
        assert_ne!(tag_of(answer()), tag_of(Response::json(200, &json!({"é": 2}))));
        assert_ne!(tag_of(answer()), tag_of(Response::linked_data(&json!({"é": 1}))));
    }

    #[test]
    fn what_the_caller_holds_is_not_sent_again() {
        let tag = tag_of(answer());
        let strong = tag.trim_start_matches("W/").to_owned();
        for held in [
            tag.clone(),
            strong.clone(),
            format!("\"a,b\" , {tag}"),
            format!("W/\"x\",{strong},\"y\""),
            "*".to_owned(),
        ] {
            let second = answer().with_header("x-search-cost", "calls=1").revalidated("GET", &held);
            assert_eq!((second.status, second.body.len()), (304, 0), "{held}");
            assert_eq!(second.header("etag"), Some(tag.as_str()), "{held}");
            assert_eq!(second.header("cache-control"), Some("private, no-cache"));
            assert_eq!(
                (second.header("content-type"), second.header("x-search-cost")),
                (None, Some("calls=1"))
            );
        }
    }

    #[test]
    fn anything_else_is_sent_whole() {
        let tag = tag_of(answer());
        let bare = tag.trim_start_matches("W/").trim_matches('"');
        for held in ["", "\"*\"", "W/", bare, "\"0\"", &tag[..20], &format!("\"a, {bare}\"")] {
            assert_eq!(answer().revalidated("GET", held).status, 200, "{held}");
        }
    }

    #[test]
    fn only_a_get_that_found_something_has_a_tag() {
        for (response, method) in [
            (answer(), "POST"),
            (Response::json(404, &json!({})), "GET"),
            (Response::json(500, &json!({})), "GET"),
        ] {
            let after = response.clone().revalidated(method, "*");
            assert_eq!(after, response);
        }
    }

    #[test]
    fn a_tag_of_its_own_is_left_and_is_what_the_caller_holds() {
        let own = || answer().with_header("etag", "\"0a\"");
        let first = own().revalidated("GET", "\"0b\"");
        assert_eq!((first.status, first.header("etag")), (200, Some("\"0a\"")));
        for held in ["\"0a\"", "W/\"0a\"", "\"0b\", \"0a\""] {
            let second = own().revalidated("GET", held);
            assert_eq!((second.status, second.header("etag")), (304, Some("\"0a\"")), "{held}");
            assert_eq!(second.headers.iter().filter(|(name, _)| name == "etag").count(), 1);
        }
    }

    #[test]
    fn what_nobody_may_keep_is_sent_whole() {
        let once = answer().with_header("cache-control", NOT_KEPT);
        assert_eq!(once.clone().revalidated("GET", "*"), once);
    }

    #[test]
    fn a_cache_control_of_its_own_is_left() {
        let response = answer().with_header("cache-control", "public, max-age=60").revalidated("GET", "");
        assert_eq!(response.header("cache-control"), Some("public, max-age=60"));
    }
}
