//! The parameters of the detail routes (contract 1.6), and of those that name one thing in their path (1.9).

use domain::cfd::{Cfd, CfdError};
use domain::siret::{Siret, SiretError};

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;
use crate::search_query::Caller;

/// Longest id that a record may have, in bytes: a longer one names nothing, as no feed may bring one.
pub const MAX_ID_BYTES: usize = 200;

/// The `{siret}` of the path; the contract's messages when it is none.
pub fn siret(request: &Request) -> Result<Siret, ApiError> {
    request.path_value("siret").parse().map_err(|error: SiretError| {
        let message = error.to_string();
        let issue = match error {
            SiretError::Format => Issue::bad_format("siret", message),
            SiretError::Checksum => Issue::refused("siret", message),
        };
        Schema { context: Context::Params, issues: vec![issue] }.into()
    })
}

/// The `{cfd}` of the path.
pub fn cfd(request: &Request) -> Result<Cfd, ApiError> {
    request.path_value("cfd").parse().map_err(|error: CfdError| {
        let issue = Issue::bad_format("cfd", error.to_string());
        Schema { context: Context::Params, issues: vec![issue] }.into()
    })
}

/// The `{id}` of the path; none when it cannot be the id of anything, which answers like a missing one.
pub fn id(request: &Request) -> Option<&str> {
    Some(request.path_value("id")).filter(|id| (1..=MAX_ID_BYTES).contains(&id.len()))
}

/// Who calls, in its own words. The only query parameter of these routes.
pub fn caller(request: &Request) -> Option<Caller> {
    Caller::read(request)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn asked(name: &str, value: &str) -> Request {
        Request { path_parameters: [(name.to_owned(), value.to_owned())].into(), ..Request::default() }
    }

    #[test]
    fn says_what_is_wrong_with_a_siret() {
        assert_eq!(siret(&asked("siret", "01928074200016")).unwrap().as_str(), "01928074200016");
        for (text, code, message) in [
            ("123", "invalid_string", "SIRET invalide"),
            (
                "01928074200017",
                "custom",
                "Le siret ne respecte pas l'algorithme luhn (https://fr.wikipedia.org/wiki/Formule_de_Luhn)",
            ),
        ] {
            let response = siret(&asked("siret", text)).unwrap_err().response("req-1");
            let body: Value = serde_json::from_str(&response.body.text()).unwrap();
            assert_eq!(response.status, 400);
            assert_eq!(body["message"], format!("params.siret: {message}"));
            let error = &body["data"]["validationError"];
            assert_eq!(error["validationContext"], "params");
            assert_eq!(error["issues"][0]["code"], code);
        }
    }

    #[test]
    fn says_what_a_cfd_is() {
        assert_eq!(cfd(&asked("cfd", "26x31101")).unwrap().as_str(), "26X31101");
        let response = cfd(&asked("cfd", "5002213")).unwrap_err().response("req-1");
        let body: Value = serde_json::from_str(&response.body.text()).unwrap();
        assert_eq!(response.status, 400);
        let message = "params.cfd: Un CFD est fait de 8 chiffres ou lettres. ex : 50022137";
        assert_eq!(body["message"], message);
    }

    #[test]
    fn an_id_that_no_feed_may_bring_is_no_id() {
        assert_eq!(id(&asked("id", "153BHTN")), Some("153BHTN"));
        assert_eq!(id(&asked("id", "")), None);
        assert_eq!(id(&asked("id", &"a".repeat(201))), None);
        assert_eq!(id(&Request::default()), None);
    }
}
