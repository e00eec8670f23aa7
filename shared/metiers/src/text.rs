//! Text as it is compared: the words of a label, without case, accents or punctuation.
//!
//! The build script uses this very file, so that what is looked for is written like what is found.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: lower case, no accents, `œ` and `æ` as two letters, split at whatever is no letter or digit.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    plain(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The text in those words, with spaces between them.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.nfd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase) {
        match char {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            // A capital may be lower-cased into a letter and a mark (U+0130).
            _ if is_combining_mark(char) => {}
            _ if char.is_alphanumeric() => plain.push(char),
            _ if plain.ends_with(' ') || plain.is_empty() => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}
