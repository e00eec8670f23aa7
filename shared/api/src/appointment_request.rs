//! What somebody sends who asks for an appointment, and what a centre answers: JSON of version 1 (contract 1.12), and the form
//! (`form.rs`).

mod form;

use domain::application::{Applicant, MAX_MESSAGE_CHARS, words};
use domain::appointment::{AppointmentId, Asker, Intention, Reason, Referrer};
use domain::date;
use domain::email::Email;
use domain::formation::MAX_CLE_BYTES;
use usecases::asking::{Reply, Wish};

use crate::application_request::common::{message, name, phone};
use crate::body::Body;
use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

pub use form::{Field, Mistake, TypedForm};

/// The fields of `POST /appointment-request/validate`.
pub const FIELDS: [&str; 9] = [
    "firstname",
    "lastname",
    "phone",
    "email",
    "type",
    "applicantMessageToCfa",
    "applicantReasons",
    "cleMinistereEducatif",
    "appointmentOrigin",
];
/// The fields of `POST /appointment-request/reply`.
pub const REPLY_FIELDS: [&str; 4] = [
    "appointment_id",
    "cfa_intention_to_applicant",
    "cfa_message_to_applicant",
    "cfa_message_to_applicant_date",
];
const APPOINTMENT_ID: &str = "appointmentId";
const BAD_ID: &str = "L'identifiant d'un rendez-vous est attendu.";

/// Reads and checks the fields. Never panics, whatever the request.
pub fn wish(request: &Request) -> Result<Wish, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let first_name = name(&mut body, "firstname");
    let last_name = name(&mut body, "lastname");
    let phone = phone(&mut body, "phone");
    let email = body.parsed::<Email>("email");
    let email = body.required("email", email);
    let asker = body.checked("type", |word| {
        Asker::of(word).ok_or_else(|| "Valeur attendue : etudiant ou parent".to_owned())
    });
    let asker = body.required("type", asker);
    let message = message(&mut body, "applicantMessageToCfa");
    let reasons = reasons(&mut body);
    let training = body.line("cleMinistereEducatif", MAX_CLE_BYTES);
    let training = body.required("cleMinistereEducatif", training);
    let referrer = body.checked("appointmentOrigin", |word| {
        word.to_lowercase().parse::<Referrer>().map_err(|_| format!("Valeur attendue : {}", referrers()))
    });
    let referrer = body.required("appointmentOrigin", referrer);
    let read = (|| {
        let applicant =
            Applicant { first_name: first_name?, last_name: last_name?, email: email?, phone: phone? };
        let (asker, reasons, training, referrer) = (asker?, reasons?, training?, referrer?);
        Some(Wish { applicant, asker, message, reasons, training, referrer })
    })();
    body.finish(read)
}

/// The words by which sites are named.
fn referrers() -> String {
    Referrer::ALL.map(Referrer::as_str).join(", ")
}

/// Each once, in the order of the form.
fn reasons(body: &mut Body) -> Option<Vec<Reason>> {
    const NAME: &str = "applicantReasons";
    let words = body.list(NAME);
    let words = body.required(NAME, words)?;
    let read: Option<Vec<Reason>> = words.iter().map(|word| Reason::of(word)).collect();
    let Some(mut reasons) = read else {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        body.refuse(NAME, Issue::bad_format(NAME, format!("Valeurs attendues : {known}")));
        return None;
    };
    reasons.sort_unstable();
    reasons.dedup();
    Some(reasons)
}

/// The body of `POST /appointment-request/reply`: which appointment, and what the centre says.
pub fn reply(request: &Request) -> Result<(AppointmentId, Reply), ApiError> {
    let mut body = Body::read(request, &REPLY_FIELDS)?;
    let id =
        body.checked("appointment_id", |text| text.parse::<AppointmentId>().map_err(|_| BAD_ID.to_owned()));
    let id = body.required("appointment_id", id);
    let intention = body.checked("cfa_intention_to_applicant", |word| {
        let known = Intention::ALL.map(Intention::as_str).join(", ");
        Intention::of(word).ok_or_else(|| format!("Valeur attendue : {known}"))
    });
    let intention = body.required("cfa_intention_to_applicant", intention);
    let message = body.prose("cfa_message_to_applicant", MAX_MESSAGE_CHARS).map(|text| words::message(&text));
    let answered_at = body.checked("cfa_message_to_applicant_date", |text| {
        date::parse(text).ok_or_else(|| "Une date est attendue, par exemple 2026-09-01T08:00:00Z".to_owned())
    });
    let message = message.filter(|text| !text.is_empty());
    let read = (|| {
        let (id, intention) = (id?, intention?);
        Some((id, Reply { intention, message, slots: Vec::new(), answered_at }))
    })();
    body.finish(read)
}

/// The training and the site that the address of the form names; none where it names no site or no training.
pub fn form_query(request: &Request) -> Option<(String, Referrer)> {
    let referrer = request.query_value("referrer")?.to_lowercase().parse().ok()?;
    Some((request.query_value("cleMinistereEducatif")?, referrer))
}

/// `appointmentId` of the query.
pub fn appointment_id(request: &Request) -> Result<AppointmentId, ApiError> {
    let given = request.query_value(APPOINTMENT_ID);
    let read = given.as_deref().and_then(|text| text.parse().ok());
    read.ok_or_else(|| {
        let issue = Issue::bad_format(APPOINTMENT_ID, BAD_ID.to_owned()).at([Step::Name(APPOINTMENT_ID)]);
        Schema { context: Context::Querystring, issues: vec![issue] }.into()
    })
}

#[cfg(test)]
mod tests;
