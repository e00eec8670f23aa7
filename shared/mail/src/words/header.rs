//! The few words of people that meet a header: at the end of a subject, and as the name of a file.

use super::{ZERO_WIDTH_SPACE, cut, harmless, one_line};

/// The most that a subject shows of a title or a company, in characters: what a list of mails has room for, and more.
const MAX_SUBJECT_CHARS: usize = 80;
/// The longest name of a file, in characters: readers that write it to a disk take no longer ones as a rule, and long
/// ones in pieces (RFC 2231), of which some readers know the first one only.
const MAX_FILE_NAME_CHARS: usize = 60;
/// The longest ending that is kept of a name that is too long, with its dot: `.docx` and what is like it.
const MAX_ENDING_CHARS: usize = 6;
/// The name of a file that has none.
const NAMELESS: &str = "cv";

/// A title or a company as part of a subject: harmless, short, and broken where readers would decode it (RFC 2047),
/// since what they decode may hold anything, ends of lines included.
pub(crate) fn in_subject(text: &str) -> String {
    cut(&harmless(text), MAX_SUBJECT_CHARS).replace("=?", &format!("={ZERO_WIDTH_SPACE}?"))
}

/// The name of a file: what is to be seen of it, without what means a folder, a device or the end of a name to some
/// system, and short. Its ending is kept, since it says what opens the file; nothing is broken up, since no reader makes
/// links of such names.
pub(crate) fn file_name(text: &str) -> String {
    let name: String = one_line(text).chars().map(|c| if is_reserved(c) { '_' } else { c }).collect();
    // A dot at its start hides a file, one at its end is lost.
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = name.rfind('.').map_or((name, ""), |dot| name.split_at(dot));
    let ending_chars = ending.chars().count();
    if name.is_empty() {
        NAMELESS.to_owned()
    } else if ending_chars > MAX_ENDING_CHARS {
        cut(name, MAX_FILE_NAME_CHARS)
    } else {
        format!("{}{ending}", cut(stem, MAX_FILE_NAME_CHARS - ending_chars))
    }
}

const fn is_reserved(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_honest_title_is_in_the_subject_as_it_is() {
        for title in ["Apprenti boulanger H/F", "Ets. Martin & Fils", "Élève = apprenti ?"] {
            assert_eq!(in_subject(title), title);
        }
    }

    #[test]
    fn a_long_title_is_cut_and_says_so() {
        let shown = in_subject(&"é".repeat(4_000));
        assert_eq!((shown.chars().count(), shown.chars().last()), (MAX_SUBJECT_CHARS, Some('…')));
        assert_eq!(in_subject(&"é".repeat(MAX_SUBJECT_CHARS)), "é".repeat(MAX_SUBJECT_CHARS));
    }

    #[test]
    fn no_reader_decodes_what_was_typed() {
        for text in ["=?utf-8?Q?=0D=0ABcc:_a?=", "=\u{200b}?utf-8?B?DQo=?=", "= \u{202e}=?x?q?=0A?="] {
            assert!(!in_subject(text).contains("=?"), "{text}");
        }
    }

    #[test]
    fn an_honest_name_of_a_file_stays_as_it_is() {
        for name in ["cv.pdf", "CV Élodie N'Diaye (2026).docx", "履歴書.pdf", "cv", "archive.tar.gz"] {
            assert_eq!(file_name(name), name);
        }
    }

    #[test]
    fn a_name_of_a_file_is_no_path_and_hides_nothing() {
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name("C:\\cv.pdf"), "C__cv.pdf");
        assert_eq!(file_name("a\"; filename=\"b.exe\r\nBcc: c"), "a_; filename=_b.exe Bcc_ c");
        assert_eq!(file_name("cv\u{202e}fdp.exe"), "cvfdp.exe");
        assert_eq!(file_name(" .pdf. "), "pdf");
        for nothing in ["", "...", "\r\n", "\u{202e}"] {
            assert_eq!(file_name(nothing), NAMELESS);
        }
    }

    #[test]
    fn a_long_name_of_a_file_keeps_its_ending() {
        let name = file_name(&format!("{}.pdf", "é".repeat(4_000)));
        assert_eq!(name.chars().count(), MAX_FILE_NAME_CHARS);
        assert!(name.ends_with("é….pdf"), "{name}");
        assert_eq!(file_name(&format!("a.{}", "é".repeat(4_000))).chars().count(), MAX_FILE_NAME_CHARS);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_ends_a_header(text in any::<String>()) {
            let (subject, file) = (in_subject(&text), file_name(&text));
            for shown in [&subject, &file] {
                prop_assert!(!shown.chars().any(char::is_control));
                prop_assert!(!shown.contains("=?"));
            }
            prop_assert!(!file.is_empty() && !file.contains(is_reserved));
            prop_assert!(file.chars().count() <= MAX_FILE_NAME_CHARS);
            let dots = subject.matches(ZERO_WIDTH_SPACE).count();
            prop_assert!(subject.chars().count() <= MAX_SUBJECT_CHARS + dots);
        }
    }
}
