//! The bodies by which partners deposit (contract 1.11), and what goes beside them.

mod delegation;
mod establishment;
mod many;
mod named;
mod offer;

pub(crate) use delegation::CHOSEN;
pub use delegation::chosen_cfas;
pub use establishment::establishment;
pub use many::{ReadOffer, many};
pub use named::{MAX_REFERENCE_CHARS, Named, named, reference};
pub(crate) use offer::starts_in_the_past;
pub use offer::{RHYTHMS, offer, patch};

use domain::partner::Partner;
use usecases::once::{Asked, Unkeyed};

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

/// A request to do `operation` once: it names what of the request is not in its body.
pub fn asked<'a>(
    partner: &'a Partner,
    operation: &'a str,
    request: &'a Request,
    unkeyed: Unkeyed,
) -> Result<Asked<'a>, ApiError> {
    let (key, body) = (idempotency_key(request)?, request.body.as_deref().unwrap_or_default());
    Ok(Asked { partner: &partner.partner, operation, key, body, unkeyed })
}

/// The entity tags of `If-Match`; none where it is absent. Weak ones match nothing here (RFC 9110, 13.1.1), so they are
/// kept as they are, and so is `*`, which any offer matches and no offer does not.
pub fn if_match(request: &Request) -> Option<Vec<String>> {
    let list = request.header_list("if-match");
    let tags = list.split(',').map(|tag| tag.trim().trim_matches('"').to_owned());
    (!list.trim().is_empty()).then(|| tags.collect())
}

#[cfg(test)]
mod tests;
