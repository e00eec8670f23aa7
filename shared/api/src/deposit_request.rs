//! The bodies by which partners deposit (contract 1.11), and what goes beside them.

mod establishment;
mod offer;

pub use establishment::establishment;
pub(crate) use offer::starts_in_the_past;
pub use offer::{RHYTHMS, offer};

use crate::errors::ApiError;
use crate::request::Request;

/// The header by which a partner names a request, so that sending it again has no second effect.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Its longest value, in characters.
const MAX_KEY_CHARS: usize = 255;

/// The request's `Idempotency-Key`, where it has one.
pub fn idempotency_key(request: &Request) -> Result<Option<&str>, ApiError> {
    let Some(key) = request.header(IDEMPOTENCY_KEY) else { return Ok(None) };
    // RFC 8941 writes a text in quotation marks; most clients send it bare.
    let bare = key.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(key);
    let sound = (1..=MAX_KEY_CHARS).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { Ok(Some(bare)) } else { Err(ApiError::BadIdempotencyKey) }
}

/// The body, as the idempotency record compares it.
pub fn raw(request: &Request) -> &[u8] {
    request.body.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests;
