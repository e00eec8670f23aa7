//! What both versions read alike: who applies, what they write, and the CV.

use attachment::{AttachmentName, DataUrl, MAX_CHARS, check_type};
use domain::application::{Applicant, MAX_MESSAGE_CHARS, words};
use domain::email::Email;
use domain::phone;
use usecases::applications::Cv;

use crate::body::Body;
use crate::errors::Issue;

/// Characters of a name (contract 1.10).
pub(crate) const MAX_NAME_CHARS: usize = 50;
/// Characters of a telephone number, with whatever people write beside it.
pub(crate) const MAX_PHONE_CHARS: usize = 50;
/// Characters of the name of a file.
const MAX_FILE_NAME_CHARS: usize = 255;

/// Who applies. Names that were nothing but addresses of the web are none.
pub(super) fn applicant(body: &mut Body) -> Option<Applicant> {
    let first_name = name(body, "applicant_first_name");
    let last_name = name(body, "applicant_last_name");
    let email = body.parsed::<Email>("applicant_email");
    let email = body.required("applicant_email", email);
    let phone = phone(body, "applicant_phone");
    let (first_name, last_name, email, phone) = (first_name?, last_name?, email?, phone?);
    Some(Applicant { first_name, last_name, email, phone })
}

/// A telephone number, in its international form where it has one.
pub(crate) fn phone(body: &mut Body, field: &'static str) -> Option<String> {
    let typed = body.line(field, MAX_PHONE_CHARS);
    body.required(field, typed).map(|typed| dialled(&typed))
}

/// The same of a text.
pub(crate) fn dialled(typed: &str) -> String {
    phone::international(typed).unwrap_or_else(|| words::without_addresses(typed))
}

/// The name of a person.
pub(crate) fn name(body: &mut Body, field: &'static str) -> Option<String> {
    let typed = body.line(field, MAX_NAME_CHARS);
    let name = words::without_addresses(&body.required(field, typed)?);
    if name.is_empty() {
        let message = "Un nom est attendu, pas une adresse du web ou de messagerie";
        body.refuse(field, Issue::refused(field, message));
        return None;
    }
    Some(name)
}

/// What they write.
pub(crate) fn message(body: &mut Body, field: &'static str) -> Option<String> {
    let typed = body.prose(field, MAX_MESSAGE_CHARS)?;
    Some(words::message(&typed)).filter(|message| !message.is_empty())
}

/// The CV as it came, unless it is too long to be looked at: its name, and its content as a data URL.
pub(super) fn file(body: &mut Body, name: &'static str, content: &'static str) -> Option<(String, String)> {
    let typed = body.line(name, MAX_FILE_NAME_CHARS);
    let file_name = body.required(name, typed);
    let url = body.prose(content, MAX_CHARS);
    let url = body.required(content, url);
    file_name.zip(url)
}

/// The CV, if name, declared type and first bytes agree that it is one.
pub(super) fn cv(name: &str, url: &str) -> Option<Cv> {
    let name = AttachmentName::parse(name).ok()?;
    let data = DataUrl::parse(url).ok()?;
    let kind = check_type(name.kind(), data.kind(), data.bytes()).ok()?;
    let file_name = name.file_name().to_owned();
    Some(Cv { file_name, media_type: kind.media_type(), bytes: data.into_bytes() })
}

/// Whether mailboxes of this domain are thrown away: the list of a package that is kept up to date.
pub(super) fn is_disposable(email: &Email) -> bool {
    // Of the mailbox itself it has ideas of its own: which ones there are is not its question.
    let domain = email.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
    !mailchecker::is_valid(&format!("a@{domain}"))
}
