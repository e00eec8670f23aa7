//! What people typed, made harmless before it is shown in a mail.

use domain::hidden::is_hidden;

/// Between the parts of what looks like an address, it keeps mail clients from making a link of it.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// The text on one line: without control characters, without characters that hide or turn around what follows, and
/// without anything that a mail client would make a link of. Markup is left: templates escape it.
pub(crate) fn harmless(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_hidden(c)).map(spaced).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    unlinked(&line)
}

fn spaced(c: char) -> char {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }
}

/// Breaks what looks like a host, the start of an address or an address of mail.
fn unlinked(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        text.push(c);
        let joins = match c {
            '.' | '。' | '．' | '｡' => before.is_alphanumeric(),
            ':' | '@' => true,
            _ => false,
        };
        if joins && chars.peek().is_some_and(|next| !next.is_whitespace()) {
            text.push(ZERO_WIDTH_SPACE);
        }
        before = c;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_honest_name_stays_as_it_is() {
        for name in [
            "Élodie",
            "Jean-Pierre",
            "O'Brien",
            "Ets. Martin & Fils",
            "Dev. web H/F",
            "Nguyễn Thị 明",
            "J. R.",
        ] {
            assert_eq!(harmless(name), name);
        }
    }

    #[test]
    fn lines_and_control_characters_become_spaces() {
        assert_eq!(harmless(" a\r\nBcc: b\u{0}c\u{2028}d\u{85}e\t\tf "), "a Bcc: b c d e f");
    }

    #[test]
    fn what_turns_the_text_around_is_dropped() {
        assert_eq!(harmless("a\u{202e}cod\u{2066}\u{200f}\u{feff}b\u{200b}"), "acodb");
    }

    #[test]
    fn no_link_can_be_made_of_it() {
        let broken = "https:\u{200b}//evil.\u{200b}example/a.\u{200b}b";
        assert_eq!(harmless("https://evil.example/a.b"), broken);
        assert_eq!(harmless("www.evil.example"), "www.\u{200b}evil.\u{200b}example");
        assert_eq!(harmless("a@b.fr"), "a@\u{200b}b.\u{200b}fr");
        assert_eq!(harmless("10.0.0.1"), "10.\u{200b}0.\u{200b}0.\u{200b}1");
        assert_eq!(harmless("evil.\u{200d}example"), "evil.\u{200b}example");
    }

    proptest! {
        #[test]
        fn it_is_always_one_line_without_hosts(text in any::<String>()) {
            let shown = harmless(&text);
            prop_assert!(!shown.chars().any(char::is_control));
            let chars: Vec<char> = shown.chars().collect();
            let is_host = |w: &[char]| w[0].is_alphanumeric() && w[1] == '.' && w[2].is_alphanumeric();
            prop_assert!(!chars.windows(3).any(is_host));
        }
    }
}
