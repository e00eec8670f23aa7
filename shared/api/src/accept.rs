//! Which form of an answer the caller prefers (RFC 9110, 12.5.1).

use crate::header;
use crate::request::Request;

/// The forms there are. An error is JSON in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// The JSON of the contract.
    #[default]
    Json,
    /// Offers as schema.org names them, in JSON-LD.
    LinkedData,
}

impl Form {
    /// What `Accept` prefers. JSON-LD has to be named, and no less wanted than JSON: a caller that takes anything
    /// gets the contract, and nobody gets a 406.
    pub fn asked(request: &Request) -> Self {
        let accept = request.header_list("accept");
        let ranges: Vec<(String, f32)> = header::parts(&accept, ',').filter_map(range).collect();
        let weight = |name: &str| {
            let named = ranges.iter().filter(|(range, _)| range == name).map(|&(_, weight)| weight);
            named.reduce(f32::max)
        };
        // Of the ranges that JSON fits, the most specific one says how much it is wanted.
        let json = weight("application/json").or_else(|| weight("application/*")).or_else(|| weight("*/*"));
        match weight("application/ld+json") {
            Some(weight) if weight > 0.0 && weight >= json.unwrap_or(0.0) => Self::LinkedData,
            _ => Self::Json,
        }
    }
}

/// A media range, in lower case, and its weight. One whose weight is no weight says nothing.
fn range(part: &str) -> Option<(String, f32)> {
    let mut parts = header::parts(part, ';');
    let name = parts.next()?.to_ascii_lowercase();
    let weight = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse().unwrap_or(f32::NAN))
    });
    let weight = weight.unwrap_or(1.0);
    (0.0..=1.0).contains(&weight).then_some((name, weight))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(values: &[&str]) -> Form {
        let values = values.iter().map(|&value| value.to_owned()).collect();
        Form::asked(&Request { headers: [("accept".to_owned(), values)].into(), ..Request::default() })
    }

    #[test]
    fn json_ld_is_given_where_it_is_named_and_wanted_no_less_than_json() {
        for accept in [
            "application/ld+json",
            "APPLICATION/LD+JSON ; Q=0.1",
            "application/ld+json, application/json",
            "application/json;q=0.9,application/ld+json",
            "text/html, application/ld+json;q=0.5, */*;q=0.5",
            "application/ld+json;q=0.5, application/json;q=0.2, */*;q=0.9",
            "application/json;q=0, application/ld+json;q=0.1",
            r#"application/ld+json;profile="https://a.example/x,y;q=0";q=0.8, */*;q=0.7"#,
        ] {
            assert_eq!(asked(&[accept]), Form::LinkedData, "{accept}");
        }
        assert_eq!(asked(&["text/html", "application/ld+json"]), Form::LinkedData);
    }

    #[test]
    fn json_is_given_everywhere_else() {
        for accept in [
            "",
            "*/*",
            "application/*",
            "application/json",
            "text/html",
            "application/ld+json;q=0",
            "application/ld+json;q=0.000",
            "application/ld+json;q=0.5, application/json",
            "application/ld+json;q=0.5, */*;q=0.8",
            "application/ld+json;q=0.5, application/*;q=0.8, */*;q=0.1",
            "application/ld+json;q=2",
            "application/ld+json;q=nan",
            "application/ld+json;q=",
            "application/ld+jsonx",
            r#"text/plain;note=", application/ld+json""#,
        ] {
            assert_eq!(asked(&[accept]), Form::Json, "{accept}");
        }
        assert_eq!(Form::asked(&Request::default()), Form::Json);
    }

    proptest! {
        #[test]
        fn never_panics(accept in "\\PC*") {
            let _ = asked(&[&accept]);
        }
    }
}
