//! OPCO: the eleven opérateurs de compétences that fund apprenticeship.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text_form::text_form;

/// One of the eleven OPCO. It is stored under its short name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[repr(u8)]
pub enum Opco {
    /// Culture, media, leisure, sport.
    Afdas = 1,
    /// Labour-intensive services.
    Akto = 2,
    /// Finance and consulting.
    Atlas = 3,
    /// Construction.
    Constructys = 4,
    /// Commerce.
    Opcommerce = 5,
    /// Farming, fishing, food industry.
    Ocapiat = 6,
    /// Industry.
    Opco2i = 7,
    /// Local businesses.
    Ep = 8,
    /// Transport and car trade.
    Mobilite = 9,
    /// Health.
    Sante = 10,
    /// Social cohesion.
    Uniformation = 11,
}

/// The text names no OPCO.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("opco : unknown OPCO")]
pub struct OpcoError;

impl Opco {
    /// Every OPCO, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Afdas,
        Self::Akto,
        Self::Atlas,
        Self::Constructys,
        Self::Opcommerce,
        Self::Ocapiat,
        Self::Opco2i,
        Self::Ep,
        Self::Mobilite,
        Self::Sante,
        Self::Uniformation,
    ];

    /// 1 to 11: the byte by which the index filters. A number is never given to another OPCO.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The OPCO of a number, 1 to 11.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|opco| opco.number() == number)
    }

    /// The value of the parameter `opco`.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Afdas => "AFDAS",
            Self::Akto => "AKTO",
            Self::Atlas => "ATLAS",
            Self::Constructys => "CONSTRUCTYS",
            Self::Opcommerce => "OPCOMMERCE",
            Self::Ocapiat => "OCAPIAT",
            Self::Opco2i => "OPCO2I",
            Self::Ep => "EP",
            Self::Mobilite => "MOBILITE",
            Self::Sante => "SANTE",
            Self::Uniformation => "UNIFORMATION",
        }
    }

    /// The long label, which items carry.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Afdas => "AFDAS",
            Self::Akto => {
                "AKTO / Opco entreprises et salariés des services à forte intensité de main d'oeuvre"
            }
            Self::Atlas => "ATLAS",
            Self::Constructys => "Constructys",
            Self::Opcommerce => "L'Opcommerce",
            Self::Ocapiat => "OCAPIAT",
            Self::Opco2i => "OPCO 2i",
            Self::Ep => "Opco entreprises de proximité",
            Self::Mobilite => "Opco Mobilités",
            Self::Sante => "Opco Santé",
            Self::Uniformation => "Uniformation, l'Opco de la Cohésion sociale",
        }
    }

    /// Its site, in lower case.
    pub const fn url(self) -> &'static str {
        match self {
            Self::Afdas => "https://www.afdas.com",
            Self::Akto => "https://www.akto.fr",
            Self::Atlas => "https://www.opco-atlas.fr",
            Self::Constructys => "https://www.constructys.fr",
            Self::Opcommerce => "https://www.lopcommerce.com",
            Self::Ocapiat => "https://www.ocapiat.fr",
            Self::Opco2i => "https://www.opco2i.fr",
            Self::Ep => "https://www.opcoep.fr",
            Self::Mobilite => "https://www.opcomobilites.fr",
            Self::Sante => "https://www.opco-sante.fr",
            Self::Uniformation => "https://www.uniformation.fr",
        }
    }

    /// Reads a short name in either case.
    pub fn from_short(short: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|opco| opco.short().eq_ignore_ascii_case(short.trim()))
    }

    /// Reads a long label, in any case and with either apostrophe.
    pub fn from_label(label: &str) -> Option<Self> {
        let folded = |text: &str| text.trim().replace('’', "'").to_lowercase();
        let label = folded(label);
        Self::ALL.into_iter().find(|opco| folded(opco.label()) == label)
    }

    /// Reads the address of its site: scheme, `www.`, case and closing slash do not count.
    pub fn from_url(url: &str) -> Option<Self> {
        let url = url.trim().to_lowercase();
        Self::ALL.into_iter().find(|opco| bare(opco.url()) == bare(&url))
    }
}

/// An address without scheme, `www.` and closing slashes.
fn bare(url: &str) -> &str {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

impl FromStr for Opco {
    type Err = OpcoError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_short(text).ok_or(OpcoError)
    }
}

impl fmt::Display for Opco {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

text_form!(Opco);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_is_found_by_number_short_name_label_and_site() {
        for (number, opco) in (1..).zip(Opco::ALL) {
            assert_eq!(opco.number(), number);
            assert_eq!(Opco::from_number(number), Some(opco));
            assert_eq!(Opco::from_short(&opco.short().to_lowercase()), Some(opco));
            assert_eq!(Opco::from_label(opco.label()), Some(opco));
            assert_eq!(Opco::from_url(opco.url()), Some(opco));
        }
    }

    #[test]
    fn scheme_www_and_slash_of_a_site_do_not_count() {
        for url in ["http://OPCOEP.fr", "www.opcoep.fr/", "opcoep.fr", "HTTPS://www.opcoep.fr//"] {
            assert_eq!(Opco::from_url(url), Some(Opco::Ep), "{url}");
        }
        assert_eq!(Opco::from_url("https://example.org"), None);
        assert_eq!(Opco::from_url(""), None);
    }

    #[test]
    fn the_apostrophe_of_a_label_does_not_count() {
        assert_eq!(Opco::from_label("L’Opcommerce"), Some(Opco::Opcommerce));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*", number: u8) {
            let _ = (Opco::from_short(&text), Opco::from_label(&text), Opco::from_url(&text));
            prop_assert_eq!(Opco::from_number(number).is_some(), (1..=11).contains(&number));
        }
    }
}
