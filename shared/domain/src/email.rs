//! E-mail addresses: personal data, so they print themselves only when asked to.

mod public_domains;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text_form::text_form;

/// The longest address that mail servers accept, in bytes (RFC 5321).
const MAX_BYTES: usize = 254;
/// The longest part before the `@`, in bytes.
const MAX_LOCAL_BYTES: usize = 64;

/// An e-mail address, in lower case and with its domain in ASCII, so that one mailbox has one form: providers tell of it
/// by that one. `Debug` hides it, so that no log shows it by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("email : Badly formatted email address.")]
pub struct EmailError;

impl Email {
    /// The address, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its domain, where mailboxes are given by whoever owns it; none where anybody may open one.
    pub fn own_domain(&self) -> Option<&str> {
        let (_, domain) = self.0.split_once('@')?;
        (!public_domains::is_public(domain)).then_some(domain)
    }
}

/// A light check, since only a mail that arrives proves an address: one `@`, a domain with a dot, no space and
/// no control character, 254 bytes at most.
impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed: String = text.trim().nfc().flat_map(char::to_lowercase).collect();
        let (local, domain) = typed.split_once('@').ok_or(EmailError)?;
        let domain = idna::domain_to_ascii(domain).map_err(|_| EmailError)?;
        let text = format!("{local}@{domain}");
        let odd = |c: char| c.is_whitespace() || c.is_control() || "()<>[],;:\\\"".contains(c);
        let sound = text.len() <= MAX_BYTES
            && (1..=MAX_LOCAL_BYTES).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !text.contains(odd)
            && !text.contains("..")
            && is_domain(&domain);
        if sound { Ok(Self(text)) } else { Err(EmailError) }
    }
}

/// Labels of letters, digits and inner hyphens, of which there are at least two.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(hidden)")
    }
}

text_form!(Email);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_kept_in_lower_case() {
        assert_eq!(" Rh@Exemple.FR ".parse::<Email>().unwrap().as_str(), "rh@exemple.fr");
    }

    #[test]
    fn a_domain_has_one_form_however_it_was_typed() {
        for text in ["rh@société.fr", "rh@socie\u{301}te\u{301}.fr", "RH@XN--SOCIT-ESAB.FR"] {
            assert_eq!(text.parse::<Email>().unwrap().as_str(), "rh@xn--socit-esab.fr", "{text}");
        }
    }

    #[test]
    fn refuses_what_no_server_would_deliver() {
        for text in
            ["", "null", "a", "a@", "@b.fr", "a@b", "a@b..fr", "a@.fr", "a b@c.fr", "a@b@c.fr", "a@-b.fr"]
        {
            assert_eq!(text.parse::<Email>(), Err(EmailError), "{text}");
        }
        let long = format!("a@{}fr", "bcd.".repeat(70));
        assert_eq!(long.parse::<Email>(), Err(EmailError));
    }

    #[test]
    fn a_domain_is_its_owners_unless_anybody_may_open_a_mailbox_there() {
        let own = |text: &str| text.parse::<Email>().unwrap().own_domain().map(str::to_owned);
        assert_eq!(own("RH@Exemple.INVALID").as_deref(), Some("exemple.invalid"));
        assert_eq!(own("boulangerie@Orange.fr"), None);
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        let email: Email = "rh@exemple.fr".parse().unwrap();
        assert_eq!(format!("{email:?}"), "Email(hidden)");
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again(text in "[a-zA-Z0-9._+-]{1,12}@[a-zA-Z0-9.-]{1,12}\\.[a-z]{2,4}") {
            if let Ok(email) = text.parse::<Email>() {
                prop_assert_eq!(email.as_str().parse::<Email>().unwrap(), email);
            }
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = text.parse::<Email>();
        }
    }
}
