//! What a partner says of an offer, and the offer that it makes.

use domain::date;
use domain::geo::Point;
use domain::recruiter::{Job, JobStatus, JobType};
use domain::rome::{RomeCode, Romes};
use jiff::Timestamp;
use metiers::{Appellation, Sheet};

/// What a partner says of an offer, parsed. The names are those of the contract without their `job_`.
#[derive(Debug, Clone, PartialEq)]
pub struct JobFields {
    /// One of the six levels of the contract.
    pub level_label: String,
    /// Months, 6 to 36.
    pub duration: u32,
    /// At least one.
    pub types: Vec<JobType>,
    /// Open to disabled persons.
    pub disabled_eligible: bool,
    /// Posts to fill.
    pub count: u32,
    /// One of the rhythms of the contract.
    pub rhythm: Option<String>,
    /// First day of work.
    pub start_date: Timestamp,
    /// About the employer.
    pub employer_description: Option<String>,
    /// What the job is.
    pub description: Option<String>,
    /// Where the work is, when not at the establishment.
    pub workplace: Option<Workplace>,
    /// The code of its appellation.
    pub appellation_code: String,
}

/// Where the work is.
#[derive(Debug, Clone, PartialEq)]
pub struct Workplace {
    /// One line.
    pub address: String,
    /// Where that is.
    pub point: Point,
}

/// What is to be changed of an offer: what is none stays as it is. The appellation never changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobPatch {
    /// See [`JobFields`].
    pub level_label: Option<String>,
    /// See [`JobFields`].
    pub duration: Option<u32>,
    /// See [`JobFields`].
    pub types: Option<Vec<JobType>>,
    /// See [`JobFields`].
    pub disabled_eligible: Option<bool>,
    /// See [`JobFields`].
    pub count: Option<u32>,
    /// See [`JobFields`].
    pub rhythm: Option<String>,
    /// See [`JobFields`].
    pub start_date: Option<Timestamp>,
    /// See [`JobFields`].
    pub employer_description: Option<String>,
    /// See [`JobFields`].
    pub description: Option<String>,
    /// See [`JobFields`].
    pub workplace: Option<Workplace>,
}

impl JobPatch {
    /// Changes the offer.
    pub(crate) fn apply(&self, job: &mut Job, now: Timestamp) {
        set(&mut job.job_level_label, self.level_label.as_ref());
        set(&mut job.job_duration, self.duration.as_ref());
        if let Some(types) = &self.types {
            job.job_type.clone_from(types);
        }
        set(&mut job.is_disabled_elligible, self.disabled_eligible.as_ref());
        set(&mut job.job_count, self.count.as_ref());
        set(&mut job.job_rythm, self.rhythm.as_ref());
        set(&mut job.job_start_date, self.start_date.as_ref());
        set(&mut job.job_employer_description, self.employer_description.as_ref());
        set(&mut job.job_description, self.description.as_ref());
        if let Some(Workplace { address, point }) = self.workplace.clone() {
            job.custom_address = Some(address);
            job.custom_geo_coordinates = Some(point);
        }
        job.job_update_date = Some(now);
    }
}

fn set<T: Clone>(field: &mut Option<T>, value: Option<&T>) {
    if value.is_some() {
        *field = value.cloned();
    }
}

impl JobFields {
    /// The trade that the code of its appellation names; none where it names none.
    pub(crate) fn trade(&self) -> Option<(Appellation, RomeCode)> {
        let appellation = Appellation::of_code(&self.appellation_code)?;
        let code = appellation.rome.parse().ok()?;
        Some((appellation, code))
    }

    /// Whether the job starts on a day that is over in Paris.
    pub(crate) fn starts_in_the_past(&self, now: Timestamp) -> bool {
        is_past(self.start_date, now)
    }

    /// Says anew what an offer is, of this trade; what became of it stays.
    pub(crate) fn replace(
        &self,
        job: &mut Job,
        (appellation, code): &(Appellation, RomeCode),
        now: Timestamp,
    ) {
        job.rome_label = Some(appellation.rome_label.to_owned());
        job.rome_appellation_label = Some(appellation.name.to_owned());
        job.rome_code = Romes::from(*code);
        job.rome_detail = Sheet::of(*code).map(|sheet| rome_detail(&sheet));
        job.job_level_label = Some(self.level_label.clone());
        job.job_duration = Some(self.duration);
        job.job_type.clone_from(&self.types);
        job.is_disabled_elligible = Some(self.disabled_eligible);
        job.job_count = Some(self.count);
        job.job_rythm.clone_from(&self.rhythm);
        job.job_start_date = Some(self.start_date);
        job.job_employer_description.clone_from(&self.employer_description);
        job.job_description.clone_from(&self.description);
        (job.custom_address, job.custom_geo_coordinates) =
            self.workplace.clone().map(|place| (place.address, place.point)).unzip();
        job.job_update_date = Some(now);
    }

    /// A new offer.
    pub(crate) fn new_job(
        &self,
        trade: &(Appellation, RomeCode),
        id: String,
        status: JobStatus,
        now: Timestamp,
    ) -> Job {
        let mut job = Job {
            id,
            rome_label: None,
            rome_appellation_label: None,
            rome_code: Romes::from(trade.1),
            rome_detail: None,
            job_level_label: None,
            job_start_date: None,
            job_description: None,
            job_employer_description: None,
            job_creation_date: Some(now),
            job_expiration_date: date::two_months_later(now),
            job_update_date: None,
            job_last_prolongation_date: None,
            job_prolongation_count: 0,
            relance_mail_sent: false,
            reminded_days: None,
            job_status: status,
            job_status_comment: None,
            job_type: Vec::new(),
            is_multi_published: None,
            job_delegation_count: 0,
            delegations: Vec::new(),
            is_disabled_elligible: None,
            job_count: None,
            job_duration: None,
            job_rythm: None,
            custom_address: None,
            custom_geo_coordinates: None,
            stats_detail_view: 0,
            stats_search_view: 0,
        };
        self.replace(&mut job, trade, now);
        job
    }
}

/// Whether a day is over in Paris.
pub(crate) fn is_past(day: Timestamp, now: Timestamp) -> bool {
    date::paris_day(day) < date::paris_day(now)
}

/// What we know of a trade; the ROME's own definitions are in no package.
fn rome_detail(sheet: &Sheet) -> serde_json::Value {
    serde_json::json!({
        "code": sheet.code,
        "libelle": sheet.label,
        "domaine": { "code": sheet.domain.0, "libelle": sheet.domain.1 },
        "grand_domaine": { "code": sheet.family.0, "libelle": sheet.family.1 },
    })
}
