//! The answers of the routes of applications.

use std::collections::BTreeMap;

use domain::application::{ApplicationId, Facts, Target, intention};
use domain::date;
use jiff::Timestamp;
use serde::Serialize;
use usecases::applications::{Export, Upload};
use usecases::following::Followed;
use usecases::once::Answered;
use utoipa::ToSchema;

use crate::applications_query::text_of;
use crate::appointments_answer::PersonalAppointment;
use crate::response::Response;

/// The header by which version 1 tells the id of an application, which its body has no place for.
pub const APPLICATION_ID: &str = "x-application-id";

/// What version 1 answers.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Taken {
    /// `ok`.
    result: &'static str,
    /// `messages sent`.
    message: &'static str,
}

/// An application that was taken, in the words of version 1.
pub fn taken(answered: &Answered) -> Response {
    let answer = Response::json(200, &Taken { result: "ok", message: "messages sent" });
    let id: Option<Id> = serde_json::from_str(&answered.answer.body).ok();
    let answer = match &id {
        Some(id) => answer.with_header(APPLICATION_ID, &id.id),
        None => answer,
    };
    if answered.replayed { answer.with_header("idempotency-replayed", "true") } else { answer }
}

/// The id of an application, as the present form answers it.
#[derive(Debug, Clone, Serialize, serde::Deserialize, ToSchema)]
pub struct Id {
    /// The id.
    pub id: String,
}

/// A file that may be uploaded, and how.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UploadAnswer<'a> {
    /// What to send as `applicant_attachment_id`.
    #[schema(format = "uuid")]
    id: &'a str,
    /// Where the form goes, by `POST`.
    #[schema(format = "uri")]
    url: &'a str,
    /// The fields of the form, `multipart/form-data`, all of them as they are; the file comes last, as `file`.
    fields: &'a BTreeMap<&'static str, String>,
    /// Until when it may be sent.
    #[schema(format = DateTime)]
    expires_at: String,
}

impl<'a> From<&'a Upload> for UploadAnswer<'a> {
    fn from(upload: &'a Upload) -> Self {
        Self {
            id: upload.id.as_str(),
            url: &upload.form.url,
            fields: &upload.form.fields,
            expires_at: date::iso(upload.expires_at),
        }
    }
}

/// An application as its partner sees it: nothing of who applied.
#[derive(Debug, Serialize)]
pub struct ApplicationAnswer<'a> {
    id: &'a str,
    status: &'static str,
    company_siret: &'a str,
    job_id: Option<&'a str>,
    caller: Option<&'a str>,
    company_recruitment_intention: Option<&'static str>,
    #[serde(serialize_with = "domain::date::iso_form::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "domain::date::iso_form::serialize")]
    updated_at: Timestamp,
}

impl<'a> ApplicationAnswer<'a> {
    /// Of one that is followed.
    pub fn of(followed: &'a Followed<ApplicationId, Facts>) -> Self {
        Self::with(followed.id.as_str(), &followed.facts)
    }

    fn with(id: &'a str, facts: &'a Facts) -> Self {
        Self {
            id,
            status: facts.stage.as_str(),
            company_siret: facts.siret.as_str(),
            job_id: match &facts.target {
                Target::Offer(offer) => Some(&offer.offer_id),
                Target::Company { .. } => None,
            },
            caller: facts.caller.as_deref(),
            company_recruitment_intention: facts.answer.or(facts.intention).map(intention),
            created_at: facts.created_at,
            updated_at: facts.updated_at,
        }
    }
}

/// A page of applications.
#[derive(Debug, Serialize)]
pub struct ApplicationsAnswer<'a> {
    applications: Vec<ApplicationAnswer<'a>>,
    after: Option<String>,
}

impl<'a> ApplicationsAnswer<'a> {
    /// Of those that changed, and where the next page begins.
    pub fn of(followed: &'a [Followed<ApplicationId, Facts>], next: Option<&str>) -> Self {
        Self { applications: followed.iter().map(ApplicationAnswer::of).collect(), after: next.map(text_of) }
    }
}

/// What is known of somebody, for that somebody.
#[derive(Debug, Serialize)]
struct PersonalAnswer<'a> {
    applications: Vec<PersonalApplication<'a>>,
    appointments: Vec<PersonalAppointment<'a>>,
}

#[derive(Serialize)]
struct PersonalApplication<'a> {
    #[serde(flatten)]
    application: ApplicationAnswer<'a>,
    applicant: &'a domain::application::Applicant,
    message: Option<&'a str>,
    company: &'a str,
    job_title: &'a str,
    attachment_name: &'a str,
}

impl std::fmt::Debug for PersonalApplication<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonalApplication").finish_non_exhaustive()
    }
}

/// A file that whoever asked for it keeps.
pub(crate) fn personal(export: &Export) -> Response {
    let applications = export.applications.iter().map(|known| PersonalApplication {
        application: ApplicationAnswer::with(known.id.as_str(), &known.facts),
        applicant: &known.letter.applicant,
        message: known.letter.message.as_deref(),
        company: &known.letter.company,
        job_title: &known.letter.title,
        attachment_name: &known.letter.cv.file_name,
    });
    let appointments = export.appointments.iter().map(PersonalAppointment::of).collect();
    Response::json(200, &PersonalAnswer { applications: applications.collect(), appointments })
        .with_header("content-disposition", "attachment; filename=\"mes-donnees.json\"")
        .with_header("x-content-type-options", "nosniff")
}
