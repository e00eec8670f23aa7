//! Small readings of a recruiter's address.

use serde_json::Value;

use crate::rows::text::line;

/// What follows the post code in a one-line address: `12 RUE X 57000 METZ` gives `METZ`.
pub(super) fn city_after_post_code(address: &str) -> Option<String> {
    let words: Vec<&str> =
        address.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let at = words.iter().rposition(|word| is_post_code(word))?;
    let city = words.get(at + 1..)?.join(" ");
    (!city.is_empty()).then_some(city)
}

/// The post code of a one-line address: the last five digits that stand alone.
pub(super) fn post_code(address: &str) -> Option<String> {
    address.split(|c: char| c.is_whitespace() || c == ',').rfind(|word| is_post_code(word)).map(str::to_owned)
}

/// A text of `address_detail`, under the first of `names` where it says something.
pub(super) fn detail(address: Option<&Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| line(address?.get(name)?.as_str()?))
}

fn is_post_code(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_city_is_what_follows_the_post_code() {
        assert_eq!(city_after_post_code("12 RUE X, 57000 METZ CEDEX 1").as_deref(), Some("METZ CEDEX 1"));
        assert_eq!(city_after_post_code("10000 rue X 20090 AJACCIO").as_deref(), Some("AJACCIO"));
        assert_eq!(post_code("10000 rue X 20090 AJACCIO").as_deref(), Some("20090"));
        assert_eq!(city_after_post_code("METZ"), None);
        assert_eq!(city_after_post_code("12 RUE X 57000"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = (city_after_post_code(&text), post_code(&text));
        }
    }
}
