//! The parameters of the routes of métiers and trades (contract 1.9).
//!
//! Where the contract leaves room:
//! - A title or label that is there but holds no word is no error: it finds nothing.
//! - Lists of codes have the form and the bound that `romes` has everywhere, and every broken rule is named.

use domain::rncp::{RncpCode, RncpError};
use domain::rome::{MAX_ROMES, RomeCode, Romes};
use metiers::Query;

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

const NOTHING: &str = "title, romes, rncps : You must assign a value to at least one of these parameters.";

/// Those of `GET /v1/metiers`: at least one is given, and those given must all fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetiersQuery {
    title: Option<String>,
    romes: Vec<RomeCode>,
    rncps: Vec<RncpCode>,
}

impl MetiersQuery {
    /// Reads and checks them. Fails with [`ApiError::WrongParameters`] and every message.
    pub fn parse(request: &Request) -> Result<Self, ApiError> {
        let mut messages = Vec::new();
        let title = request.query_value("title");
        let (romes, rncps) = (request.query_value("romes"), request.query_value("rncps"));
        if title.is_none() && romes.is_none() && rncps.is_none() {
            messages.push(NOTHING.to_owned());
        }
        let romes = romes.map_or(Ok(Vec::new()), |codes| Romes::from_csv(&codes).map(Vec::from));
        let romes = romes.unwrap_or_else(|errors| {
            messages.extend(errors.iter().map(ToString::to_string));
            Vec::new()
        });
        let rncps = rncps.map(|codes| certifications(&codes, &mut messages)).unwrap_or_default();
        if messages.is_empty() {
            Ok(Self { title, romes, rncps })
        } else {
            Err(ApiError::WrongParameters(messages))
        }
    }

    /// As the index takes it.
    pub fn query(&self) -> Query<'_> {
        Query { title: self.title.as_deref(), romes: &self.romes, rncps: &self.rncps }
    }
}

fn certifications(codes: &str, messages: &mut Vec<String>) -> Vec<RncpCode> {
    let parts: Vec<&str> = codes.split(',').collect();
    if parts.len() > MAX_ROMES {
        messages.push(format!("rncps : Too many rncp codes. Maximum is {MAX_ROMES}."));
        return Vec::new();
    }
    let codes: Result<Vec<RncpCode>, RncpError> = parts.into_iter().map(str::parse).collect();
    codes.unwrap_or_else(|error| {
        messages.push(error.to_string().replacen("rncp :", "rncps :", 1));
        Vec::new()
    })
}

/// `title`, where a route cannot do without.
pub fn title(request: &Request) -> Result<String, ApiError> {
    required(request, "title")
}

/// `label` of `GET /v1/metiers/intitule`.
pub fn label(request: &Request) -> Result<String, ApiError> {
    required(request, "label")
}

fn required(request: &Request, name: &str) -> Result<String, ApiError> {
    let missing = || ApiError::WrongParameters(vec![format!("{name} : {name} is missing.")]);
    request.query_value(name).ok_or_else(missing)
}

/// `withRomeLabels` of `GET /rome`: whether each métier carries the labels of its trades. No, unless asked.
pub fn with_rome_labels(request: &Request) -> Result<bool, ApiError> {
    match request.query_value("withRomeLabels").as_deref() {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => {
            let message = "withRomeLabels : withRomeLabels must be true or false.";
            Err(ApiError::WrongParameters(vec![message.to_owned()]))
        }
    }
}

/// The `{rome}` of the path.
pub fn rome(request: &Request) -> Result<RomeCode, ApiError> {
    request.path_value("rome").parse().map_err(|_| {
        let issues = vec![Issue::bad_format("rome", "Code ROME invalide")];
        Schema { context: Context::Params, issues }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &[(&str, &str)]) -> Request {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Request { query, ..Request::default() }
    }

    fn messages<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Vec<String> {
        match result.unwrap_err() {
            ApiError::WrongParameters(messages) => messages,
            error => panic!("{error:?}"),
        }
    }

    #[test]
    fn at_least_one_parameter_of_a_search_is_needed() {
        for query in [&[][..], &[("title", "")], &[("caller", "somebody"), ("romes", "")]] {
            assert_eq!(messages(MetiersQuery::parse(&asked(query))), [NOTHING]);
        }
        for query in [("title", "chef"), ("romes", "d1102,D1104"), ("rncps", "RNCP37537"), ("title", " ")] {
            assert!(MetiersQuery::parse(&asked(&[query])).is_ok(), "{query:?}");
        }
    }

    #[test]
    fn every_broken_rule_is_named() {
        let romes = ["D11"; 21].join(",");
        let said = messages(MetiersQuery::parse(&asked(&[("romes", &romes), ("rncps", "37537")])));
        assert_eq!(
            said,
            [
                "romes : Too many rome codes. Maximum is 20.",
                "romes : Badly formatted rome codes. Rome code must be one letter followed by 4 digit number. ex : A1234",
                "rncps : Badly formatted rncp code. RNCP code must 'RNCP' followed by 2 to 5 digit number. ex : RNCP12, RNCP12345 ...",
            ]
        );
        let rncps = ["RNCP37537"; 21].join(",");
        let said = messages(MetiersQuery::parse(&asked(&[("rncps", &rncps)])));
        assert_eq!(said, ["rncps : Too many rncp codes. Maximum is 20."]);
    }

    #[test]
    fn a_title_a_label_and_a_choice_say_what_they_want() {
        assert_eq!(messages(title(&asked(&[]))), ["title : title is missing."]);
        assert_eq!(messages(label(&asked(&[("label", "")]))), ["label : label is missing."]);
        assert_eq!(title(&asked(&[("title", "chef")])).unwrap(), "chef");
        for (value, wanted) in [("true", true), ("1", true), ("false", false), ("0", false), ("", false)] {
            assert_eq!(with_rome_labels(&asked(&[("withRomeLabels", value)])).unwrap(), wanted, "{value}");
        }
        assert_eq!(
            messages(with_rome_labels(&asked(&[("withRomeLabels", "oui")]))),
            ["withRomeLabels : withRomeLabels must be true or false."]
        );
    }

    #[test]
    fn a_rome_of_a_path_is_read_in_either_case_or_refused() {
        let of = |code: &str| {
            let path_parameters = [("rome".to_owned(), code.to_owned())].into();
            rome(&Request { path_parameters, ..Request::default() })
        };
        assert_eq!(of("d1102").unwrap().as_str(), "D1102");
        let response = of("D11").unwrap_err().response("req-1");
        let body: serde_json::Value = serde_json::from_str(&response.body.text()).unwrap();
        assert_eq!((response.status, &body["message"]), (400, &"params.rome: Code ROME invalide".into()));
    }
}
