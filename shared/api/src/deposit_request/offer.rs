//! `POST /v1/jobs/{id}`.

use domain::date;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::recruiter::JobType;
use jiff::{Timestamp, Unit};
use usecases::deposit::{JobFields, JobPatch, Workplace};

use crate::body::Body;
use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

pub(super) const FIELDS: [&str; 12] = [
    "job_level_label",
    "job_duration",
    "job_type",
    "is_disabled_elligible",
    "job_count",
    "job_rythm",
    "job_start_date",
    "job_employer_description",
    "job_description",
    "custom_address",
    "custom_geo_coordinates",
    "appellation_code",
];
/// How the weeks may be shared between school and company (contract 1.11).
pub const RHYTHMS: [&str; 6] = [
    "Indifférent",
    "1 jour / 4 jours",
    "2 jours / 3 jours",
    "1 semaine / 1 semaine",
    "2 semaines / 3 semaines",
    "6 semaines / 6 semaines",
];
const MAX_PROSE_CHARS: usize = 10_000;
const MAX_ADDRESS_CHARS: usize = 300;
const MAX_OPENINGS: u32 = 100;
const TYPES: &str = "Une ou deux valeurs parmi : Apprentissage, Professionnalisation";
const START: &str = "Une date ISO 8601 est attendue. ex : 2026-09-01 ou 2026-09-01T00:00:00.000Z";
const PAST: &str = "La date de début ne peut être passée : donnez une date à partir d'aujourd'hui.";
const TOGETHER: &str = "custom_address et custom_geo_coordinates vont ensemble : donnez les deux, ou aucun.";
const POINT: &str = "Des coordonnées sont écrites « latitude,longitude ». ex : 48.8566,2.3522";
const APPELLATION: &str = "Un code d'appellation n'a que des chiffres.";

/// Reads and checks every field. Whether the job starts in the past is left to the use case: a request that is sent again
/// the next day has the answer of the first. Never panics, whatever the request.
pub fn offer(request: &Request) -> Result<JobFields, ApiError> {
    let mut body = Body::read(request, &FIELDS)?;
    let read = fields(&mut body);
    body.finish(read)
}

/// Reads and checks the fields that are to be changed: any of them but the appellation.
pub fn patch(request: &Request) -> Result<JobPatch, ApiError> {
    let [fields @ .., _] = &FIELDS;
    let mut body = Body::read(request, fields)?;
    let read = changes(&mut body);
    body.finish(Some(read))
}

/// All that is said of an offer; none where an issue says why.
pub(super) fn fields(body: &mut Body) -> Option<JobFields> {
    let said = changes(body);
    let level_label = body.required("job_level_label", said.level_label);
    let duration = body.required("job_duration", said.duration);
    let types = body.required("job_type", said.types);
    let start_date = body.required("job_start_date", said.start_date);
    let appellation_code = body.checked("appellation_code", code);
    let appellation_code = body.required("appellation_code", appellation_code);
    Some(JobFields {
        level_label: level_label?,
        duration: duration?,
        types: types?,
        disabled_eligible: said.disabled_eligible.unwrap_or_default(),
        count: said.count.unwrap_or(1),
        rhythm: said.rhythm,
        start_date: start_date?,
        employer_description: said.employer_description,
        description: said.description,
        workplace: said.workplace,
        appellation_code: appellation_code?,
    })
}

/// What is said of all that may change.
fn changes(body: &mut Body) -> JobPatch {
    JobPatch {
        level_label: body.checked("job_level_label", level),
        duration: body.number("job_duration", 6, 36),
        types: types(body),
        disabled_eligible: body.flag("is_disabled_elligible"),
        count: body.number("job_count", 1, MAX_OPENINGS),
        rhythm: body.checked("job_rythm", rhythm),
        start_date: body.checked("job_start_date", start),
        employer_description: body.prose("job_employer_description", MAX_PROSE_CHARS),
        description: body.prose("job_description", MAX_PROSE_CHARS),
        workplace: workplace(body),
    }
}

fn level(text: &str) -> Result<String, String> {
    Diploma::from_job_level_label(text).map(|_| text.to_owned()).map_err(|_| {
        let levels = Diploma::ALL.map(Diploma::job_level_label).join(" · ");
        format!("Valeur attendue : une de {levels} · {ANY_LEVEL}", ANY_LEVEL = domain::diploma::ANY_LEVEL)
    })
}

fn rhythm(text: &str) -> Result<String, String> {
    let known = RHYTHMS.contains(&text);
    known.then(|| text.to_owned()).ok_or_else(|| format!("Valeur attendue : une de {}", RHYTHMS.join(" · ")))
}

fn types(body: &mut Body) -> Option<Vec<JobType>> {
    let all = [JobType::Apprentissage, JobType::Professionnalisation];
    let texts = body.list("job_type")?;
    let types: Option<Vec<JobType>> =
        texts.iter().map(|text| all.into_iter().find(|kind| kind.as_str() == text)).collect();
    let mut types = types.filter(|types| !types.is_empty());
    if let Some(types) = &mut types {
        types.sort_by_key(|kind| kind.as_str());
        types.dedup();
    } else {
        body.refuse("job_type", Issue::refused("job_type", TYPES));
    }
    types
}

fn start(text: &str) -> Result<Timestamp, String> {
    // As finely as it is stored, so that what is sent again is the same.
    let day = date::parse(text).and_then(|day| day.round(Unit::Millisecond).ok());
    day.ok_or_else(|| START.to_owned())
}

/// The refusal of a job that starts in the past.
pub(crate) fn starts_in_the_past() -> Schema {
    let issue = Issue::refused("job_start_date", PAST).at([Step::Name("job_start_date")]);
    Schema { context: Context::Body, issues: vec![issue] }
}

fn workplace(body: &mut Body) -> Option<Workplace> {
    let address = body.line("custom_address", MAX_ADDRESS_CHARS);
    let point: Option<Point> =
        body.checked("custom_geo_coordinates", |text| text.parse().map_err(|_| POINT.to_owned()));
    match (address, point) {
        (Some(address), Some(point)) => Some(Workplace { address, point }),
        (None, None) => None,
        _ => {
            body.refuse("custom_address", Issue::refused("custom_address", TOGETHER));
            None
        }
    }
}

fn code(text: &str) -> Result<String, String> {
    let is_code = text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| text.to_owned()).ok_or_else(|| APPELLATION.to_owned())
}
