//! Refusals of the deposit routes (contract 1.11): 400 in the shape `ZLbarError`. The texts in English are the
//! contract's own; where it has none they are ours, in French and English.

use std::collections::BTreeSet;

use domain::recruiter::Unchanged;
use usecases::accounts::AccountError;
use usecases::delegation::ask::DelegationError;
use usecases::delegation::nearest::MAX_CFAS;
use usecases::deposit::{ChangeError, DepositError, EstablishmentError, MAX_OFFERS};
use usecases::once::OnceError;

use super::ApiError;
use crate::deposit_request::starts_in_the_past;

/// Declares the refusals with their names, so that neither [`DepositRefusal::ALL`] nor a name can be forgotten.
macro_rules! refusals {
    ($($(#[$doc:meta])* $refusal:ident = $kind:literal,)*) => {
        /// Why a deposit was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
        #[error("the deposit was refused")]
        pub enum DepositRefusal {
            $($(#[$doc])* $refusal,)*
        }

        impl DepositRefusal {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$refusal),*];

            /// Stable name for logs and alarms.
            pub const fn kind(self) -> &'static str {
                match self {
                    $(Self::$refusal => $kind,)*
                }
            }
        }
    };
}

refusals! {
    /// The register has no such SIRET.
    UnknownSiret = "unknown_siret",
    /// Its owner does not let the register show it.
    NotDiffusible = "not_diffusible",
    /// The establishment is closed.
    Closed = "closed_company",
    /// A training centre deposits by a path of its own.
    TrainingCentre = "training_centre",
    /// The delegate is no training centre.
    NoTrainingCentre = "no_training_centre",
    /// The address belongs to another recruiter.
    EmailTaken = "email_taken",
    /// The partner has no such establishment.
    UnknownEstablishment = "unknown_establishment",
    /// No appellation has this code.
    UnknownAppellation = "unknown_appellation",
    /// The establishment has as many offers as it may.
    TooManyOffers = "too_many_offers",
    /// The partner has no establishment of this SIRET and address.
    NoSuchEstablishment = "no_such_establishment",
    /// The account of the establishment is closed.
    Archived = "archived",
    /// The partner has another offer of this name.
    ReferenceTaken = "reference_taken",
    /// The partner's name is that of an offer of another establishment.
    OtherEstablishment = "other_establishment",
    /// The partner has no such offer.
    UnknownOffer = "unknown_offer",
    /// Somebody was hired already.
    AlreadyProvided = "already_provided",
    /// It was given up already.
    AlreadyCanceled = "already_canceled",
    /// It ends as late as it may already.
    ExtendedAlready = "extended_already",
    /// It is not active, so that it cannot be extended.
    NotActive = "not_active",
    /// It is closed, so that nobody may look for candidates.
    ClosedOffer = "closed_offer",
    /// Nobody knows where it is.
    NoPlace = "no_place",
    /// A chosen CFA is none of the nearest.
    UnknownCfa = "unknown_cfa",
    /// As many CFAs as may look for candidates do already.
    TooManyCfas = "too_many_cfas",
    /// There is no such account that waits.
    UnknownAccount = "unknown_account",
}

impl DepositRefusal {
    /// What the partner reads.
    pub fn message(self) -> String {
        match self {
            Self::UnknownSiret => {
                "Le numéro SIRET n'est pas référencé : vérifiez-le. (No establishment has this SIRET: check it.)".to_owned()
            }
            Self::NotDiffusible => {
                "Les informations de cette entreprise sont non diffusibles : elle doit d'abord lever cette restriction auprès de l'Insee. (The \
                 register may not show this establishment.)"
                    .to_owned()
            }
            Self::Closed => "Cette entreprise est fermée : utilisez le SIRET d'un établissement ouvert. (This \
                             establishment is closed.)"
                .to_owned(),
            Self::TrainingCentre => {
                "Cet établissement est un centre de formation (NAF 85) : il publie depuis son propre compte. (This \
                 establishment is a training centre.)"
                    .to_owned()
            }
            Self::NoTrainingCentre => "Le SIRET de cfa_delegated_siret n'est pas celui d'un centre de formation ouvert (NAF 85) : \
                                       vérifiez-le. (The delegate is no open training centre.)"
                .to_owned(),
            Self::EmailTaken => {
                "L'adresse mail est déjà utilisée par un autre compte : déposez sur l'établissement déjà créé, ou \
                 donnez une autre adresse. (This e-mail address is already used.)"
                    .to_owned()
            }
            Self::UnknownEstablishment => "Establishment does not exist".to_owned(),
            Self::NoSuchEstablishment => "Establishment not found".to_owned(),
            Self::UnknownOffer => "Job does not exists".to_owned(),
            Self::AlreadyProvided => "Job is already provided".to_owned(),
            Self::AlreadyCanceled => "Job is already canceled".to_owned(),
            Self::ExtendedAlready => "Job is already extended up to a month".to_owned(),
            Self::NotActive => "Job cannot be extended as it is not active".to_owned(),
            Self::Archived => "Le compte de cet établissement est archivé : créez l'établissement de nouveau. (The account \
                               of this establishment is archived.)"
                .to_owned(),
            Self::ReferenceTaken => "Une autre requête vient de déposer une offre sous cette référence : envoyez la vôtre \
                                     de nouveau, elle la mettra à jour. (An offer with this reference was just created.)"
                .to_owned(),
            Self::UnknownAppellation => "ROME Code details could not be retrieved".to_owned(),
            Self::TooManyOffers => format!(
                "Cet établissement a déjà {MAX_OFFERS} offres, ou des textes trop longs en tout : créez un autre établissement, avec une autre adresse mail. (This \
                 establishment has {MAX_OFFERS} offers already, or too much text in all.)"
            ),
            Self::ClosedOffer => "Cette offre est fermée : elle ne peut être déléguée, déposez-en une autre. (This offer is closed: it cannot be \
                                  delegated.)"
                .to_owned(),
            Self::NoPlace => "Le lieu de cette offre n'est pas connu : donnez custom_address et custom_geo_coordinates. (The \
                              place of this offer is not known.)"
                .to_owned(),
            Self::UnknownCfa => "Un identifiant d'establishmentIds n'est pas de ceux que GET /v1/jobs/delegations/{id} \
                                 propose : choisissez parmi eux. (An id is none of those that may be chosen.)"
                .to_owned(),
            Self::TooManyCfas => format!(
                "Cette offre est déjà déléguée à {MAX_CFAS} CFA, ou le serait à plus : choisissez-en moins. (An offer may be \
                 delegated to {MAX_CFAS} training centres.)"
            ),
            Self::UnknownAccount => "Account not found".to_owned(),
            Self::OtherEstablishment => "Cette référence est celle d'une offre d'un autre établissement : utilisez-en une \
                                         autre. (This reference belongs to an offer of another establishment.)"
                .to_owned(),
        }
    }

    /// Stable code for the partner's programs. Where the reason is that an offer is not published, it is that of the list
    /// of contract 2.3; else it is [`Self::kind`] in capitals.
    pub fn code(self) -> String {
        match self {
            Self::Closed | Self::Archived => "CLOSED_COMPANY".to_owned(),
            Self::NotDiffusible => "NON_DIFFUSIBLE".to_owned(),
            Self::TrainingCentre => "CFA".to_owned(),
            Self::UnknownSiret | Self::UnknownAppellation => "WRONG_DATA".to_owned(),
            Self::NoPlace => "GEOLOCATION_NOT_FOUND".to_owned(),
            _ => self.kind().to_ascii_uppercase(),
        }
    }

    /// Every code, in the order of the alphabet: what the document lists.
    pub fn codes() -> BTreeSet<String> {
        Self::ALL.iter().map(|refusal| refusal.code()).collect()
    }
}

impl From<EstablishmentError> for ApiError {
    fn from(error: EstablishmentError) -> Self {
        Self::Deposit(match error {
            EstablishmentError::UnknownSiret => DepositRefusal::UnknownSiret,
            EstablishmentError::NotDiffusible => DepositRefusal::NotDiffusible,
            EstablishmentError::Closed => DepositRefusal::Closed,
            EstablishmentError::TrainingCentre => DepositRefusal::TrainingCentre,
            EstablishmentError::NoTrainingCentre => DepositRefusal::NoTrainingCentre,
            EstablishmentError::EmailTaken => DepositRefusal::EmailTaken,
            EstablishmentError::Failed(error) => return Self::unavailable(error),
        })
    }
}

impl From<DepositError> for ApiError {
    fn from(error: DepositError) -> Self {
        Self::Deposit(match error {
            DepositError::StartsInThePast => return starts_in_the_past().into(),
            DepositError::UnknownEstablishment => DepositRefusal::UnknownEstablishment,
            DepositError::Archived => DepositRefusal::Archived,
            DepositError::UnknownAppellation => DepositRefusal::UnknownAppellation,
            DepositError::TooManyOffers => DepositRefusal::TooManyOffers,
            DepositError::ReferenceTaken => DepositRefusal::ReferenceTaken,
            DepositError::OtherEstablishment => DepositRefusal::OtherEstablishment,
            DepositError::Changed => return Self::Changed,
            DepositError::Busy => return Self::StillRunning { retry_after_seconds: 1 },
            DepositError::Failed(error) => return Self::unavailable(error),
        })
    }
}

impl From<Unchanged> for DepositRefusal {
    fn from(unchanged: Unchanged) -> Self {
        match unchanged {
            Unchanged::AlreadyProvided => Self::AlreadyProvided,
            Unchanged::AlreadyCanceled => Self::AlreadyCanceled,
            Unchanged::ExtendedAlready => Self::ExtendedAlready,
            Unchanged::NotActive => Self::NotActive,
        }
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        Self::Deposit(match error {
            ChangeError::StartsInThePast => return starts_in_the_past().into(),
            ChangeError::UnknownOffer => DepositRefusal::UnknownOffer,
            ChangeError::Changed => return Self::Changed,
            ChangeError::Closed => DepositRefusal::ClosedOffer,
            ChangeError::TooManyCfas => DepositRefusal::TooManyCfas,
            ChangeError::TooLarge => DepositRefusal::TooManyOffers,
            ChangeError::Unchanged(unchanged) => unchanged.into(),
            ChangeError::Busy => return Self::StillRunning { retry_after_seconds: 1 },
            ChangeError::Failed(error) => return Self::unavailable(error),
        })
    }
}

impl From<DelegationError> for ApiError {
    fn from(error: DelegationError) -> Self {
        Self::Deposit(match error {
            DelegationError::UnknownOffer => DepositRefusal::UnknownOffer,
            DelegationError::NoPlace => DepositRefusal::NoPlace,
            DelegationError::UnknownCfa => DepositRefusal::UnknownCfa,
            DelegationError::Change(error) => return error.into(),
            DelegationError::Nearest(error) => return Self::unavailable(error),
            DelegationError::Sealed(error) => return Self::internal(error),
            DelegationError::Failed(error) => return Self::unavailable(error),
        })
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        Self::Deposit(match error {
            AccountError::UnknownAccount => DepositRefusal::UnknownAccount,
            AccountError::Busy => return Self::StillRunning { retry_after_seconds: 1 },
            AccountError::Failed(error) => return Self::unavailable(error),
        })
    }
}

impl<E: Into<ApiError>> From<OnceError<E>> for ApiError {
    fn from(error: OnceError<E>) -> Self {
        match error {
            OnceError::OtherBody => Self::OtherBody,
            OnceError::Running { retry_after_seconds } => Self::StillRunning { retry_after_seconds },
            OnceError::Work(error) => error.into(),
            // Nothing was promised and what was written is known by the request's key: it may simply come again.
            OnceError::Failed(error) => Self::unavailable(error),
        }
    }
}
