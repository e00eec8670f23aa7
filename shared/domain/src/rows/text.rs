//! Cleans the texts of feeds: no control character survives into a card.

/// The longest id, in bytes: it is part of keys.
const MAX_ID_BYTES: usize = 200;

/// One line of text, trimmed; line ends and tabs become spaces; none when nothing is left.
pub(crate) fn line(text: &str) -> Option<String> {
    let clean: String = text
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect();
    filled(&clean)
}

/// Text of several lines, trimmed; line ends become `\n` and tabs stay; none when nothing is left.
pub(crate) fn prose(text: &str) -> Option<String> {
    let clean: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|&c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect();
    filled(&clean)
}

/// Whether a text may be an id: 1 to 200 printable ASCII characters, without
/// the `!` that ends it in the index, what sorts below it, and the `@` of an address.
pub(crate) fn is_record_id(text: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'#'..=b'~') && byte != b'@')
}

/// A web address that is safe to follow: `http`, `https`, or a bare domain; none otherwise.
pub(crate) fn web_address(text: String) -> Option<String> {
    let start = text.to_ascii_lowercase();
    let has_scheme = start.starts_with("https://") || start.starts_with("http://");
    let is_bare = text.contains('.') && !text.contains(':');
    ((has_scheme || is_bare) && !text.contains(char::is_whitespace)).then_some(text)
}

/// Lower case without French accents, words parted by one space, one space at each end: `" institut europeen "`.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' | 'á' | 'ã' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => folded.push('u'),
            'ÿ' => folded.push('y'),
            'ç' => folded.push('c'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strips_control_characters() {
        assert_eq!(line(" a\u{0}b\tc\r\nd\u{7f} ").as_deref(), Some("ab c  d"));
        assert_eq!(prose("a\r\nb\rc\u{0}\td\u{85}").as_deref(), Some("a\nb\nc\td"));
        assert_eq!(line("\u{0} \n"), None);
    }

    #[test]
    fn an_id_is_printable_and_short() {
        assert!(is_record_id("088281P01313885594860007038855948600070-67118#L01"));
        for id in ["", "a@b", "a b", "a!b", "é", "a\nb", "a\u{0}", &"x".repeat(201)] {
            assert!(!is_record_id(id), "{id}");
        }
    }

    #[test]
    fn only_web_addresses_are_followed() {
        for text in ["https://a.fr", "HTTP://a.fr/b", "www.a.fr"] {
            assert!(web_address(text.to_owned()).is_some(), "{text}");
        }
        for text in ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.fr", "a", "https://a b"] {
            assert!(web_address(text.to_owned()).is_none(), "{text}");
        }
    }

    #[test]
    fn folds_accents_case_and_punctuation() {
        assert_eq!(folded("Institut EUROPÉEN  F-2i"), " institut europeen f 2i ");
        assert_eq!(folded("Institut Europe\u{301}en"), " institut europeen ");
        assert_eq!(folded(""), " ");
    }

    proptest! {
        #[test]
        fn nothing_but_line_ends_and_tabs_survives(text in any::<String>()) {
            prop_assert!(line(&text).is_none_or(|line| !line.contains(char::is_control)));
            let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
            prop_assert!(prose(&text).is_none_or(|prose| !prose.contains(odd)));
            let _ = (folded(&text), is_record_id(&text));
        }
    }
}
