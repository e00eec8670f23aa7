//! `POST /v2/application`.

use usecases::applications::{Application, Wanted};

use super::common::{applicant, cv, file, is_disposable, message};
use crate::body::Body;
use crate::errors::{ApiError, ApplicationRefusal, ApplyRefusal};
use crate::request::Request;

/// The fields of the body.
pub const FIELDS: [&str; 8] = [
    "applicant_first_name",
    "applicant_last_name",
    "applicant_email",
    "applicant_phone",
    "applicant_attachment_name",
    "applicant_attachment_content",
    "applicant_message",
    "recipient_id",
];
/// Before the id of an offer deposited here, or the SIRET of a company that is likely to hire: which of the two words is
/// used says where the original keeps it, and nothing here.
const KINDS: [&str; 2] = ["partners_", "recruiters_"];
/// Characters of a recipient.
const MAX_RECIPIENT_CHARS: usize = 100;

/// Reads and checks the fields. Never panics, whatever the request.
pub fn v2(request: &Request) -> Result<Application, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let applicant = applicant(&mut body);
    let message = message(&mut body, "applicant_message");
    let file = file(&mut body, "applicant_attachment_name", "applicant_attachment_content");
    let recipient = body.line("recipient_id", MAX_RECIPIENT_CHARS);
    let recipient = body.required("recipient_id", recipient);
    let read = (|| {
        let (name, url) = file?;
        Some((applicant?, cv(&name, &url), recipient?))
    })();
    let (applicant, cv, recipient) = body.finish(read)?;
    if cv.is_none() {
        return Err(ApplyRefusal(ApplicationRefusal::NoCv).into());
    }
    Ok(Application {
        is_disposable: is_disposable(&applicant.email),
        applicant,
        message,
        cv,
        wanted: wanted(&recipient).ok_or(ApplyRefusal(ApplicationRefusal::Unknown))?,
        trade: None,
        sealed: None,
        caller: None,
        redirected: None,
    })
}

/// What a recipient stands for; none where nothing can be under it.
fn wanted(recipient: &str) -> Option<Wanted> {
    let id = KINDS.iter().find_map(|kind| recipient.strip_prefix(kind))?;
    Some(match id.parse() {
        Ok(siret) => Wanted::Company { siret },
        Err(_) => Wanted::Offer { offer_id: id.to_owned(), siret: None },
    })
}
