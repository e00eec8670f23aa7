//! The CV of an application: in the request, or in the bucket beforehand (contract 2.4).

use std::borrow::Cow;
use std::fmt;

use attachment::{AttachmentName, MAX_BYTES, check_type};
use domain::application::UploadId;

use super::ApplyError;
use super::upload::upload_key;
use crate::ports::{DeleteUpload, GetUpload};

/// A CV as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cv {
    /// In the request.
    Sent(CvFile),
    /// In the bucket, where whoever applies has put it.
    Uploaded {
        /// Which file.
        id: UploadId,
        /// Its name, which says what it must be.
        name: AttachmentName,
    },
}

/// A CV whose name, declared type and first bytes agree.
#[derive(Clone, PartialEq, Eq)]
pub struct CvFile {
    /// Its name, harmless.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for CvFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CvFile").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl CvFile {
    /// A file of that name, whose sender declares nothing else of it; none where it is not what its name says.
    fn of(name: &AttachmentName, bytes: Vec<u8>) -> Option<Self> {
        let kind = check_type(name.kind(), name.kind(), &bytes).ok()?;
        Some(Self { file_name: name.file_name().to_owned(), media_type: kind.media_type(), bytes })
    }
}

/// Files that are put into the bucket beforehand. They lie there unsealed, so that they are deleted once they are not
/// needed; the bucket itself forgets after a day those that nobody applied with.
#[derive(Clone, Copy)]
pub struct UploadedCvs<'a> {
    /// Reads them.
    pub get: &'a dyn GetUpload,
    /// Forgets them.
    pub delete: &'a dyn DeleteUpload,
}

impl UploadedCvs<'_> {
    /// The file of an application of this partner.
    pub(super) async fn read<'c>(
        &self,
        partner: &str,
        cv: Option<&'c Cv>,
    ) -> Result<Cow<'c, CvFile>, ApplyError> {
        match cv {
            None => Err(ApplyError::NoCv),
            Some(Cv::Sent(file)) => Ok(Cow::Borrowed(file)),
            Some(Cv::Uploaded { id, name }) => {
                let bytes = self.get.get_upload(&upload_key(partner, id), MAX_BYTES).await?;
                let file = CvFile::of(name, bytes.ok_or(ApplyError::NoUpload)?);
                file.map(Cow::Owned).ok_or(ApplyError::NoCv)
            }
        }
    }

    /// Forgets the file of an application that is stored.
    pub(super) async fn forget(&self, partner: &str, cv: Option<&Cv>) {
        if let Some(Cv::Uploaded { id, .. }) = cv {
            // What is left here, the bucket forgets.
            drop(self.delete.delete_upload(&upload_key(partner, id)).await);
        }
    }
}
