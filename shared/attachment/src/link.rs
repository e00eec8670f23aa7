//! Links that a reader of a CV may follow.

/// `tel:` is beyond what the rule names, because candidates write their number that way and a dialler asks first.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a link leads to a page, an address, a telephone or within the document. Anything else opens a file or a
/// program: `file:`, `javascript:`, a share of Windows, a path beside the document.
pub(crate) fn is_plain(link: &str) -> bool {
    // Readers skip these before they look for a scheme.
    let link = link.trim_matches(|c: char| c.is_control() || c.is_whitespace());
    if link.is_empty() || link.starts_with('#') {
        return true;
    }
    match link.split_once(':') {
        Some((scheme, _)) if SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => true,
        // A page whose scheme was left out, with a port or a colon further on.
        _ => link.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) && !link.contains('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn pages_addresses_and_places_in_the_document_are_plain() {
        for link in [
            "https://www.linkedin.com/in/x",
            " HTTP://exemple.invalid",
            "mailto:x@exemple.invalid",
            "tel:+33102030405",
            "#haut",
            "www.exemple.invalid/a:b",
            "",
        ] {
            assert!(is_plain(link), "{link}");
        }
    }

    #[test]
    fn files_scripts_and_shares_are_not() {
        for link in [
            "javascript:alert(1)",
            "\u{1}java\nscript:alert(1)",
            "file:///etc/passwd",
            "\\\\serveur\\partage",
            "//serveur/partage",
            "cv.exe",
            "../modele.dotm",
            "ms-word:ofe|u|https://exemple.invalid",
            "data:text/html,x",
            "www.\\\\serveur",
        ] {
            assert!(!is_plain(link), "{link}");
        }
    }
}
