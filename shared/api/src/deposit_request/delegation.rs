//! `POST /v1/jobs/delegations/{id}`.

use usecases::delegation::nearest::MAX_CFAS;

use crate::body::Body;
use crate::errors::{ApiError, Issue};
use crate::request::Request;

/// The one field of the body.
pub(crate) const CHOSEN: &str = "establishmentIds";

/// The ids of the CFAs that are to look for candidates. Whether each is one of those that may be chosen is left to the
/// use case. Never panics, whatever the request.
pub fn chosen_cfas(request: &Request) -> Result<Vec<String>, ApiError> {
    let mut body = Body::read(request, &[CHOSEN])?;
    let ids = body.list(CHOSEN);
    let ids = body.required(CHOSEN, ids);
    if ids.as_ref().is_some_and(|ids| !(1..=MAX_CFAS).contains(&ids.len())) {
        let message = format!("Donnez de 1 à {MAX_CFAS} identifiants.");
        body.refuse(CHOSEN, Issue::refused(CHOSEN, message));
    }
    body.finish(ids)
}
