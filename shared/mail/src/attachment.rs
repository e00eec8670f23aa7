//! The file that goes with a mail.

use domain::email::Email;
use domain::mail::{Mail, MailedCv};
use jiff::Timestamp;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, SinglePart};

use crate::invitation::{Invitation, invitation};
use crate::words::file_name;

/// The name of an invitation: readers of mails know by its ending what it is.
const INVITATION: &str = "rendez-vous.ics";

/// The mail is not sent with this file, or without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AttachmentError {
    /// A recruiter has no use for an application without its CV, and would not get it later.
    #[error("an application does not leave without its CV")]
    Missing,
    /// Whatever it is, its receiver is not meant to have it.
    #[error("this mail goes without any file")]
    Unwanted,
    /// A reader of mails might show it by itself, as a page or as a mail.
    #[error("a CV is of no such media type")]
    MediaType,
    /// It cannot be written.
    #[error("the file cannot be encoded")]
    Encoding,
}

/// The part of the message that holds the file; none where the mail has none. An invitation is written here: no mail is
/// given one. `organizer` is our own address, `at` the date of the mail.
pub(crate) fn attached(
    mail: &Mail,
    bytes: Option<&[u8]>,
    organizer: &Email,
    at: Timestamp,
) -> Result<Option<SinglePart>, AttachmentError> {
    match (mail, bytes.filter(|bytes| !bytes.is_empty())) {
        (Mail::ApplicationReceived(mail), Some(bytes)) => part(&mail.cv, bytes).map(Some),
        (Mail::ApplicationReceived(_), None) => Err(AttachmentError::Missing),
        (_, None) if bytes.is_none() => invitation(mail, organizer, at).map(calendar).transpose(),
        _ => Err(AttachmentError::Unwanted),
    }
}

/// In base64 whatever it holds: in any other form a part of it might be taken for a part of the message.
fn part(cv: &MailedCv, bytes: &[u8]) -> Result<SinglePart, AttachmentError> {
    let body = Body::new_with_encoding(bytes.to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| AttachmentError::Encoding)?;
    Ok(Attachment::new(file_name(&cv.file_name)).body(body, media_type(&cv.media_type)?))
}

/// The same for calendars, whose lines must stay as they are.
fn calendar(invitation: Invitation) -> Result<SinglePart, AttachmentError> {
    let Invitation { text, media_type } = invitation;
    let body = Body::new_with_encoding(text.into_bytes(), ContentTransferEncoding::Base64)
        .map_err(|_| AttachmentError::Encoding)?;
    let media_type = ContentType::parse(&media_type).map_err(|_| AttachmentError::MediaType)?;
    Ok(Attachment::new(INVITATION.to_owned()).body(body, media_type))
}

/// `application/…` without parameters: documents are of that kind, and pages, mails and parts of mails are not.
fn media_type(text: &str) -> Result<ContentType, AttachmentError> {
    let is_kind = |c: char| c.is_ascii_alphanumeric() || "-+.".contains(c);
    let kind = text.strip_prefix("application/").filter(|kind| !kind.is_empty() && kind.chars().all(is_kind));
    kind.and_then(|_| ContentType::parse(text).ok()).ok_or(AttachmentError::MediaType)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_have_their_media_type() {
        for text in [
            "application/pdf",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/octet-stream",
        ] {
            assert!(media_type(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_readers_show_or_take_apart_is_no_cv() {
        for text in [
            "",
            "application/",
            "application",
            "text/html",
            "message/rfc822",
            "multipart/mixed; boundary=a",
            "application/pdf; name=\"a.exe\"",
            "application/pdf\r\nBcc: a@b.fr",
            " application/pdf",
        ] {
            assert_eq!(media_type(text), Err(AttachmentError::MediaType), "{text}");
        }
    }
}
