//! Refusals of the routes of RDV Apprentissage (contract 1.12, 2.5), in the shape of the frame, as the original has them.

use usecases::appointments::ContactError;

use super::{ApiError, NotFound};

/// Why a site was not led to a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the request for an appointment was refused")]
pub enum AppointmentRefusal {
    /// It names a training by nothing, or by several things.
    Criterion,
    /// The partner is no site that candidates come from.
    NoReferrer,
}

impl AppointmentRefusal {
    /// HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Criterion => 400,
            Self::NoReferrer => 401,
        }
    }

    /// Stable name for logs and alarms.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Criterion => "wrong_criterion",
            Self::NoReferrer => "no_referrer",
        }
    }

    /// What the partner reads.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Criterion => "Critère de recherche non conforme.",
            Self::NoReferrer => {
                "Votre organisation n'est aucun des sites d'où viennent les candidats (parcoursup, lba, onisep, \
                 jeune_1_solution, affelnet) : demandez à l'équipe du service de l'enregistrer."
            }
        }
    }
}

impl From<ContactError> for ApiError {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Unknown => NotFound::Training.into(),
            ContactError::Failed(error) => Self::unavailable(error),
        }
    }
}
