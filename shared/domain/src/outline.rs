//! The little of a training that lists of trainings keep: enough to choose one and to link to its trades.

use serde::{Deserialize, Serialize};

use crate::cfd::Cfd;
use crate::formation::Formation;
use crate::geo::Point;
use crate::insee::Insee;
use crate::mef::Mef;
use crate::rncp::RncpCode;
use crate::rome::Romes;

/// A training in some 200 bytes, against 830 of its card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Clé ministère éducatif.
    pub id: String,
    /// Trades it leads to.
    pub romes: Romes,
    /// Code formation diplôme.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cfd: Option<Cfd>,
    /// RNCP code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rncp: Option<RncpCode>,
    /// Modules élémentaires de formation.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mefs: Vec<Mef>,
    /// Where it is taught.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub point: Option<Point>,
    /// Code postal of that place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub zip: Option<String>,
    /// Commune of that place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub insee: Option<Insee>,
}

impl From<&Formation> for Outline {
    fn from(formation: &Formation) -> Self {
        Self {
            id: formation.id.clone(),
            romes: formation.romes.clone(),
            cfd: formation.cfd,
            rncp: formation.rncp.clone(),
            mefs: formation.mefs.clone(),
            point: formation.address.point,
            zip: formation.address.zip.clone(),
            insee: formation.address.insee.clone(),
        }
    }
}
