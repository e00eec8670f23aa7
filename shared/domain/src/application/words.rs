//! What applicants type, made fit to be shown to a recruiter (contract 3.1).

use crate::hidden::is_hidden;

/// A name or a telephone number on one line, without what looks like an address of the web or of mail: nobody bears one.
pub fn without_addresses(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_hidden(c)).collect();
    let words = visible.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty() && !is_address(word)).collect::<Vec<_>>().join(" ")
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || is_host(word)
}

/// Labels with dots between, of which the last is of letters: `www.exemple.fr/page`, and not `J.` or `06.12.34`.
fn is_host(word: &str) -> bool {
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches(['.', ',', ';']);
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    let starts = labels.split('.').all(|label| label.chars().any(char::is_alphanumeric));
    let is_initials = host.split('.').all(|label| label.chars().count() <= 1);
    starts && !is_initials && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic)
}

/// A message of several lines, without markup, control characters and characters that hide others. What looks like a link
/// is left: mails break it where they show it.
pub fn message(text: &str) -> String {
    let plain = without_tags(text);
    let visible: String =
        plain.chars().filter(|&c| !is_hidden(c) && (!c.is_control() || c == '\n')).collect();
    let lines: Vec<&str> = visible.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

/// The text between tags. A `<` that opens none is left: `salaire < 1000`.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        let opens =
            tag.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if let Some(end) = tag.find('>').filter(|_| opens) {
            rest = tag.get(end + 1..).unwrap_or_default();
        } else {
            plain.push('<');
            rest = tag.get(1..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_honest_name_or_number_stays_as_it_is() {
        for text in
            ["Élodie", "Jean-Pierre", "O'Brien", "J.-P. Martin", "J.P", "06.12.34.56.78", "Nguyễn Thị 明"]
        {
            assert_eq!(without_addresses(text), text);
        }
    }

    #[test]
    fn addresses_are_no_part_of_a_name() {
        assert_eq!(without_addresses("Élodie https://evil.example/x Martin"), "Élodie Martin");
        assert_eq!(without_addresses("www.evil.example a@b.fr evil.fr/page?x Élodie"), "Élodie");
        assert_eq!(without_addresses("evil.\u{200b}example"), "");
        assert_eq!(without_addresses(" a\r\nb\u{0}c "), "a b c");
    }

    #[test]
    fn a_message_keeps_its_lines_and_loses_its_markup() {
        assert_eq!(
            message(" Bonjour,\r\n<b>je</b> cherche<script src=x>\n\nsalaire < 1000 "),
            "Bonjour,\nje cherche\n\nsalaire < 1000"
        );
        assert_eq!(message("a<!-- b -->c</p>d\u{202e}e"), "acde");
        assert_eq!(message("2 <3"), "2 <3");
    }

    proptest! {
        #[test]
        fn nothing_that_looks_like_an_address_is_left_in_a_name(text in "\\PC*") {
            let name = without_addresses(&text);
            prop_assert!(!name.contains('@') && !name.contains("://"));
            prop_assert_eq!(without_addresses(&name), name);
        }

        #[test]
        fn a_message_has_no_tag_and_no_control_character(text in any::<String>()) {
            let message = message(&text);
            prop_assert!(message.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}
