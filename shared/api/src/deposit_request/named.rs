//! `PUT /v1/jobs/by-reference/{reference}`, and what it shares with the offers of `POST /v1/jobs/bulk`.

use domain::hidden::is_hidden;
use unicode_normalization::UnicodeNormalization;
use usecases::deposit::JobFields;
use usecases::ports::ReferenceHash;

use super::offer::{FIELDS, fields};
use crate::body::Body;
use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

/// The longest name that a partner may give an offer, in characters.
pub const MAX_REFERENCE_CHARS: usize = 255;
/// An id has 36; what is longer is none, and need not be looked for.
const MAX_ID_CHARS: usize = 100;
const ESTABLISHMENT_ID: &str = "establishment_id";
/// The values of a path may be decoded more than once on their way here: one that holds a `%` would become another name.
const REFERENCE: &str = "Une référence a de 1 à 255 caractères visibles, sans espace ni « % ».";

/// An offer, and the establishment that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Of which establishment.
    pub establishment_id: String,
    /// What the partner says of it.
    pub fields: JobFields,
}

/// Reads and checks every field of the body. Never panics, whatever the request.
pub fn named(request: &Request) -> Result<Named, ApiError> {
    let mut body = Body::read(request, &with_fields(&[ESTABLISHMENT_ID]))?;
    let read = read(&mut body);
    body.finish(read)
}

/// The partner's own name for the offer, of the path.
pub fn reference(request: &Request) -> Result<ReferenceHash, ApiError> {
    name(request.path_value("reference")).map_err(|message| {
        let issues = vec![Issue::bad_format("reference", message)];
        Schema { context: Context::Params, issues }.into()
    })
}

/// These fields, and those of an offer.
pub(super) fn with_fields(more: &[&'static str]) -> Vec<&'static str> {
    [more, &FIELDS].concat()
}

/// None where an issue says why.
pub(super) fn read(body: &mut Body) -> Option<Named> {
    let establishment_id = body.line(ESTABLISHMENT_ID, MAX_ID_CHARS);
    let establishment_id = body.required(ESTABLISHMENT_ID, establishment_id);
    let fields = fields(body);
    Some(Named { establishment_id: establishment_id?, fields: fields? })
}

/// A partner's own name for an offer. Composed and decomposed letters look alike, so they are one name.
pub(super) fn name(text: &str) -> Result<ReferenceHash, String> {
    let name: String = text.nfc().collect();
    let hides = |c: char| c.is_whitespace() || c.is_control() || is_hidden(c) || c == '%';
    let sound = (1..=MAX_REFERENCE_CHARS).contains(&name.chars().count()) && !name.contains(hides);
    if sound { Ok(ReferenceHash::of(&name)) } else { Err(REFERENCE.to_owned()) }
}
