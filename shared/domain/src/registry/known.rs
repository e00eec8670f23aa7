//! Addresses that an OPCO knows to be of a company, as its referential lists them: `{"siren": …, "emails": […]}`.

use serde_json::Value;

use crate::email::Email;
use crate::rows::RowError;
use crate::rows::fields::Fields;
use crate::siren::Siren;

/// The most addresses of a row: what is longer is no list of a company's.
const MAX_ADDRESSES: usize = 1_000;

/// A company and addresses of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddresses {
    /// The company.
    pub siren: Siren,
    /// One at least, each once.
    pub emails: Vec<Email>,
}

impl KnownAddresses {
    /// Reads a line. An address that is none is left out; a row without any is refused.
    pub fn parse(line: &[u8]) -> Result<Self, RowError> {
        let row = Fields::of_line(line)?;
        let siren = row
            .parsed_code("siren", 9, "9 digits that satisfy the Luhn formula")?
            .ok_or_else(|| row.missing("siren"))?;
        let listed = row.list("emails")?.iter().filter_map(Value::as_str);
        let mut emails: Vec<Email> = listed.filter_map(|text| text.parse().ok()).collect();
        emails.sort_unstable();
        emails.dedup();
        match emails.len() {
            0 => Err(row.missing("emails")),
            1..=MAX_ADDRESSES => Ok(Self { siren, emails }),
            _ => Err(row.wrong("emails", "1,000 addresses at most")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<KnownAddresses, String> {
        KnownAddresses::parse(line.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_the_addresses_of_a_company_each_once() {
        let known =
            parse(r#"{"siren": 22079, "emails": ["RH@Exemple.invalid", "null", "rh@exemple.invalid", 3]}"#);
        let known = known.unwrap();
        assert_eq!(known.siren.as_str(), "000022079");
        assert_eq!(known.emails, ["rh@exemple.invalid".parse().unwrap()]);
    }

    #[test]
    fn refuses_a_row_by_its_field_and_never_tells_the_address() {
        for (line, reason) in [
            ("[]", "the row is not a JSON object"),
            (r#"{"emails": ["rh@exemple.invalid"]}"#, "siren: missing"),
            (r#"{"siren": "000022078", "emails": []}"#, "siren: 9 digits that satisfy the Luhn formula"),
            (r#"{"siren": "000022079"}"#, "emails: missing"),
            (r#"{"siren": "000022079", "emails": ["rh@"]}"#, "emails: missing"),
            (r#"{"siren": "000022079", "emails": {"a": "rh@exemple.invalid"}}"#, "emails: a list"),
        ] {
            assert_eq!(parse(line).unwrap_err(), reason);
        }
    }
}
