//! What people typed, made harmless before it is shown in a mail.

mod header;

use domain::hidden::is_hidden;

pub(crate) use self::header::{file_name, in_subject};

/// Between the parts of what looks like an address, it keeps mail clients from making a link of it.
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// The most that is read of a text of several lines, in characters: a long letter, and no mail that is refused for its
/// size.
const MAX_TEXT_CHARS: usize = 10_000;
/// Says that something was cut.
const CUT: char = '…';

/// The text on one line: without control characters, without characters that hide or turn around what follows, and
/// without anything that a mail client would make a link of. Markup is left: templates escape it.
pub(crate) fn harmless(text: &str) -> String {
    unlinked(&one_line(text))
}

/// The lines of the text, each made harmless as [`harmless`] does, with no empty one at either end and no two of them in
/// a row; none where there is nothing to see. What is longer than [`MAX_TEXT_CHARS`] is cut. Templates put the ends of
/// lines between them, so that no line ever brings markup of its own.
pub(crate) fn harmless_lines(text: &str) -> Vec<String> {
    let text = cut(text, MAX_TEXT_CHARS).replace("\r\n", "\n");
    let mut lines: Vec<String> = text.split(ends_line).map(harmless).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let empty_end = |line: Option<&String>| line.is_some_and(String::is_empty);
    if empty_end(lines.first()) {
        lines.remove(0);
    }
    if empty_end(lines.last()) {
        lines.pop();
    }
    lines
}

const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is to be seen of the text, with one space where there were several or none that one sees.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_hidden(c)).map(spaced).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn spaced(c: char) -> char {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }
}

/// Not more than so many characters, of which the last one says that something was cut.
fn cut(line: &str, max_chars: usize) -> String {
    if line.chars().count() <= max_chars {
        return line.to_owned();
    }
    let kept: String = line.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}{CUT}", kept.trim_end())
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

    #[test]
    fn a_text_keeps_its_lines() {
        let text = "\r\n \nBonjour,\r\n\r\n\n \t \nJe postule.\rÀ bientôt\u{2028}Élodie\u{0}\n\n";
        assert_eq!(harmless_lines(text), ["Bonjour,", "", "Je postule.", "À bientôt", "Élodie"]);
        for nothing in ["", " ", "\n\r\n\t\n", "\u{202e}\n\u{200b}"] {
            assert!(harmless_lines(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn each_line_is_as_harmless_as_a_name() {
        let text = "Voir www.evil.example\nBcc: a@evil.example\n\u{202e}tnemrof";
        let lines =
            ["Voir www.\u{200b}evil.\u{200b}example", "Bcc: a@\u{200b}evil.\u{200b}example", "tnemrof"];
        assert_eq!(harmless_lines(text), lines);
    }

    #[test]
    fn a_text_without_end_is_cut_and_says_so() {
        let lines = harmless_lines(&"une ligne\n".repeat(100_000));
        let chars: usize = lines.iter().map(|line| line.chars().count() + 1).sum();
        assert!((MAX_TEXT_CHARS - 10..=MAX_TEXT_CHARS + 1).contains(&chars), "{chars}");
        assert!(lines.last().unwrap().ends_with('…'));
        let whole = "é".repeat(MAX_TEXT_CHARS);
        assert_eq!(harmless_lines(&whole), [whole]);
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

        #[test]
        fn lines_are_harmless_and_never_too_many(text in text()) {
            let lines = harmless_lines(&text);
            for line in &lines {
                prop_assert_eq!(&harmless(line), line);
            }
            prop_assert!(lines.iter().map(|line| line.chars().count()).sum::<usize>() <= 2 * MAX_TEXT_CHARS);
            prop_assert!(!lines.windows(2).any(|two| two[0].is_empty() && two[1].is_empty()));
            let ends = [lines.first(), lines.last()];
            prop_assert!(!ends.into_iter().flatten().any(String::is_empty));
            let seen = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(seen(&lines.join("\n")), seen(&harmless(&text)));
        }
    }

    /// Anything, in lines that end as they do anywhere.
    fn text() -> impl Strategy<Value = String> {
        let end = prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n\n", "\u{2028}", " "]);
        prop::collection::vec((any::<String>(), end), 0..12)
            .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
    }
}
