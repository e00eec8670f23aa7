//! Signed cursors: where a page ended, so that the next one goes on there.
//!
//! A cursor is `{payload}.{MAC}`, both base64url. It says when the first page was asked and how far each source was
//! read; it is bound to the search and to the partner, and good for a day. Nothing in it is secret: an id and a
//! distance, both of which the page itself showed.

mod marks;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::source::Source;
use hmac::{Hmac, KeyInit, Mac};
use marks::{ChangesForm, MarkForm};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use usecases::changes::ChangesMark;
use usecases::search::Mark;

use crate::errors::ApiError;

/// How long a cursor is good for, in seconds.
const GOOD_SECONDS: u32 = 86_400;
/// Bytes of the MAC that are kept: 128 bits.
const MAC_BYTES: usize = 16;
/// The version of the payload.
const VERSION: u8 = 1;
/// A longer one is none of ours.
const MAX_CURSOR: usize = 4_096;

const ALTERED: &str = "cursor : This cursor was altered or is none of ours: send it back exactly as received, or cursor= \
                       for the first page. (Curseur altéré : renvoyez-le tel quel, ou cursor= pour la première page.)";
const FOREIGN: &str = "cursor : This cursor belongs to another search: keep every other parameter as it was, or send \
                       cursor= for the first page. (Curseur d'une autre recherche : gardez les mêmes paramètres.)";
const EXPIRED: &str = "cursor : This cursor is more than a day old: start again with cursor= for the first page. \
                       (Curseur de plus d'un jour : recommencez avec cursor=.)";

/// What signs cursors.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

/// What a cursor is good for: one search of one partner.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// The search.
    pub fingerprint: &'a [u8; 16],
    /// The partner.
    pub partner: &'a str,
}

/// What a cursor holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened<M> {
    /// When the first page was asked, in seconds since 1970.
    pub as_of: u32,
    /// How far each source was read.
    pub marks: BTreeMap<Source, M>,
}

/// Why a cursor is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// Its MAC is not ours, or it is no cursor.
    #[error("the cursor was altered")]
    Altered,
    /// It is another search's or another partner's.
    #[error("the cursor belongs to another search")]
    Foreign,
    /// It is too old.
    #[error("the cursor is too old")]
    Expired,
}

#[derive(Serialize, Deserialize)]
struct Payload<F> {
    v: u8,
    /// Of what it is bound to.
    b: String,
    t: u32,
    m: BTreeMap<String, F>,
}

/// A mark with a stored form.
pub trait Marked: Sized {
    /// The form.
    type Form: Serialize + DeserializeOwned + for<'a> From<&'a Self> + Into<Self>;
}

impl Marked for Mark {
    type Form = MarkForm;
}

impl Marked for ChangesMark {
    type Form = ChangesForm;
}

impl CursorKey {
    /// From a secret text.
    pub fn new(secret: &str) -> Option<Self> {
        Hmac::new_from_slice(secret.as_bytes()).ok().map(Self)
    }

    /// Writes a cursor; none where there is nothing left to read.
    pub fn seal<M: Marked>(
        &self,
        binding: Binding<'_>,
        as_of: u32,
        marks: &BTreeMap<Source, M>,
    ) -> Option<String> {
        if marks.is_empty() {
            return None;
        }
        let m = marks.iter().map(|(source, mark)| (source.to_string(), M::Form::from(mark))).collect();
        let payload = serde_json::to_vec(&Payload { v: VERSION, b: self.bind(binding), t: as_of, m }).ok()?;
        let (payload, mac) = (URL_SAFE_NO_PAD.encode(&payload), self.mac(&payload));
        Some(format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    /// Reads a cursor. `now` is in seconds since 1970.
    pub fn open<M: Marked>(
        &self,
        text: &str,
        binding: Binding<'_>,
        now: u32,
    ) -> Result<Opened<M>, CursorError> {
        let text = Some(text).filter(|text| text.len() <= MAX_CURSOR).ok_or(CursorError::Altered)?;
        let (payload, mac) = text.split_once('.').ok_or(CursorError::Altered)?;
        let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| CursorError::Altered)?;
        let mac = URL_SAFE_NO_PAD.decode(mac).map_err(|_| CursorError::Altered)?;
        if mac.len() != MAC_BYTES {
            return Err(CursorError::Altered);
        }
        let signed = self.0.clone().chain_update(&payload);
        signed.verify_truncated_left(&mac).map_err(|_| CursorError::Altered)?;
        let payload: Payload<M::Form> = serde_json::from_slice(&payload).map_err(|_| CursorError::Foreign)?;
        if payload.v != VERSION || payload.b != self.bind(binding) {
            return Err(CursorError::Foreign);
        }
        if now.saturating_sub(payload.t) > GOOD_SECONDS {
            return Err(CursorError::Expired);
        }
        let marks = payload.m.into_iter().map(|(source, form)| Ok((source.parse()?, form.into())));
        let marks = marks.collect::<Result<_, domain::source::UnknownSource>>();
        Ok(Opened { as_of: payload.t, marks: marks.map_err(|_| CursorError::Foreign)? })
    }

    fn bind(&self, binding: Binding<'_>) -> String {
        let mac = self.0.clone().chain_update(binding.fingerprint).chain_update(binding.partner).finalize();
        URL_SAFE_NO_PAD.encode(mac.into_bytes().get(..8).unwrap_or_default())
    }

    fn mac(&self, payload: &[u8]) -> Vec<u8> {
        let mac = self.0.clone().chain_update(payload).finalize().into_bytes();
        mac.iter().take(MAC_BYTES).copied().collect()
    }
}

impl From<CursorError> for ApiError {
    fn from(error: CursorError) -> Self {
        let message = match error {
            CursorError::Altered => ALTERED,
            CursorError::Foreign => FOREIGN,
            CursorError::Expired => EXPIRED,
        };
        Self::WrongParameters(vec![message.to_owned()])
    }
}

#[cfg(test)]
mod tests;
