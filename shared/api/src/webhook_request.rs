//! What a partner says of a webhook: JSON.

use domain::webhook::{FOLLOWED, Reach, Wanted, WebhookUrl};
use usecases::webhooks::WebhookFields;

use crate::body::Body;
use crate::errors::{ApiError, Issue};
use crate::request::Request;

const URL: &str = "url";
const EVENTS: &str = "events";
const ENABLED: &str = "enabled";

/// The body of `POST /v1/webhooks`.
pub fn created(request: &Request, reach: Reach) -> Result<(WebhookUrl, Wanted), ApiError> {
    let mut body = Body::read(request, &[URL, EVENTS])?;
    let (url, wanted) = (url(&mut body, reach), wanted(&mut body));
    body.finish(url.zip(wanted))
}

/// The body of `PUT /v1/webhooks/{id}`.
pub fn changed(request: &Request, reach: Reach) -> Result<WebhookFields, ApiError> {
    let mut body = Body::read(request, &[URL, EVENTS, ENABLED])?;
    let (url, wanted) = (url(&mut body, reach), wanted(&mut body));
    let enabled = body.flag(ENABLED);
    let enabled = body.required(ENABLED, enabled);
    let read = url.zip(wanted).zip(enabled);
    body.finish(read.map(|((url, wanted), enabled)| WebhookFields { url, wanted, enabled }))
}

fn url(body: &mut Body, reach: Reach) -> Option<WebhookUrl> {
    let url = body.checked(URL, |text| WebhookUrl::parse(text, reach).map_err(|error| error.to_string()));
    body.required(URL, url)
}

/// All where nothing is said.
fn wanted(body: &mut Body) -> Option<Wanted> {
    if body.given(EVENTS).is_none() {
        return Some(Wanted::All);
    }
    let kinds = body.list(EVENTS)?;
    let wanted = Wanted::only(kinds);
    if wanted.is_err() {
        let known = FOLLOWED.join(", ");
        let message = format!("Au moins un type, parmi : {known}. Sans ce champ, tous, et ceux à venir.");
        body.refuse(EVENTS, Issue::bad_format(EVENTS, message));
    }
    wanted.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Request {
        Request { body: Some(body.as_bytes().to_vec()), ..Request::default() }
    }

    #[test]
    fn an_address_alone_is_told_everything() {
        for body in
            [r#"{"url":"https://exemple.invalid/a"}"#, r#"{"url":"https://exemple.invalid/a","events":null}"#]
        {
            let (url, wanted) = created(&of(body), Reach::Public).unwrap();
            assert_eq!((url.as_str(), wanted), ("https://exemple.invalid/a", Wanted::All));
        }
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let body = r#"{"url":"http://169.254.169.254/","events":["mail.bounced"],"enabled":1,"other":2}"#;
        let error = changed(&of(body), Reach::Public).unwrap_err();
        assert_eq!(error.status(), 400);
        let said = error.response("").body.text();
        for wanted in ["Seul https", "Au moins un type", "true ou false", "Champ inconnu"] {
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
        assert!(!said.contains("169.254"), "{said}");
    }

    #[test]
    fn a_change_says_everything_but_the_types() {
        let body = r#"{"url":"https://exemple.invalid/a","events":["offer.closed"],"enabled":false}"#;
        let fields = changed(&of(body), Reach::Public).unwrap();
        assert_eq!((fields.enabled, fields.wanted), (false, Wanted::only(["offer.closed"]).unwrap()));
        for body in [r#"{"url":"https://exemple.invalid/a"}"#, r#"{"enabled":true}"#, "{}", ""] {
            assert_eq!(changed(&of(body), Reach::Public).unwrap_err().status(), 400, "{body}");
        }
    }

    #[test]
    fn a_list_of_nothing_or_of_other_things_is_refused() {
        for events in ["[]", "[1]", r#""offer.closed""#, "{}", r#"[""]"#] {
            let body = format!(r#"{{"url":"https://exemple.invalid/a","events":{events}}}"#);
            assert_eq!(created(&of(&body), Reach::Public).unwrap_err().status(), 400, "{events}");
        }
    }
}
