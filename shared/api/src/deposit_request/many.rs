//! `POST /v1/jobs/bulk`.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use usecases::deposit::{MAX_ITEMS, OneOffer};

use super::named::{Named, name, read, with_fields};
use crate::body::Body;
use crate::errors::{ApiError, Issue};
use crate::request::Request;

const OFFERS: &str = "offers";
const NOT_AN_OFFER: &str = "Une offre est un objet JSON, dont chaque champ n'est donné qu'une fois.";

/// An offer of many; where it is wrong its place, and why.
pub type ReadOffer = Result<OneOffer, (usize, ApiError)>;

/// The offers, each as it was written: that is what tells whether the same is sent again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame<'a> {
    #[serde(borrow)]
    offers: Vec<&'a RawValue>,
}

/// Reads and checks every offer: what is wrong inside one is its own result, at its place; what is wrong around them
/// refuses all. Never panics, whatever the request.
pub fn many(request: &Request) -> Result<Vec<ReadOffer>, ApiError> {
    let bytes = request.body.as_deref().unwrap_or_default();
    // The reader would take an array too, as the fields in their order.
    let is_object = bytes.trim_ascii_start().first() == Some(&b'{');
    match serde_json::from_slice::<Frame<'_>>(bytes) {
        Ok(Frame { offers }) if is_object && (1..=MAX_ITEMS).contains(&offers.len()) => {
            let one = |(index, raw)| one(index, raw).map_err(|error| (index, error));
            Ok(offers.into_iter().enumerate().map(one).collect())
        }
        _ => Err(refused(request)),
    }
}

/// What is wrong around the offers.
fn refused(request: &Request) -> ApiError {
    let mut body = match Body::read(request, &[OFFERS]) {
        Ok(body) => body,
        Err(error) => return error,
    };
    match body.given(OFFERS) {
        None => drop(body.required(OFFERS, None::<()>)),
        Some(Value::Array(offers)) if (1..=MAX_ITEMS).contains(&offers.len()) => {}
        Some(_) => {
            let message = format!("Liste attendue, de 1 à {MAX_ITEMS} offres");
            body.refuse(OFFERS, Issue::wrong_type("array", message));
        }
    }
    match body.finish(None::<()>) {
        Err(error) => error,
        Ok(()) => ApiError::internal("a body without a mistake was refused"),
    }
}

fn one(index: usize, raw: &RawValue) -> Result<OneOffer, ApiError> {
    let raw = raw.get().as_bytes();
    let known = with_fields(&["establishment_id", "partner_job_id"]);
    let mut body = Body::of(raw, &known, NOT_AN_OFFER)?;
    let reference = body.checked("partner_job_id", name);
    let read = read(&mut body).map(|Named { establishment_id, fields }| OneOffer {
        index,
        establishment_id,
        reference,
        fields,
        raw: raw.to_vec(),
    });
    body.finish(read)
}

#[cfg(test)]
mod tests;
