//! The 404 bodies, which differ from route to route (contract 1.6).

use serde::Serialize;
use usecases::views::ViewError;
use utoipa::ToSchema;

use super::ApiError;
use super::shapes::{ZApiError, ZResError};
use crate::response::Response;

/// What was asked and is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// No company of the predictive list has this SIRET.
    #[error("no such company")]
    Company,
    /// No offer deposited here has this id.
    #[error("no such matcha offer")]
    MatchaOffer,
    /// No offer of France Travail has this id.
    #[error("no such partner offer")]
    PartnerOffer,
    /// The ROME has no trade of this code.
    #[error("no such trade")]
    Rome,
    /// No export was made yet.
    #[error("no export yet")]
    Export,
    /// No CFA trains for the offer.
    #[error("no training centre to delegate to")]
    Delegations,
    /// The partner has no such application.
    #[error("no such application")]
    Application,
    /// The catalogue has no such training.
    #[error("no such training")]
    Training,
    /// The same, in the words of the present form.
    #[error("no such training")]
    LinkedTraining,
}

/// The body of a matcha offer that is not there has one field only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BareNotFound {
    /// `not_found`.
    pub error: &'static str,
}

impl NotFound {
    /// The answer of the route.
    pub fn response(self) -> Response {
        let found_nothing =
            |status, message| ZApiError { error: ERROR, status, result: ERROR, message, status_text: None };
        match self {
            Self::Company => Response::json(404, &found_nothing(Some(404), Some("Société non trouvée"))),
            Self::MatchaOffer => Response::json(404, &BareNotFound { error: ERROR }),
            Self::Rome => Response::json(404, &found_nothing(Some(404), Some("Métier non trouvé"))),
            Self::PartnerOffer => Response::json(404, &found_nothing(None, Some("Offre non trouvée"))),
            // In the shape of the frame, as the original has it (contract 1.11).
            Self::Delegations => Response::json(404, &ZResError::new(404, "No delegations found")),
            Self::Application => {
                Response::json(404, &found_nothing(Some(404), Some("Candidature non trouvée")))
            }
            // In the shape of the frame, as the original has both (contract 1.12, 2.5).
            Self::Training => Response::json(404, &ZResError::new(404, "Formation introuvable")),
            Self::LinkedTraining => Response::json(404, &ZResError::new(404, "Training not found")),
            Self::Export => Response::json(404, &found_nothing(Some(404), Some(NO_EXPORT))),
        }
    }
}

impl From<ViewError> for ApiError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::UnknownOffer => NotFound::MatchaOffer.into(),
            ViewError::Failed(error) => Self::unavailable(error),
        }
    }
}

const ERROR: &str = "not_found";
const NO_EXPORT: &str =
    "Aucun export n'est encore disponible : le premier est produit dans la nuit, réessayez demain.";
