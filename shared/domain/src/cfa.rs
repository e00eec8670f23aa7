//! A training centre (CFA) that an offer may be delegated to (contract 1.11, 3.2).

use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::seal::SealedEmail;
use crate::siret::Siret;

/// Words by which the name of a street begins, as registers and schools write them.
const KINDS: [&str; 32] = [
    "allée",
    "allee",
    "all",
    "avenue",
    "av",
    "ave",
    "boulevard",
    "bd",
    "bld",
    "chemin",
    "che",
    "cité",
    "cite",
    "cours",
    "crs",
    "esplanade",
    "esp",
    "faubourg",
    "fg",
    "impasse",
    "imp",
    "montée",
    "passage",
    "place",
    "pl",
    "promenade",
    "quai",
    "route",
    "rte",
    "rue",
    "square",
    "voie",
];
/// What may follow the number of a house.
const REPETITIONS: [&str; 4] = ["bis", "ter", "quater", "quinquies"];

/// A CFA of the catalogue whose manager is quality-certified and has an address. There is no other in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cfa {
    /// Its id in the catalogue, else its SIRET: what a partner chooses it by.
    pub id: String,
    /// Of the establishment that teaches.
    pub siret: Siret,
    /// Raison sociale, else its name for the public.
    pub name: String,
    /// Where in its commune.
    #[serde(default)]
    pub street: Street,
    /// Code postal.
    pub zip: String,
    /// Name of its département.
    pub departement: String,
    /// Where it teaches.
    pub point: Point,
    /// The address of its manager, to which an offer is sent.
    pub email: SealedEmail,
    /// [`crate::mail::address_hash`] of that address: whether mails to it were stopped is known without opening it.
    pub address_hash: String,
}

/// The line of a street, in the parts that the contract shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Street {
    /// `12`, `12 bis`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// `rue`, `AVENUE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Street {
    /// Takes a line apart. What is not understood stays in the name, so that nothing is lost.
    pub fn of_line(line: &str) -> Self {
        let mut words = line.split_whitespace().peekable();
        let mut number = words.next_if(|word| is_number(word)).map(str::to_owned);
        if let Some(number) = &mut number
            && let Some(repetition) = words.next_if(|word| is_repetition(word))
        {
            number.push(' ');
            number.push_str(repetition);
        }
        let is_kind = |word: &&str| {
            let word = word.trim_end_matches('.').to_lowercase();
            KINDS.contains(&word.as_str())
        };
        let kind = words.next_if(is_kind).map(str::to_owned);
        let name = words.collect::<Vec<_>>().join(" ");
        Self { number, kind, name: Some(name).filter(|name| !name.is_empty()) }
    }
}

/// `12`, `12,`, `12B`, `12-14`: a digit, and nothing that a word would have.
fn is_number(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    word.starts_with(|c: char| c.is_ascii_digit())
        && letters < 2
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | ','))
}

fn is_repetition(word: &str) -> bool {
    REPETITIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> [String; 3] {
        let Street { number, kind, name } = Street::of_line(line);
        [number, kind, name].map(Option::unwrap_or_default)
    }

    #[test]
    fn a_line_is_taken_apart() {
        assert_eq!(parts("9 rue Y"), ["9", "rue", "Y"]);
        assert_eq!(parts("12 BIS AVENUE DES EXEMPLES"), ["12 BIS", "AVENUE", "DES EXEMPLES"]);
        assert_eq!(parts("12B bd. Victor-Hugo"), ["12B", "bd.", "Victor-Hugo"]);
        assert_eq!(parts("Place du Marché"), ["", "Place", "du Marché"]);
    }

    #[test]
    fn what_is_not_understood_stays_in_the_name() {
        assert_eq!(parts("Zone artisanale des Prés"), ["", "", "Zone artisanale des Prés"]);
        assert_eq!(parts("8mai Lotissement"), ["", "", "8mai Lotissement"]);
        assert_eq!(parts("bis"), ["", "", "bis"]);
        assert_eq!(parts("3"), ["3", "", ""]);
        assert_eq!(parts(" "), ["", "", ""]);
    }
}
