//! How somebody is reached whom a mail tells of.

use domain::email::Email;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::words::harmless;

/// What stays of an address in `mailto:`: nothing else, so that no `?` or `&` adds receivers, a subject or a text.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An address and a number, where the mail tells them.
pub(super) struct Contact {
    pub(super) email: Option<Address>,
    pub(super) phone: Option<String>,
}

/// An address of mail as it is shown, and the link that writes to it, where it is one.
///
/// It is the one thing of a person that stays usable: whoever reads the mail is to write there. The link is ours, of the
/// address that was checked. A plain address is shown as it is, since clients make of it what we do, and since marks
/// inside would be copied with it. Any other may hold what clients take for a page (`www.exemple.fr/a@exemple.fr`): it is
/// broken up as all that people type, and only the link is still of use.
pub(super) struct Address {
    pub(super) shown: String,
    pub(super) link: Option<String>,
}

impl Contact {
    pub(super) fn new(email: Option<&str>, phone: Option<&str>) -> Self {
        Self { email: email.map(Address::new), phone: phone.map(dialled) }
    }

    pub(super) const fn is_known(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }
}

impl Address {
    fn new(text: &str) -> Self {
        let Ok(email) = text.parse::<Email>() else { return Self { shown: harmless(text), link: None } };
        let shown = if is_plain(&email) { email.as_str().to_owned() } else { harmless(email.as_str()) };
        Self { shown, link: Some(mailto(&email)) }
    }
}

/// Whether no client sees anything else in it than an address of mail.
fn is_plain(email: &Email) -> bool {
    let (local, _) = email.as_str().split_once('@').unwrap_or_default();
    local.chars().all(|c| c.is_alphanumeric() || "._+-'".contains(c)) && !local.starts_with("www.")
}

fn mailto(email: &Email) -> String {
    let (local, domain) = email.as_str().split_once('@').unwrap_or_default();
    format!("mailto:{}@{}", utf8_percent_encode(local, ENCODED), utf8_percent_encode(domain, ENCODED))
}

/// A number with spaces between its parts: dots would have to be broken up, and copied so.
fn dialled(text: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || " +.-/()".contains(c);
    if text.chars().all(is_number) { harmless(&text.replace(['.', '-', '/'], " ")) } else { harmless(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> (String, Option<String>) {
        let Address { shown, link } = Address::new(text);
        (shown, link)
    }

    #[test]
    fn a_plain_address_is_shown_as_it_is() {
        for text in ["elodie.martin@exemple.fr", "o'brien+cv_2-b@exemple.fr"] {
            assert_eq!(written(text).0, text);
        }
        let link = Some("mailto:o%27brien%2Bcv@exemple.fr".to_owned());
        assert_eq!(written("O'Brien+cv@Exemple.fr"), ("o'brien+cv@exemple.fr".to_owned(), link));
    }

    #[test]
    fn what_looks_like_a_page_is_broken_up_and_still_written_to() {
        for local in ["www.evil.example", "evil.example/a", "a?bcc=b", "a#b", "a\u{202e}b"] {
            let (shown, link) = written(&format!("{local}@exemple.fr"));
            assert!(shown.contains("@\u{200b}") && !shown.contains("evil.example"), "{shown}");
            let link = link.unwrap();
            assert!(link.ends_with("@exemple.fr") && !link.contains(['?', '&', '#', '/']), "{link}");
        }
    }

    #[test]
    fn what_is_no_address_is_no_link() {
        for text in ["", "evil.example", "a@b", "a@evil.example?bcc=b@c.fr", "a@b.fr\r\nBcc: c@d.fr"] {
            let (shown, link) = written(text);
            assert!(link.is_none() && !shown.contains("evil.example") && !shown.contains("b.fr"), "{shown}");
        }
    }

    #[test]
    fn a_number_is_shown_so_that_it_can_be_dialled() {
        for (text, shown) in [
            ("0612345678", "0612345678"),
            ("06.12.34.56.78", "06 12 34 56 78"),
            ("+33 (0)6-12-34-56-78", "+33 (0)6 12 34 56 78"),
            ("10.0.0.1", "10 0 0 1"),
            ("evil.example", "evil.\u{200b}example"),
        ] {
            assert_eq!(dialled(text), shown);
        }
    }

    proptest! {
        #[test]
        fn a_link_holds_one_address_and_nothing_else(text in "\\PC{1,12}@[a-z]{1,8}\\.fr") {
            if let Some(link) = Address::new(&text).link {
                let address = link.strip_prefix("mailto:").unwrap();
                prop_assert!(address.chars().all(|c| c.is_ascii_alphanumeric() || "-._~%@".contains(c)));
                prop_assert_eq!(address.matches('@').count(), 1);
            }
        }
    }
}
