//! `caller`: who calls, in its own words.

use std::fmt;

use crate::request::Request;

/// Longest name kept, in characters.
const MAX_CHARS: usize = 60;

/// The caller's name, fit for logs: callers are asked to write a contact address before it, and logs hold no
/// personal data, so what looks like an address is dropped here, at the door.
///
/// It may be empty: a caller that wrote nothing but its address is given all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(String);

impl Caller {
    /// The name: at most 60 characters, none of them a control character.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn read(request: &Request) -> Option<Self> {
        request.query_value("caller").map(|text| Self::new(&text))
    }

    fn new(text: &str) -> Self {
        let text = glue_addresses(text);
        let words: Vec<&str> = text
            .split(|char: char| char.is_whitespace() || ",;<>()[]{}|\"".contains(char))
            .filter(|word| !word.is_empty() && !word.contains('@'))
            .collect();
        Self(words.join(" ").chars().take(MAX_CHARS).collect())
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text with every form of the at sign made the same, and no space around it, so that an address is one
/// word however it was written. Control and other invisible characters become spaces.
fn glue_addresses(text: &str) -> String {
    let mut glued = String::with_capacity(text.len());
    for char in text.replace("%40", "@").chars() {
        match char {
            '@' | '\u{FF20}' | '\u{FE6B}' => {
                glued.truncate(glued.trim_end().len());
                glued.push('@');
            }
            _ if glued.ends_with('@') && char.is_whitespace() => {}
            _ if is_invisible(char) => glued.push(' '),
            _ => glued.push(char),
        }
    }
    glued
}

/// Controls, and the marks that reverse or hide text in a terminal.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_name_and_drops_the_address() {
        for text in [
            "contact@domaine.fr nom_de_societe",
            "nom_de_societe <jean.dupont@domaine.fr>",
            "jean @ domaine.fr nom_de_societe",
            "jean%40domaine.fr;nom_de_societe",
            "jean\u{FF20}domaine.fr,nom_de_societe",
            "jean\u{200B}@domaine.fr nom_de_societe",
        ] {
            let kept = Caller::new(text);
            assert!(kept.as_str().ends_with("nom_de_societe"), "{kept}");
            assert!(!kept.as_str().contains("domaine"), "{kept}");
            assert!(!kept.as_str().contains('@'), "{kept}");
        }
    }

    #[test]
    fn is_short_and_on_one_line() {
        let kept = Caller::new(&format!("a\nb\r\u{1b}[31mc {}", "é".repeat(100)));
        assert_eq!(kept.as_str().chars().count(), 60);
        assert!(kept.as_str().starts_with("a b 31mc é"), "{kept}");
    }

    #[test]
    fn an_address_alone_leaves_an_empty_name() {
        assert_eq!(Caller::new("contact@domaine.fr").as_str(), "");
    }
}
