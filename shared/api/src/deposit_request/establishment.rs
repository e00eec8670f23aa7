//! `POST /v1/jobs/establishment`.

use usecases::deposit::NewEstablishment;

use crate::body::Body;
use crate::errors::ApiError;
use crate::request::Request;

const FIELDS: [&str; 8] = [
    "establishment_siret",
    "first_name",
    "last_name",
    "phone",
    "email",
    "idcc",
    "origin",
    "cfa_delegated_siret",
];
const MAX_NAME_CHARS: usize = 100;
const MAX_ORIGIN_CHARS: usize = 100;
const PHONE: &str = "Un téléphone est fait de 10 chiffres et commence par 01 à 09. ex : 0123456789";
const IDCC: &str = "Un IDCC est fait de 1 à 4 chiffres. ex : 1597";

/// Reads and checks every field. Never panics, whatever the request.
pub fn establishment(request: &Request) -> Result<NewEstablishment, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let siret = body.parsed("establishment_siret");
    let siret = body.required("establishment_siret", siret);
    let first_name = body.line("first_name", MAX_NAME_CHARS);
    let first_name = body.required("first_name", first_name);
    let last_name = body.line("last_name", MAX_NAME_CHARS);
    let last_name = body.required("last_name", last_name);
    let email = body.parsed("email");
    let email = body.required("email", email);
    let phone = body.checked("phone", phone);
    let idcc = body.checked("idcc", idcc);
    let origin = body.line("origin", MAX_ORIGIN_CHARS);
    let cfa = body.parsed("cfa_delegated_siret");
    let read = (|| {
        Some(NewEstablishment {
            siret: siret?,
            first_name: first_name?,
            last_name: last_name?,
            phone,
            email: email?,
            idcc,
            origin,
            cfa,
        })
    })();
    body.finish(read)
}

fn phone(text: &str) -> Result<String, String> {
    let is_phone = text.len() == 10
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.starts_with('0')
        && !text.starts_with("00");
    is_phone.then(|| text.to_owned()).ok_or_else(|| PHONE.to_owned())
}

fn idcc(text: &str) -> Result<String, String> {
    let is_idcc = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_idcc.then(|| text.to_owned()).ok_or_else(|| IDCC.to_owned())
}
