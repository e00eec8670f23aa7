//! Refusals of applications: in version 1 as its words (contract 1.10), in the present form as its messages (contract
//! 2.4).

use usecases::applications::{AnswerError, ApplyError};
use usecases::once::OnceError;
use usecases::ports::Barrier;

use super::ApiError;

/// Why an application was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the application was refused")]
pub enum ApplicationRefusal {
    /// A test was asked for without its secret.
    MissingSecret,
    /// The secret of a test is wrong, or there are no tests here.
    WrongSecret,
    /// Nobody says who hands it on.
    MissingCaller,
    /// What is said of the company does not go together, or there is no such company.
    WrongCompany,
    /// There is no such offer.
    Unknown,
    /// The applicant's address is thrown away.
    Disposable,
    /// The offer is closed.
    Expired,
    /// The company's address is not the one that was handed out for it.
    WrongAddress,
    /// The company has no address.
    NoAddress,
    /// The company takes no applications.
    Unsubscribed,
    /// As many as one person makes in a day.
    TooManyToday,
    /// As many as one person makes for one offer or company.
    TooManyForTarget,
    /// As many as one caller hands on to one company in a day.
    TooManyForRecruiter,
    /// The file is no CV.
    NoCv,
    /// There is no uploaded file under the id that was given, or none any more, or it is another partner's.
    NoUpload,
}

impl ApplicationRefusal {
    /// The word of version 1.
    pub const fn v1(self) -> &'static str {
        match self {
            Self::MissingSecret => "secret_missing",
            Self::WrongSecret => "wrong_secret",
            Self::MissingCaller => "missing_caller",
            Self::WrongCompany => "paramètres sociétés non autorisés",
            Self::Disposable => "email temporaire non autorisé",
            Self::Unknown | Self::Expired => "offre expirée",
            Self::WrongAddress | Self::NoAddress => "email société invalide",
            Self::Unsubscribed => "société désinscrite",
            Self::TooManyToday => "max candidatures atteint",
            Self::TooManyForTarget | Self::TooManyForRecruiter => "max messages atteint pour cette société",
            Self::NoCv | Self::NoUpload => "pièce jointe invalide",
        }
    }

    /// The message of the present form.
    pub const fn v2(self) -> &'static str {
        match self {
            Self::NoCv => "File type is not supported",
            Self::NoUpload => "File not found, expired or already used: upload it again",
            Self::Disposable => "Disposable email are not allowed",
            Self::Expired => "Job offer has expired",
            Self::WrongAddress | Self::NoAddress | Self::Unsubscribed => {
                "Internal error: no contact email found for the corresponding ressource"
            }
            Self::TooManyToday => "Maximum application per day reached",
            Self::TooManyForTarget => "Maximum application per offer reached",
            Self::TooManyForRecruiter => "Maximum application per recruiter reached",
            Self::MissingSecret
            | Self::WrongSecret
            | Self::MissingCaller
            | Self::WrongCompany
            | Self::Unknown => "Job or recruiter not found",
        }
    }

    /// Stable name for logs.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::MissingSecret => "secret_missing",
            Self::WrongSecret => "application_wrong_secret",
            Self::MissingCaller => "missing_caller",
            Self::WrongCompany => "wrong_company",
            Self::Unknown => "unknown_target",
            Self::Disposable => "disposable_address",
            Self::Expired => "expired_offer",
            Self::WrongAddress => "wrong_company_address",
            Self::NoAddress => "no_company_address",
            Self::Unsubscribed => "company_unsubscribed",
            Self::TooManyToday => "too_many_applications_today",
            Self::TooManyForTarget => "too_many_applications_for_target",
            Self::TooManyForRecruiter => "too_many_applications_for_recruiter",
            Self::NoCv => "no_cv",
            Self::NoUpload => "no_upload",
        }
    }

    const fn of(error: &ApplyError) -> Option<Self> {
        Some(match error {
            ApplyError::Unknown => Self::Unknown,
            ApplyError::OtherCompany => Self::WrongCompany,
            ApplyError::Disposable => Self::Disposable,
            ApplyError::Expired | ApplyError::Stopped(Barrier::PerOffer) => Self::Expired,
            ApplyError::NoAddress => Self::NoAddress,
            ApplyError::OtherAddress => Self::WrongAddress,
            ApplyError::Stopped(Barrier::Unwritten) => Self::Unsubscribed,
            ApplyError::Stopped(Barrier::PerDay) => Self::TooManyToday,
            ApplyError::Stopped(Barrier::PerTarget) => Self::TooManyForTarget,
            ApplyError::Stopped(Barrier::PerCaller) => Self::TooManyForRecruiter,
            ApplyError::NoCv => Self::NoCv,
            ApplyError::NoUpload => Self::NoUpload,
            ApplyError::Busy | ApplyError::Failed(_) => return None,
        })
    }
}

/// The same, as the present form says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
pub struct ApplyRefusal(pub ApplicationRefusal);

impl ApplyRefusal {
    /// 429 where there are too many, 400 otherwise.
    pub const fn status(&self) -> u16 {
        match self.0 {
            ApplicationRefusal::TooManyToday
            | ApplicationRefusal::TooManyForTarget
            | ApplicationRefusal::TooManyForRecruiter => 429,
            _ => 400,
        }
    }
}

impl ApiError {
    /// Why an application of version 1 was not taken.
    pub fn of_application(error: OnceError<ApplyError>) -> Self {
        Self::refused(error, Self::Application)
    }

    /// Why an application of the present form was not taken.
    pub fn of_apply(error: OnceError<ApplyError>) -> Self {
        Self::refused(error, |refusal| Self::Apply(ApplyRefusal(refusal)))
    }

    /// Why an answer to an application was not stored.
    pub fn of_answer(error: AnswerError) -> Self {
        match error {
            AnswerError::Gone | AnswerError::Answered => Self::Comment,
            AnswerError::Failed(error) => Self::unavailable(error),
        }
    }

    fn refused(error: OnceError<ApplyError>, said: impl Fn(ApplicationRefusal) -> Self) -> Self {
        match error {
            OnceError::Work(error) => match (ApplicationRefusal::of(&error), error) {
                (Some(refusal), _) => said(refusal),
                (None, ApplyError::Busy) => Self::StillRunning { retry_after_seconds: 1 },
                (None, error) => Self::unavailable(error),
            },
            OnceError::OtherBody => Self::OtherBody,
            OnceError::Running { retry_after_seconds } => Self::StillRunning { retry_after_seconds },
            OnceError::Failed(error) => Self::unavailable(error),
        }
    }
}
