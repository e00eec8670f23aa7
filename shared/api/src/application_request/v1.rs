//! `POST /v1/application`.

use domain::seal::SealedEmail;
use domain::siret::Siret;
use usecases::applications::{Application, Wanted};

use super::common::{applicant, content, cv, file_name, is_disposable, message};
use crate::body::Body;
use crate::errors::{ApiError, ApplicationRefusal};
use crate::request::Request;

/// The fields of the body.
pub const FIELDS: [&str; 20] = [
    "applicant_email",
    "applicant_first_name",
    "applicant_last_name",
    "applicant_phone",
    "applicant_file_name",
    "applicant_file_content",
    "message",
    "company_siret",
    "company_email",
    "iv",
    "company_name",
    "company_naf",
    "company_address",
    "company_type",
    "job_title",
    "job_id",
    "searched_for_job_label",
    "caller",
    "secret",
    "crypted_company_email",
];
/// Characters of what is given back from an item.
const MAX_LINE_CHARS: usize = 500;
/// The longest name of a caller, in characters: it is part of a key of the store, which has room for 2,048 bytes.
const MAX_CALLER_CHARS: usize = 255;
/// Characters of a sealed address: it is as long as the address, in hexadecimal.
const MAX_SEALED_CHARS: usize = 520;

/// Whether a secret that a caller sends is the one of tests.
pub enum TestMode<'a> {
    /// There is none: no caller may send one.
    Off,
    /// It is this.
    Secret(&'a str),
}

/// Reads and checks the fields, then what they mean together, in the order of the contract. Never panics, whatever the
/// request.
pub fn v1(request: &Request, test: &TestMode<'_>) -> Result<Application, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let applicant = applicant(&mut body);
    let message = message(&mut body, "message");
    let name = file_name(&mut body, "applicant_file_name");
    let url = content(&mut body, "applicant_file_content");
    let siret = body.parsed::<Siret>("company_siret");
    let siret = body.required("company_siret", siret);
    let email = body.line("company_email", MAX_SEALED_CHARS);
    let email = body.required("company_email", email);
    let iv = body.line("iv", MAX_SEALED_CHARS);
    let iv = body.required("iv", iv);
    for name in ["company_name", "company_naf"] {
        let given = body.line(name, MAX_LINE_CHARS);
        // An item may have none of it, which its caller gives back as an empty text.
        if given.is_none() && !body.has(name) {
            body.required::<String>(name, None);
        }
    }
    body.line("company_address", MAX_LINE_CHARS);
    let kind = body.checked("company_type", company_type);
    let kind = body.required("company_type", kind);
    let title = body.line("job_title", MAX_LINE_CHARS);
    let job_id = body.line("job_id", MAX_LINE_CHARS);
    let looked_for = body.line("searched_for_job_label", MAX_LINE_CHARS);
    let caller = body.line("caller", MAX_CALLER_CHARS);
    let secret = body.line("secret", MAX_LINE_CHARS);
    let crypted = body.line("crypted_company_email", MAX_SEALED_CHARS);
    let read = (|| {
        let (applicant, name, url, siret, kind) = (applicant?, name?, url?, siret?, kind?);
        Some((applicant, cv(&name, &url), siret, SealedEmail { email: email?, iv: iv? }, kind))
    })();
    let (applicant, cv, siret, sealed, kind) = body.finish(read)?;
    let redirected = match (&secret, test) {
        (None, _) if crypted.is_some() => return Err(ApplicationRefusal::MissingSecret.into()),
        (None, _) => None,
        // Whoever tests gets both mails.
        (Some(secret), TestMode::Secret(known)) if secret == known => Some(applicant.email.clone()),
        (Some(_), _) => return Err(ApplicationRefusal::WrongSecret.into()),
    };
    let caller = caller.ok_or(ApplicationRefusal::MissingCaller)?;
    let wanted = match (kind, job_id) {
        (CompanyType::Matcha, Some(offer_id)) => Wanted::Offer { offer_id, siret: Some(siret) },
        (CompanyType::Lba, None) => Wanted::Company { siret },
        _ => return Err(ApplicationRefusal::WrongCompany.into()),
    };
    Ok(Application {
        is_disposable: is_disposable(&applicant.email),
        applicant,
        message,
        cv,
        wanted,
        trade: looked_for.or(title),
        sealed: Some(sealed),
        caller: Some(caller),
        redirected,
    })
}

#[derive(Debug, Clone, Copy)]
enum CompanyType {
    Matcha,
    Lba,
}

fn company_type(text: &str) -> Result<CompanyType, String> {
    match text {
        "matcha" => Ok(CompanyType::Matcha),
        "lba" => Ok(CompanyType::Lba),
        _ => Err("Valeur attendue : matcha ou lba".to_owned()),
    }
}
