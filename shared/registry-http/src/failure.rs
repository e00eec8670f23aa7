//! Why a service gave no answer.

use domain::rows::RowError;

/// A service gave no answer that can be used. None of the texts tells what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It failed again and again, and is left alone for a while.
    #[error("it failed too often: it is not asked for now")]
    Resting,
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// There was no connection, or it broke before the answer.
    #[error("the connection failed")]
    Broken(#[source] hyper_util::client::legacy::Error),
    /// The connection broke in the middle of the answer.
    #[error("the answer was cut")]
    Cut(#[source] hyper::Error),
    /// It answered with a status that is no answer.
    #[error("it answered with the status {0}")]
    Status(u16),
    /// Its answer is longer than we take.
    #[error("the answer is too long")]
    TooLong,
    /// Its answer is no JSON, or not of the form that we know. Why is not told: the words would quote it.
    #[error("the answer is not of the form that it should have")]
    Form,
    /// What it says of an establishment breaks a rule.
    #[error("the answer breaks a rule")]
    Row(#[source] RowError),
    /// It told of another establishment.
    #[error("the answer is about another establishment")]
    Another,
    /// The question could not be written.
    #[error("the question cannot be written")]
    Question(#[source] hyper::http::Error),
}

impl Failure {
    /// Whether the same question may fare better at once.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::TimedOut | Self::Broken(_) | Self::Cut(_) => true,
            Self::Status(status) => *status >= 500,
            _ => false,
        }
    }
}

impl Failure {
    /// Whether it says nothing of how the service fares: another question may well be answered.
    pub(crate) const fn is_of_one_question(&self) -> bool {
        match self {
            Self::Status(status) => *status >= 300 && *status < 500 && *status != 429,
            Self::TooLong | Self::Form | Self::Row(_) | Self::Another | Self::Question(_) => true,
            Self::Resting | Self::TimedOut | Self::Broken(_) | Self::Cut(_) => false,
        }
    }
}
