//! Refusals about appointments, in the words of version 1 (contract 1.12).

use domain::date;
use jiff::Timestamp;
use usecases::appointments::NotOpen;
use usecases::asking::{AskError, ReplyError};
use usecases::once::OnceError;

use super::{ApiError, NotFound};

/// Why a request for an appointment, or an answer to one, was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the appointment was refused")]
pub enum AskingRefusal {
    /// There is no such training, or nobody can be asked about it.
    NotOpen,
    /// The same person asked about the same training in the last four days.
    Recent {
        /// When.
        since: Timestamp,
    },
    /// It was answered before.
    Answered,
    /// It was taken back, or did not arrive.
    Over,
    /// The answer says nothing.
    Empty,
}

impl AskingRefusal {
    /// Its message. The grammar is that of the contract.
    pub fn message(self) -> String {
        match self {
            Self::NotOpen => "Formation introuvable.".to_owned(),
            Self::Recent { since } => {
                let day = date::paris_day(since).strftime("%d/%m/%Y");
                format!(
                    "Une demande de prise de RDV en date du {day} est actuellement est cours de traitement."
                )
            }
            Self::Answered => {
                "Il a déjà été répondu à cette demande : la première réponse est la bonne.".to_owned()
            }
            Self::Over => "Cette demande a été retirée : il n'y a plus rien à répondre.".to_owned(),
            Self::Empty => {
                "La réponse est vide : écrivez un message au candidat (cfa_message_to_applicant).".to_owned()
            }
        }
    }

    /// Stable name for logs.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::NotOpen => "training_not_open",
            Self::Recent { .. } => "appointment_recent",
            Self::Answered => "appointment_answered",
            Self::Over => "appointment_over",
            Self::Empty => "appointment_empty_answer",
        }
    }
}

impl ApiError {
    /// Why an appointment was not asked for.
    pub fn of_asking(error: OnceError<AskError>) -> Self {
        match error {
            OnceError::Work(AskError::NotOpen(NotOpen::Unknown | NotOpen::Closed)) => {
                AskingRefusal::NotOpen.into()
            }
            OnceError::Work(AskError::Recent { since }) => AskingRefusal::Recent { since }.into(),
            OnceError::Work(AskError::Forgotten) => NotFound::Appointment.into(),
            OnceError::Work(AskError::Busy) => Self::StillRunning { retry_after_seconds: 1 },
            OnceError::Work(error) => Self::unavailable(error),
            OnceError::OtherBody => Self::OtherBody,
            OnceError::Running { retry_after_seconds } => Self::StillRunning { retry_after_seconds },
            OnceError::Failed(error) => Self::unavailable(error),
        }
    }

    /// Why a request was not answered. Slots are proposed by the page alone, which tells what is wrong with them.
    pub fn of_reply(error: ReplyError) -> Self {
        match error {
            ReplyError::Gone => NotFound::Appointment.into(),
            ReplyError::Answered => AskingRefusal::Answered.into(),
            ReplyError::Over => AskingRefusal::Over.into(),
            ReplyError::Empty | ReplyError::Slots(_) => AskingRefusal::Empty.into(),
            ReplyError::Failed(error) => Self::unavailable(error),
        }
    }
}
