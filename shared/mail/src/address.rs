//! Addresses as mail servers take them, and who our mails are from.

use domain::email::Email;
use lettre::Address;
use url::Host;

/// Who our mails are from: configured, and the same for every mail.
#[derive(Debug, Clone)]
pub struct Sender {
    /// What the mails are from.
    pub address: Email,
    /// The name shown beside it.
    pub name: String,
    /// Where answers go, if not to `address`; mails that invite to write to us name it.
    pub reply_to: Option<Email>,
}

/// The address cannot be written in a message.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("no mail server takes such an address")]
pub(crate) struct AddressError;

/// The address with its domain in ASCII, since few servers take another. What is left of other letters before the
/// `@` is for the server to refuse.
pub(crate) fn on_the_wire(email: &Email) -> Result<Address, AddressError> {
    let (local, domain) = email.as_str().rsplit_once('@').ok_or(AddressError)?;
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return Err(AddressError) };
    Address::new(local, domain).map_err(|_| AddressError)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<String> {
        on_the_wire(&text.parse().unwrap()).ok().map(|address| address.to_string())
    }

    #[test]
    fn a_domain_is_written_in_ascii() {
        assert_eq!(written("rh@exemple.fr").as_deref(), Some("rh@exemple.fr"));
        assert_eq!(written("rh@société.fr").as_deref(), Some("rh@xn--socit-esab.fr"));
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        assert_eq!(written("rh@127.0.0.1"), None);
    }
}
