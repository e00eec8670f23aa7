//! The one place where a failure becomes an HTTP answer.
//!
//! | failure | status | shape (contract 1.0.1) |
//! |---|---|---|
//! | [`ApiError::BadRequest`] | 400, 413 | `ZResError` |
//! | [`ApiError::Schema`] | 400 | `ZResError` with the issues in `data` |
//! | [`ApiError::WrongParameters`] | 400 | `ZLbacError` |
//! | [`ApiError::BadIdempotencyKey`], [`ApiError::Comment`] | 400 | `ZResError` |
//! | [`ApiError::Deposit`] | 400 | `ZLbarError` |
//! | [`ApiError::Application`] | 400 | `ZLbacError`, the error alone |
//! | [`ApiError::Apply`] | 400, 429 | `ZResError` |
//! | [`ApiError::Appointment`], [`ApiError::Webhook`], [`ApiError::Asking`] | 400, 401 | `ZResError` |
//! | [`ApiError::UnknownKey`], [`ApiError::Suspended`], [`ApiError::NoRight`], [`ApiError::WrongSecret`], [`ApiError::WrongToken`] | 403 | `ZResError` |
//! | [`ApiError::NotFound`] | 404 | `ZApiError` |
//! | [`ApiError::StillRunning`] | 409 | `ZResError` |
//! | [`ApiError::Changed`] | 412 | `ZResError` |
//! | [`ApiError::TooBroad`] | 422 | `ZApiError` |
//! | [`ApiError::OtherBody`] | 422 | `ZResError` |
//! | [`ApiError::TooMany`] | 429 | `ZResError` |
//! | [`ApiError::Internal`] | 500 | `ZResError`, without details |
//! | [`ApiError::TimedOut`], [`ApiError::Unavailable`] | 503 | `ZResError`, without details |
//!
//! Messages are in French and say what to change; those of the contract are kept as they are. None repeats
//! what the caller sent, but for the RNCP code that the contract quotes.

mod application;
mod appointment;
mod asking;
mod deposit;
mod item;
mod not_found;
mod schema;
pub mod shapes;
mod webhook;
mod words;

pub use application::{ApplicationRefusal, ApplyRefusal};
pub use appointment::AppointmentRefusal;
pub use asking::AskingRefusal;
pub use deposit::DepositRefusal;
pub use item::ItemError;
pub use not_found::{BareNotFound, NotFound};
pub use schema::{Context, Issue, Schema, Step};
pub use webhook::WebhookRefusal;

use shapes::{ZLbacError, ZLbarError, ZResError};
use words::{
    BAD_IDEMPOTENCY_KEY, CHANGED, NO_RIGHT, OTHER_BODY, STILL_RUNNING, SUSPENDED, TIMED_OUT, UNKNOWN_KEY,
    WRONG_SECRET, WRONG_TOKEN, bad_request_message, too_many_message,
};

use usecases::partners::IdentifyError;
use usecases::ports::PortError;

use crate::request::BadRequest;
use crate::response::Response;

/// Whatever made a request fail on our side; it is logged, and never shown.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a request has no answer of its own.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request cannot be read, or is over a limit.
    #[error("bad request")]
    BadRequest(#[from] BadRequest),
    /// A parameter is not of its type. Evaluated before, and never mixed with, [`Self::WrongParameters`].
    #[error("a parameter has the wrong type")]
    Schema(#[from] Schema),
    /// Parameters break rules: every message, in the order of the contract.
    #[error("wrong parameters")]
    WrongParameters(Vec<String>),
    /// There is nothing under this id.
    #[error("not found")]
    NotFound(#[from] NotFound),
    /// The header `Idempotency-Key` is none.
    #[error("the idempotency key is malformed")]
    BadIdempotencyKey,
    /// A deposit breaks a rule of the service.
    #[error("the deposit was refused")]
    Deposit(DepositRefusal),
    /// An application was refused, in the words of version 1.
    #[error("the application was refused")]
    Application(#[from] ApplicationRefusal),
    /// An application was refused, in the words of the present form.
    #[error("the application was refused")]
    Apply(#[from] ApplyRefusal),
    /// A site cannot lead to a training.
    #[error("the request for an appointment was refused")]
    Appointment(#[from] AppointmentRefusal),
    /// A request for an appointment was refused, or the answer to one.
    #[error("the appointment was refused")]
    Asking(#[from] AskingRefusal),
    /// The token of a link is none, or of something else.
    #[error("the token is wrong")]
    WrongToken,
    /// An answer to an application could not be stored.
    #[error("the answer was refused")]
    Comment,
    /// A webhook breaks a rule of the service.
    #[error("the webhook was refused")]
    Webhook(#[from] WebhookRefusal),
    /// The partner lacks the right that the route asks for.
    #[error("the partner lacks a right")]
    NoRight,
    /// The secret of a provider's webhook is wrong.
    #[error("the secret is wrong")]
    WrongSecret,
    /// The first request with this idempotency key is still running.
    #[error("the first request with this key is still running")]
    StillRunning {
        /// When to come back, in seconds.
        retry_after_seconds: u32,
    },
    /// The idempotency key was used for another body.
    #[error("the idempotency key was used for another request")]
    OtherBody,
    /// What is to be changed is no longer as its editor saw it (`If-Match`).
    #[error("the offer was changed since it was read")]
    Changed,
    /// The gateway let a key through that belongs to no partner.
    #[error("no partner holds this key")]
    UnknownKey,
    /// The partner is suspended.
    #[error("the partner is suspended")]
    Suspended,
    /// The search would read too much to be answered exactly.
    #[error("the search is too broad")]
    TooBroad,
    /// Too many calls, counted on our side.
    #[error("too many calls")]
    TooMany {
        /// When to come back, in seconds.
        retry_after_seconds: u32,
    },
    /// We did not answer before the function had to end.
    #[error("the request took too long")]
    TimedOut,
    /// The store did not take a write. Sending the request again is safe.
    #[error("the store did not answer")]
    Unavailable(#[source] Cause),
    /// We failed.
    #[error("the request failed on our side")]
    Internal(#[source] Cause),
}

impl ApiError {
    /// A failure on our side, with its cause for the log.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// A store that does not answer, whose caller may simply try again.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// Stable name for logs and alarms.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::BadRequest(BadRequest::TooLarge) => "too_large",
            Self::BadRequest(_) => "bad_request",
            Self::Schema(_) => "schema",
            Self::WrongParameters(_) => "wrong_parameters",
            Self::NotFound(_) => "not_found",
            Self::BadIdempotencyKey => "bad_idempotency_key",
            Self::Deposit(refusal) => refusal.kind(),
            Self::Application(refusal) => refusal.kind(),
            Self::Apply(refusal) => refusal.0.kind(),
            Self::Comment => "comment_refused",
            Self::Webhook(refusal) => refusal.kind(),
            Self::Appointment(refusal) => refusal.kind(),
            Self::Asking(refusal) => refusal.kind(),
            Self::WrongToken => "wrong_token",
            Self::NoRight => "no_right",
            Self::WrongSecret => "wrong_secret",
            Self::StillRunning { .. } => "still_running",
            Self::OtherBody => "other_body",
            Self::Changed => "changed",
            Self::Unavailable(_) => "unavailable",
            Self::UnknownKey => "unknown_key",
            Self::Suspended => "suspended",
            Self::TooBroad => "search_too_broad",
            Self::TooMany { .. } => "too_many",
            Self::TimedOut => "timed_out",
            Self::Internal(_) => "internal",
        }
    }

    /// HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest(BadRequest::TooLarge) => 413,
            Self::BadRequest(_)
            | Self::Schema(_)
            | Self::WrongParameters(_)
            | Self::BadIdempotencyKey
            | Self::Deposit(_)
            | Self::Application(_)
            | Self::Asking(_)
            | Self::Comment
            | Self::Webhook(_) => 400,
            Self::Apply(refusal) => refusal.status(),
            Self::Appointment(refusal) => refusal.status(),
            Self::UnknownKey | Self::Suspended | Self::NoRight | Self::WrongSecret | Self::WrongToken => 403,
            Self::NotFound(_) => 404,
            Self::StillRunning { .. } => 409,
            Self::Changed => 412,
            Self::TooBroad | Self::OtherBody => 422,
            Self::TooMany { .. } => 429,
            Self::TimedOut | Self::Unavailable(_) => 503,
            Self::Internal(_) => 500,
        }
    }

    /// The answer. `request_id` is shown where we failed, so that support finds the log line.
    pub fn response(&self, request_id: &str) -> Response {
        let status = self.status();
        match self {
            Self::WrongParameters(messages) => {
                Response::json(status, &ZLbacError::wrong_parameters(messages.clone()))
            }
            Self::NotFound(not_found) => not_found.response(),
            Self::TooBroad => Response::json(status, &shapes::ZApiError::too_broad()),
            Self::Schema(schema) => Response::json(status, &schema.body()),
            Self::Internal(_) => Response::json(status, &ZResError::internal(request_id)),
            Self::TooMany { retry_after_seconds } => {
                Response::json(status, &ZResError::new(status, too_many_message(*retry_after_seconds)))
                    .with_header("retry-after", &retry_after_seconds.to_string())
            }
            Self::BadRequest(bad) => {
                Response::json(status, &ZResError::new(status, bad_request_message(*bad)))
            }
            Self::Deposit(refusal) => Response::json(status, &ZLbarError::new(refusal.message()))
                .with_header("x-error-code", &refusal.code()),
            Self::Application(refusal) => {
                Response::json(status, &shapes::ApplicationError { error: refusal.v1() })
            }
            Self::Apply(refusal) => Response::json(status, &ZResError::new(status, refusal.0.v2())),
            Self::Appointment(refusal) => Response::json(status, &ZResError::new(status, refusal.message())),
            Self::WrongToken => Response::json(status, &ZResError::new(status, WRONG_TOKEN)),
            Self::Asking(refusal) => Response::json(status, &ZResError::new(status, refusal.message())),
            Self::Comment => Response::json(status, &ZResError::new(status, "error_saving_comment")),
            Self::Webhook(refusal) => Response::json(status, &ZResError::new(status, refusal.message())),
            Self::Changed => Response::json(status, &ZResError::new(status, CHANGED)),
            Self::BadIdempotencyKey => Response::json(status, &ZResError::new(status, BAD_IDEMPOTENCY_KEY)),
            Self::OtherBody => Response::json(status, &ZResError::new(status, OTHER_BODY)),
            Self::NoRight => Response::json(status, &ZResError::new(status, NO_RIGHT)),
            Self::WrongSecret => Response::json(status, &ZResError::new(status, WRONG_SECRET)),
            Self::StillRunning { retry_after_seconds } => {
                Response::json(status, &ZResError::new(status, STILL_RUNNING))
                    .with_header("retry-after", &retry_after_seconds.to_string())
            }
            Self::TimedOut | Self::Unavailable(_) => {
                Response::json(status, &ZResError::new(status, TIMED_OUT))
                    .with_header("retry-after", &RETRY_AFTER_TIME_OUT_SECONDS.to_string())
            }
            Self::UnknownKey => Response::json(status, &ZResError::new(status, UNKNOWN_KEY)),
            Self::Suspended => Response::json(status, &ZResError::new(status, SUSPENDED)),
        }
    }
}

impl From<IdentifyError> for ApiError {
    fn from(error: IdentifyError) -> Self {
        match error {
            IdentifyError::Unknown => Self::UnknownKey,
            IdentifyError::Suspended => Self::Suspended,
            IdentifyError::Failed(_) => Self::internal(error),
        }
    }
}

impl From<PortError> for ApiError {
    fn from(error: PortError) -> Self {
        Self::internal(error)
    }
}

/// In seconds: the store's own retries are over by then.
const RETRY_AFTER_TIME_OUT_SECONDS: u32 = 2;

#[cfg(test)]
mod tests;
