//! Objects in places where only a reader that repairs a file finds them.

use crate::magic::find;

use super::lexer::is_blank;

/// How far before the word its two numbers are looked for, in bytes.
const LOOK_BACK: usize = 40;

/// Whether the bytes of a stream hold what looks like the head of an object. A reader that finds fault with a file, for a
/// reason of its own, looks through all of it for `12 0 obj`, streams included. Those bytes are not there by chance.
pub(crate) fn holds_an_object(data: &[u8]) -> bool {
    let mut at = 0;
    while let Some(step) = data.get(at..).and_then(|rest| find(rest, b"obj")) {
        at += step;
        if ends_as_head(data.get(at.saturating_sub(LOOK_BACK)..at).unwrap_or_default()) {
            return true;
        }
        at += 1;
    }
    false
}

fn ends_as_head(before: &[u8]) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    without(before, is_blank)
        .and_then(|rest| without(rest, is_digit))
        .and_then(|rest| without(rest, is_blank))
        .is_some_and(|rest| rest.last().is_some_and(u8::is_ascii_digit))
}

/// Without the bytes of a kind at its end, of which there must be one.
fn without(bytes: &[u8], is_in: impl Fn(u8) -> bool) -> Option<&[u8]> {
    let kept = bytes.iter().rposition(|byte| !is_in(*byte)).map_or(0, |at| at + 1);
    if kept < bytes.len() { bytes.get(..kept) } else { None }
}

#[cfg(test)]
mod tests {
    use super::holds_an_object;

    #[test]
    fn heads_of_objects_are_seen_and_words_like_them_are_not() {
        for data in [&b"9 0 obj"[..], b"x obj 12\n 0\r\nobj<<", b"obj obj 9 0 obj"] {
            assert!(holds_an_object(data));
        }
        for data in [&b"endobj"[..], b"obj", b"0 obj", b"a 0 obj", b"9 0obj", b"90 obj", b""] {
            assert!(!holds_an_object(data));
        }
    }
}
