//! Prepares that a CV is put into the bucket, straight from whoever has it, so that no request carries it as a text.

use attachment::Kind;
use domain::application::UploadId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::ports::{Clock, Entropy, NewUpload, PortError, PrepareUpload, UploadForm};

/// How long a file may be sent after it was asked for, in seconds.
pub const UPLOAD_SECONDS: u32 = 15 * 60;

/// A file that may be put into the bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// By what an application names it.
    pub id: UploadId,
    /// How it is sent.
    pub form: UploadForm,
    /// Until when it may be.
    pub expires_at: Timestamp,
}

/// Prepares uploads.
#[derive(Clone, Copy)]
pub struct PrepareCv<'a> {
    /// Makes forms.
    pub prepare: &'a dyn PrepareUpload,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

impl PrepareCv<'_> {
    /// For one file of that kind and of so many bytes, with which this partner alone may apply.
    pub async fn run(&self, partner: &str, kind: Kind, size: u32) -> Result<Upload, PortError> {
        let (id, now) = (UploadId::from_random(self.entropy.bytes()), self.clock.now());
        let life = SignedDuration::from_secs(i64::from(UPLOAD_SECONDS));
        let until = now.checked_add(life).map_err(|error| PortError::new("prepare an upload", error))?;
        let new =
            NewUpload { key: upload_key(partner, &id), media_type: kind.media_type(), size, now, until };
        let form = self.prepare.prepare_upload(&new).await?;
        Ok(Upload { id, form, expires_at: until })
    }
}

/// Where it lies: a place that the id leads to together with the partner it was given to, and with no other. The form
/// shows the place, and it tells neither.
pub(super) fn upload_key(partner: &str, id: &UploadId) -> String {
    // An id has one length, so that no two pairs are alike.
    let place = Sha256::new().chain_update(id.as_str()).chain_update(partner).finalize();
    format!("uploads/{}", hex::encode(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_elsewhere_for_each_partner_and_its_place_tells_neither() {
        let (one, other) = (UploadId::from_random([1; 16]), UploadId::from_random([2; 16]));
        let place = upload_key("site", &one);
        assert_eq!(place, upload_key("site", &one));
        assert_ne!(place, upload_key("autre", &one));
        assert_ne!(place, upload_key("site", &other));
        assert!(!place.contains("site") && !place.contains(one.as_str()));
    }
}
