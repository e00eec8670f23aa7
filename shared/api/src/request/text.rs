//! Text from outside: decoded once, and refused when it cannot be what the caller meant.

use super::BadRequest;

/// What stands where bytes were no UTF-8, once a gateway has decoded them.
const REPLACEMENT: char = '\u{FFFD}';

/// Decodes a path value. AWS decodes it before us and the local cloud may not; a second decoding changes
/// nothing, as no id of this service holds a percent sign.
pub(super) fn decode(value: &str) -> Result<String, BadRequest> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            decoded.push(escape(&mut bytes).ok_or(BadRequest::MalformedEscape)?);
        } else {
            decoded.push(byte);
        }
    }
    let decoded = String::from_utf8(decoded).map_err(|_| BadRequest::Unreadable)?;
    check(&decoded)?;
    Ok(decoded)
}

/// Refuses a decoded query name or value that holds what no decoding should leave: a NUL, the mark of bytes
/// that were no UTF-8, or an escape that was too malformed to decode.
///
/// Gateways let a malformed escape through as it stands, so `100%25` and a bare `100%` look the same here. No
/// parameter of this service needs a percent sign: both are refused, rather than searched for.
pub(super) fn check(value: &str) -> Result<(), BadRequest> {
    if value.contains('\0') {
        return Err(BadRequest::Nul);
    }
    if value.contains(REPLACEMENT) {
        return Err(BadRequest::Unreadable);
    }
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            escape(&mut bytes).ok_or(BadRequest::MalformedEscape)?;
        }
    }
    Ok(())
}

/// The byte written by the two hexadecimal digits that follow a percent sign.
fn escape(bytes: &mut impl Iterator<Item = u8>) -> Option<u8> {
    let mut digit = || char::from(bytes.next()?).to_digit(16);
    let (high, low) = (digit()?, digit()?);
    u8::try_from(high * 16 + low).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_a_path_value_once() {
        assert_eq!(decode("L01%23x%C3%A9"), Ok("L01#xé".to_owned()));
        assert_eq!(decode("%2525"), Ok("%25".to_owned()));
        assert_eq!(decode("78242104200011"), Ok("78242104200011".to_owned()));
    }

    #[test]
    fn refuses_malformed_escapes_wherever_they_are() {
        for value in ["%", "%4", "%zz", "a%", "%é1", "%%41"] {
            assert_eq!(decode(value), Err(BadRequest::MalformedEscape), "{value}");
            assert_eq!(check(value), Err(BadRequest::MalformedEscape), "{value}");
        }
    }

    #[test]
    fn refuses_bytes_that_are_no_unicode() {
        assert_eq!(decode("%FF"), Err(BadRequest::Unreadable));
        assert_eq!(decode("%ED%A0%80"), Err(BadRequest::Unreadable));
        assert_eq!(check("a\u{FFFD}"), Err(BadRequest::Unreadable));
        assert_eq!(decode("%00"), Err(BadRequest::Nul));
        assert_eq!(check("a\0"), Err(BadRequest::Nul));
    }
}
