//! `POST /v2/application/upload`.

use attachment::{AttachmentName, Kind, MAX_BYTES};

use super::common::file_name;
use crate::body::Body;
use crate::errors::{ApiError, ApplicationRefusal, ApplyRefusal};
use crate::request::Request;

/// The fields of the body.
pub const FIELDS: [&str; 2] = [NAME, "size"];
const NAME: &str = "applicant_attachment_name";
/// Bytes of the largest file: as many as the longest data URL holds.
pub const MAX_SIZE: u32 = MAX_BYTES as u32;

/// What the file is and its bytes. Never panics, whatever the request.
pub fn upload(request: &Request) -> Result<(Kind, u32), ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let name = file_name(&mut body, NAME);
    let size = body.number("size", 1, MAX_SIZE);
    let size = body.required("size", size);
    let (name, size) = body.finish(name.zip(size))?;
    let name = AttachmentName::parse(&name).map_err(|_| ApplyRefusal(ApplicationRefusal::NoCv))?;
    Ok((name.kind(), size))
}
