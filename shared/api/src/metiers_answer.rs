//! The bodies of the routes of métiers and trades (contract 1.9).

use metiers::{Appellation, Diploma, Metier, Sheet};
use serde::Serialize;
use utoipa::ToSchema;

/// `GET /v1/metiers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetiersAnswer {
    /// Métiers, the best first.
    pub labels_and_romes: Vec<LabelAndRomes>,
}

/// `GET /rome` and `GET /jobsdiplomas`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobsAndDiplomasAnswer {
    /// Métiers, the best first.
    pub labels_and_romes: Vec<LabelAndRomes>,
    /// Certifications, the best first.
    pub labels_and_romes_for_diplomas: Vec<LabelAndRomes>,
}

/// A métier or a certification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelAndRomes {
    label: &'static str,
    romes: Vec<&'static str>,
    rncps: Vec<&'static str>,
    #[schema(schema_with = crate::openapi::job_or_diploma)]
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rome_titles: Option<Vec<RomeTitle>>,
}

/// A trade with its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RomeTitle {
    code_rome: &'static str,
    intitule: &'static str,
}

/// `GET /v1/metiers/all`, and the métiers of a training or of an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MetierLabelsAnswer {
    /// Names, each once, sorted.
    pub metiers: Vec<&'static str>,
}

/// `GET /v1/metiers/intitule`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppellationsAnswer {
    /// Names of trades, the closest first.
    pub couple_appellation_rome_metier: Vec<AppellationRome>,
}

/// A name of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppellationRome {
    code_rome: &'static str,
    intitule: &'static str,
    appellation: &'static str,
    /// What a deposit takes under this name.
    #[serde(rename = "appellation_code")]
    appellation_code: &'static str,
}

/// `GET /rome/detail/{rome}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RomeSheet {
    code: &'static str,
    libelle: &'static str,
    domaine_professionnel: RomeDomain,
    appellations: Vec<RomeName>,
    metier: &'static str,
}

/// A domain of trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RomeDomain {
    code: &'static str,
    libelle: &'static str,
    grand_domaine: RomeFamily,
}

/// A family of domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RomeFamily {
    code: &'static str,
    libelle: &'static str,
}

/// A name of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RomeName {
    libelle: &'static str,
}

impl LabelAndRomes {
    /// A métier, with the labels of its trades where they are wanted.
    pub fn job(metier: Metier, with_rome_labels: bool) -> Self {
        let titles = || {
            let titles = metier.rome_titles();
            titles.map(|(code_rome, intitule)| RomeTitle { code_rome, intitule }).collect()
        };
        Self {
            label: metier.label(),
            romes: metier.romes().collect(),
            rncps: metier.rncps().collect(),
            r#type: "job",
            rome_titles: with_rome_labels.then(titles),
        }
    }

    /// A certification.
    pub fn diploma(diploma: Diploma) -> Self {
        Self {
            label: diploma.label(),
            romes: diploma.romes().collect(),
            rncps: diploma.rncps().collect(),
            r#type: "diploma",
            rome_titles: None,
        }
    }
}

impl From<Appellation> for AppellationRome {
    fn from(found: Appellation) -> Self {
        Self {
            code_rome: found.rome,
            intitule: found.rome_label,
            appellation: found.name,
            appellation_code: found.code,
        }
    }
}

impl From<Sheet> for RomeSheet {
    fn from(sheet: Sheet) -> Self {
        let family = RomeFamily { code: sheet.family.0, libelle: sheet.family.1 };
        Self {
            code: sheet.code,
            libelle: sheet.label,
            domaine_professionnel: RomeDomain {
                code: sheet.domain.0,
                libelle: sheet.domain.1,
                grand_domaine: family,
            },
            appellations: sheet.appellations.into_iter().map(|libelle| RomeName { libelle }).collect(),
            metier: sheet.metier.label(),
        }
    }
}
