//! The address of a webhook.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::Reach;

/// Characters of an address.
pub const MAX_URL_CHARS: usize = 500;
/// The port of https; the others that are allowed are those that no system service has.
const HTTPS_PORT: u16 = 443;
const FIRST_OTHER_PORT: u16 = 1024;
/// Names that lead nowhere but into a network of one's own (RFC 6761, RFC 6762, ICANN's `internal`).
const OWN_NETWORK: [&str; 3] = ["localhost", "local", "internal"];

/// Where a webhook is: https, by a name, and nothing that only we could reach. `Debug` hides it, since its path or query
/// may be a secret of its partner's.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(Url);

/// Why an address is none that we call; said in French, to the partner that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum WebhookUrlError {
    /// It is no URL.
    #[error("Adresse web attendue : https://…")]
    Unreadable,
    /// It is too long.
    #[error("Au plus {MAX_URL_CHARS} caractères")]
    TooLong,
    /// Whoever is on the way could read it.
    #[error("Seul https est appelé")]
    NotHttps,
    /// It has a name and a password in it, which logs of all kinds would show.
    #[error("Retirez le nom et le mot de passe de l'adresse : chaque appel est signé")]
    UserInfo,
    /// It has a part that no server ever sees.
    #[error("Retirez le fragment (#…) : aucun serveur ne le voit")]
    Fragment,
    /// Its port may be that of a system service.
    #[error("Port 443, ou 1024 et au-delà")]
    Port,
    /// It names a machine by its number, or one of a network of its own.
    #[error("Nom de domaine public attendu, pas une adresse IP")]
    Host,
}

impl WebhookUrl {
    /// Reads an address as browsers do (WHATWG URL): so a number that stands for an IP address is seen as one, whether it
    /// is written decimal, octal, hexadecimal or in figures of another script.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, WebhookUrlError> {
        if text.chars().count() > MAX_URL_CHARS {
            return Err(WebhookUrlError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| WebhookUrlError::Unreadable)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebhookUrlError::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(WebhookUrlError::Fragment);
        }
        if reach == Reach::Loopback && is_here(&url) {
            return Ok(Self(url));
        }
        if url.scheme() != "https" {
            return Err(WebhookUrlError::NotHttps);
        }
        let port = url.port_or_known_default().unwrap_or(HTTPS_PORT);
        if port != HTTPS_PORT && port < FIRST_OTHER_PORT {
            return Err(WebhookUrlError::Port);
        }
        match url.host() {
            Some(Host::Domain(name)) if is_public_name(name) => Ok(Self(url)),
            _ => Err(WebhookUrlError::Host),
        }
    }

    /// The text, as it is called.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// On this machine, by whatever it is called.
fn is_here(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).to_canonical().is_loopback(),
        None => false,
    };
    is_loopback && matches!(url.scheme(), "http" | "https")
}

fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let Some((_, top)) = name.rsplit_once('.') else { return false };
    !top.is_empty() && !OWN_NETWORK.contains(&top)
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookUrl(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(text: &str) -> Result<String, WebhookUrlError> {
        WebhookUrl::parse(text, Reach::Public).map(|url| url.as_str().to_owned())
    }

    #[test]
    fn an_https_address_with_a_name_is_taken() {
        for text in [
            "https://exemple.invalid/",
            "https://hooks.exemple.invalid/a/b?c=d",
            "https://exemple.invalid:8443/",
            "https://exemple.invalid:1024/",
        ] {
            assert_eq!(public(text).as_deref(), Ok(text));
        }
        assert_eq!(public("https://EXEMPLE.invalid:443").as_deref(), Ok("https://exemple.invalid/"));
    }

    #[test]
    fn an_ip_address_is_refused_however_it_is_written() {
        for host in [
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "0xa9.0xfe.0xa9.0xfe",
            "0251.0376.0251.0376",
            "169.254.43518",
            "127.1",
            "0",
            "1.1.1.1",
            "１６９.２５４.１６９.２５４",
            "[::1]",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "[fd00:ec2::254]",
            "[2606:4700:4700::1111]",
        ] {
            let text = format!("https://{host}/latest/meta-data/");
            assert_eq!(public(&text), Err(WebhookUrlError::Host), "{text}");
        }
        for text in ["https://256.256.256.256/", "https://1.2.3.4.5/", "https://0x/", "https://[::1/"] {
            assert!(public(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_for_the_internet_is_refused() {
        use WebhookUrlError::{Fragment, Host, NotHttps, Port, TooLong, Unreadable, UserInfo};
        for (text, wanted) in [
            ("", Unreadable),
            ("exemple.invalid", Unreadable),
            ("https://", Unreadable),
            ("http://exemple.invalid/", NotHttps),
            ("ftp://exemple.invalid/", NotHttps),
            ("file:///etc/passwd", NotHttps),
            ("javascript:alert(1)", NotHttps),
            ("https://moi@exemple.invalid/", UserInfo),
            ("https://exemple.invalid@169.254.169.254/", UserInfo),
            ("https://:secret@exemple.invalid/", UserInfo),
            ("https://exemple.invalid/#a", Fragment),
            ("https://exemple.invalid:22/", Port),
            ("https://exemple.invalid:80/", Port),
            ("https://exemple.invalid:1023/", Port),
            ("https://localhost/", Host),
            ("https://LOCALHOST./", Host),
            ("https://a.localhost/", Host),
            ("https://printer.local/", Host),
            ("https://metadata.google.internal/", Host),
            ("https://intranet/", Host),
            (&format!("https://exemple.invalid/{}", "a".repeat(MAX_URL_CHARS)), TooLong),
        ] {
            assert_eq!(public(text), Err(wanted), "{text}");
        }
    }

    #[test]
    fn this_machine_is_an_address_only_where_that_is_said() {
        for text in ["http://127.0.0.1:8080/", "http://localhost:8080/", "http://[::1]:8080/"] {
            assert!(WebhookUrl::parse(text, Reach::Loopback).is_ok(), "{text}");
            assert!(WebhookUrl::parse(text, Reach::Public).is_err(), "{text}");
        }
        for text in ["http://exemple.invalid/", "http://10.0.0.1/", "https://169.254.169.254/"] {
            assert!(WebhookUrl::parse(text, Reach::Loopback).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_read_again_the_same_and_never_panics(text in "https://[a-z0-9.:@#%\\[\\]/\\\\é]{0,40}") {
            if let Ok(url) = WebhookUrl::parse(&text, Reach::Public) {
                prop_assert_eq!(WebhookUrl::parse(url.as_str(), Reach::Public), Ok(url.clone()));
                prop_assert!(url.as_str().starts_with("https://"));
            }
        }
    }
}
