//! Which web pages may read an answer (contract 1.0).

/// The domain of the State's own sites: all of them may call.
const STATE_SITES: &str = ".gouv.fr";

/// What decides whether a web page may read the answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cors<'a> {
    /// The `Origin` of the request; none when no browser sent it.
    pub origin: Option<&'a str>,
    /// Our own origin, as `https://host`.
    pub own: Option<&'a str>,
    /// The origins of the calling partner's widgets.
    pub partner: &'a [String],
}

impl<'a> Cors<'a> {
    /// The origin to echo; none when the page may not read the answer.
    pub fn allowed(&self) -> Option<&'a str> {
        let origin = self.origin?;
        let listed = self.own == Some(origin) || self.partner.iter().any(|listed| listed == origin);
        (listed || is_state_site(origin)).then_some(origin)
    }
}

/// Over https only, and a bare host: a port, a path or a name that merely contains the domain is refused.
fn is_state_site(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("https://") else { return false };
    host.strip_suffix(STATE_SITES).is_some_and(|labels| {
        !labels.is_empty()
            && !labels.starts_with('.')
            && labels.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_state_sites_our_own_and_the_partners_through() {
        let partner = ["https://widgets.example".to_owned()];
        for origin in [
            "https://labonnealternance.apprentissage.beta.gouv.fr",
            "https://own.example",
            "https://widgets.example",
        ] {
            let cors = Cors { origin: Some(origin), own: Some("https://own.example"), partner: &partner };
            assert_eq!(cors.allowed(), Some(origin));
        }
    }

    #[test]
    fn refuses_what_only_looks_like_a_state_site() {
        for origin in [
            "http://site.gouv.fr",
            "https://gouv.fr",
            "https://.gouv.fr",
            "https://evilgouv.fr",
            "https://site.gouv.fr.evil.example",
            "https://evil.example/.gouv.fr",
            "https://evil.example#.gouv.fr",
            "https://site.gouv.fr:8443",
            "null",
            "",
        ] {
            let cors = Cors { origin: Some(origin), ..Cors::default() };
            assert_eq!(cors.allowed(), None, "{origin}");
        }
        assert_eq!(Cors { own: Some("https://own.example"), ..Cors::default() }.allowed(), None);
    }
}
