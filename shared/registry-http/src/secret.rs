//! What a service is shown so that it answers.

use hyper::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::desk::DeskError;

/// A header that no log shows: a bare token is `Authorization: Bearer`; where a service has a header of its own, the
/// text is the whole of it, `Name: value`.
pub(crate) fn header(text: &str) -> Result<(HeaderName, HeaderValue), DeskError> {
    let text = text.trim();
    let (name, value) = match text.split_once(": ") {
        Some((name, value)) => {
            let name = name.to_ascii_lowercase();
            (name.parse().map_err(|_| DeskError::Secret)?, value.trim().to_owned())
        }
        None => (AUTHORIZATION, format!("Bearer {text}")),
    };
    let mut value: HeaderValue = value.parse().map_err(|_| DeskError::Secret)?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_token_is_a_bearer_and_a_header_stays_one() {
        let read =
            |text| header(text).map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        assert_eq!(read(" token\n").unwrap(), ("authorization".to_owned(), "Bearer token".to_owned()));
        assert_eq!(read("X-Key: token").unwrap(), ("x-key".to_owned(), "token".to_owned()));
        assert!(read("no\u{0}").is_err() && read("a b: c").is_err());
        assert_eq!(format!("{:?}", header("token").unwrap().1), "Sensitive");
    }
}
