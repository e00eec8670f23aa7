//! What a text says: escapes, hexadecimal digits, UTF-16 (ISO 32000-1, 7.3.4 and 7.9.2).

use super::lexer::{is_blank, nibble};

/// Of a text in round brackets.
pub(crate) fn of_literal(written: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let digits = after.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        if digits > 0 {
            let (octal, after) = after.split_at_checked(digits).unwrap_or_default();
            bytes.push(octal.iter().fold(0_u8, |sum, digit| sum.wrapping_mul(8).wrapping_add(digit - b'0')));
            rest = after;
            continue;
        }
        match after {
            [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] => rest = after,
            [escaped, after @ ..] => {
                bytes.push(match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    other => *other,
                });
                rest = after;
            }
            [] => {}
        }
    }
    decoded(&bytes)
}

/// Of a text in angle brackets. A digit that is missing at the end is a zero.
pub(crate) fn of_hex(written: &[u8]) -> String {
    let digits: Vec<u8> = written.iter().filter(|byte| !is_blank(**byte)).map(|byte| nibble(*byte)).collect();
    let bytes: Vec<u8> =
        digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, half| sum * 16 + half)).collect();
    let odd = digits.len() % 2 == 1;
    let last = bytes.len().saturating_sub(1);
    let bytes: Vec<u8> = bytes
        .iter()
        .enumerate()
        .map(|(at, byte)| if odd && at == last { byte << 4 } else { *byte })
        .collect();
    decoded(&bytes)
}

fn decoded(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, text @ ..] => utf16(text, u16::from_be_bytes),
        [0xff, 0xfe, text @ ..] => utf16(text, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, text @ ..] | text => String::from_utf8_lossy(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_same_however_it_is_written() {
        assert_eq!(of_literal(br"java\163cript:"), "javascript:");
        assert_eq!(of_literal(b"java\\\r\nscript\\:\\("), "javascript:(");
        assert_eq!(of_literal(b"\xfe\xff\0h\0t\0t\0p"), "http");
        assert_eq!(of_literal(b"\\"), "");
        assert_eq!(of_hex(b"68 7474 7"), "http");
        assert_eq!(of_hex(b"FEFF00680074"), "ht");
    }
}
