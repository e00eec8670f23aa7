//! `POST /v2/application`.

use attachment::AttachmentName;
use usecases::applications::{Application, Cv, Wanted};

use super::common::{applicant, content, cv, file_name, is_disposable, message};
use crate::body::Body;
use crate::errors::{ApiError, ApplicationRefusal, ApplyRefusal, Issue};
use crate::request::Request;

/// The fields of the body.
pub const FIELDS: [&str; 9] = [
    "applicant_first_name",
    "applicant_last_name",
    "applicant_email",
    "applicant_phone",
    "applicant_attachment_name",
    CONTENT,
    UPLOAD,
    "applicant_message",
    "recipient_id",
];
const CONTENT: &str = "applicant_attachment_content";
const UPLOAD: &str = "applicant_attachment_id";
/// Before the id of an offer deposited here, or the SIRET of a company that is likely to hire. The contract's answers say
/// the first of offers and the second of companies; either is taken of both, since no id of an offer is a SIRET.
const KINDS: [&str; 2] = ["partners_", "recruiters_"];
/// Characters of a recipient.
const MAX_RECIPIENT_CHARS: usize = 100;
/// Characters of the id of an uploaded file.
const MAX_UPLOAD_CHARS: usize = 100;

/// Where the CV is.
enum Place {
    /// Here, as a data URL.
    Here(String),
    /// In the bucket, under this id.
    Uploaded(String),
}

/// Reads and checks the fields. Never panics, whatever the request.
pub fn v2(request: &Request) -> Result<Application, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let applicant = applicant(&mut body);
    let message = message(&mut body, "applicant_message");
    let name = file_name(&mut body, "applicant_attachment_name");
    let place = place(&mut body);
    let recipient = body.line("recipient_id", MAX_RECIPIENT_CHARS);
    let recipient = body.required("recipient_id", recipient);
    let read = (|| Some((applicant?, name?, place?, recipient?)))();
    let (applicant, name, place, recipient) = body.finish(read)?;
    let cv = match place {
        Place::Here(url) => cv(&name, &url).ok_or(ApplicationRefusal::NoCv),
        Place::Uploaded(id) => uploaded(&name, &id),
    };
    Ok(Application {
        is_disposable: is_disposable(&applicant.email),
        applicant,
        message,
        cv: Some(cv.map_err(ApplyRefusal)?),
        wanted: wanted(&recipient).ok_or(ApplyRefusal(ApplicationRefusal::Unknown))?,
        trade: None,
        sealed: None,
        caller: None,
        redirected: None,
    })
}

/// The content or the id: one of the two.
fn place(body: &mut Body) -> Option<Place> {
    if body.given(UPLOAD).is_none() {
        return content(body, CONTENT).map(Place::Here);
    }
    if body.given(CONTENT).is_some() {
        let message = format!("{CONTENT} ou {UPLOAD} : un seul des deux");
        body.refuse(UPLOAD, Issue::refused(UPLOAD, message));
        return None;
    }
    body.line(UPLOAD, MAX_UPLOAD_CHARS).map(Place::Uploaded)
}

/// A CV that lies in the bucket. What is no id leads to no file, like one that was never given out.
fn uploaded(name: &str, id: &str) -> Result<Cv, ApplicationRefusal> {
    let name = AttachmentName::parse(name).map_err(|_| ApplicationRefusal::NoCv)?;
    Ok(Cv::Uploaded { id: id.parse().map_err(|_| ApplicationRefusal::NoUpload)?, name })
}

/// What a recipient stands for; none where nothing can be under it.
fn wanted(recipient: &str) -> Option<Wanted> {
    let id = KINDS.iter().find_map(|kind| recipient.strip_prefix(kind))?;
    Some(match id.parse() {
        Ok(siret) => Wanted::Company { siret },
        Err(_) => Wanted::Offer { offer_id: id.to_owned(), siret: None },
    })
}
