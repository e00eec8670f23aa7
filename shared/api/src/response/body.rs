//! The body of an answer, as it travels: a JSON text inside the JSON text of the event.

use std::io;

use serde::{Serialize, Serializer};
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use serde_json::value::RawValue;

/// A body. It is written once, as the string that the gateway is sent: an answer of hundreds of KB need not be gone
/// through again to be escaped.
#[derive(Debug, Clone, Default)]
pub struct Body(Option<Box<RawValue>>);

impl Body {
    /// The JSON of a value. Fails where JSON cannot hold it.
    pub fn json(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        let mut string = vec![b'"'];
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut string, InString))?;
        string.push(b'"');
        let string = String::from_utf8(string).map_err(serde::ser::Error::custom)?;
        RawValue::from_string(string).map(|raw| Self(Some(raw)))
    }

    /// A text that is no JSON.
    pub fn text_of(text: &str) -> Self {
        Self(serde_json::to_string(text).and_then(RawValue::from_string).ok())
    }

    /// Whether nothing is sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Bytes that the caller gets, for the log. Line breaks between the parts of JSON that was there already count half
    /// a byte too many each; our own JSON has none.
    pub fn len(&self) -> usize {
        let Some(raw) = &self.0 else { return 0 };
        let count = |byte| raw.get().bytes().filter(|&other| other == byte).count();
        // A quotation mark of the text has become two bytes, one of them a backslash; so has a backslash, both. The
        // string's own two marks are no part of the text.
        let escapes = (count(b'\\') + count(b'"') - 2) / 2;
        raw.get().len() - 2 - escapes
    }

    /// Bytes that the gateway is sent: those of the text, and the escapes of it.
    pub fn sent_bytes(&self) -> usize {
        self.sent().len()
    }

    /// The text that the caller gets.
    pub fn text(&self) -> String {
        self.0.as_ref().and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }

    /// What tells one body from another.
    pub(super) fn sent(&self) -> &str {
        self.0.as_ref().map_or("", |raw| raw.get())
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.sent() == other.sent()
    }
}

impl Eq for Body {}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(raw) => raw.serialize(serializer),
            None => serializer.serialize_str(""),
        }
    }
}

/// Writes JSON as the inside of a JSON string.
struct InString;

impl Formatter for InString {
    fn begin_string<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(br#"\""#)
    }

    fn end_string<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(br#"\""#)
    }

    /// The escape begins with a backslash, which is escaped; so is what follows, where it has to be.
    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match escape {
            CharEscape::Quote => writer.write_all(br#"\\\""#),
            CharEscape::ReverseSolidus => writer.write_all(br"\\\\"),
            other => {
                writer.write_all(br"\")?;
                CompactFormatter.write_char_escape(writer, other)
            }
        }
    }

    fn write_raw_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let quoted = serde_json::to_string(fragment)?;
        let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        writer.write_all(inside.unwrap_or_default().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Every character that JSON escapes, one that it need not, and others of each length.
    const ODD: &str = "\u{0}\u{1}\u{8}\u{9}\u{a}\u{c}\u{d}\u{1f}\"\\/\u{7f}\u{2028}é🍞";

    fn is_written_as_if_escaped_afterwards(value: &impl Serialize) {
        let plain = serde_json::to_string(value).unwrap();
        let body = Body::json(value).unwrap();
        assert_eq!(serde_json::to_string(&body).unwrap(), serde_json::to_string(&plain).unwrap());
        assert_eq!((body.text(), body.len(), body.is_empty()), (plain.clone(), plain.len(), false));
    }

    #[test]
    fn odd_texts_numbers_and_keys_are_as_if_escaped_afterwards() {
        is_written_as_if_escaped_afterwards(&json!({ODD: [ODD, 1, -2.5, true, null, {}, []], "\"": "\\\""}));
        is_written_as_if_escaped_afterwards(&std::collections::BTreeMap::from([(1, 'é'), (2, '"')]));
        is_written_as_if_escaped_afterwards(&());
    }

    #[test]
    fn json_that_is_there_already_is_kept_with_its_spaces_and_marks() {
        for raw in ["{ \"a\" :\n\t\"\\\"b\\u00e9\" }", "\"\\\\\"", "\"\"", "1"] {
            let body = Body::json(&RawValue::from_string(raw.to_owned()).unwrap()).unwrap();
            assert_eq!((serde_json::to_value(&body).unwrap(), body.text()), (json!(raw), raw.to_owned()));
        }
    }

    #[test]
    fn no_body_is_an_empty_string() {
        let body = Body::default();
        assert_eq!((body.text().as_str(), body.len(), body.is_empty()), ("", 0, true));
        assert_eq!(serde_json::to_value(&body).unwrap(), json!(""));
    }

    proptest! {
        #[test]
        fn any_text_is_as_if_escaped_afterwards(text in any::<String>()) {
            is_written_as_if_escaped_afterwards(&text);
        }
    }
}
