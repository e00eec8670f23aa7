//! How a file is asked about where the scanner runs elsewhere.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A file to look at. As JSON it is in base64, which is four thirds of it: one of 4 MiB stays under the 6 MB that a
/// function may be asked with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileToScan {
    /// The file.
    #[serde(rename = "file", serialize_with = "encode", deserialize_with = "decode")]
    pub bytes: Vec<u8>,
}

fn encode<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    // What it is instead is not told: anything may be in it.
    STANDARD.decode(text).map_err(|_| D::Error::custom("the file is not in base64"))
}

impl fmt::Debug for FileToScan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileToScan").field("bytes", &self.bytes.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Verdict};

    #[test]
    fn a_file_is_read_back_and_its_bytes_are_in_no_error_and_no_print() {
        let file = FileToScan { bytes: b"%PDF-1.7 Aucune Personne".to_vec() };
        let json = serde_json::to_string(&file).unwrap();
        assert_eq!(json, r#"{"file":"JVBERi0xLjcgQXVjdW5lIFBlcnNvbm5l"}"#);
        assert_eq!(serde_json::from_str::<FileToScan>(&json).unwrap(), file);
        assert_eq!(format!("{file:?}"), "FileToScan { bytes: 24 }");
        let error = serde_json::from_str::<FileToScan>(r#"{"file":"Aucune Personne"}"#).unwrap_err();
        assert!(!error.to_string().contains("Aucune"), "{error}");
    }

    #[test]
    fn a_verdict_is_a_word() {
        for (verdict, word) in [(Verdict::Clean, "\"clean\""), (Verdict::Infected, "\"infected\"")] {
            assert_eq!(serde_json::to_string(&verdict).unwrap(), word);
            assert_eq!(serde_json::from_str::<Verdict>(word).unwrap(), verdict);
        }
    }

    #[test]
    fn the_largest_file_fits_into_what_a_function_may_be_asked_with() {
        let json = Limits::WHOLE_DATABASE.bytes.div_ceil(3) * 4 + r#"{"file":""}"#.len();
        assert!(json < 6_000_000, "{json}");
    }
}
