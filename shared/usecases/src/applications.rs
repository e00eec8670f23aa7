//! Applications, from when somebody applies until the recruiter answers (contract 1.10, 2.4, 3.1).
//!
//! An application is stored before anything follows from it: its CV lies sealed in the bucket, and the scan of it is owed
//! like a mail. Only a CV that is harmless goes on to the recruiter, and only what the recruiter answers goes back.

mod answer;
mod apply;
mod close_full;
mod cv;
mod deliver;
mod follow;
mod privacy;
mod recipient;
mod scan;
mod sent;
mod taken;
mod upload;

pub use answer::{Answer, AnswerApplication, AnswerError};
pub use apply::{Apply, ApplyError};
pub use cv::{Cv, CvFile, UploadedCvs};
pub use deliver::{Deliver, HandOn};
pub use follow::FollowApplications;
pub use privacy::{AskForData, Export, Known, Privacy};
pub use recipient::Wanted;
pub use scan::{ScanCv, ScanOutcome};
pub use sent::Application;
pub use upload::{PrepareCv, UPLOAD_SECONDS, Upload};

use domain::application::{Applicant, ApplicationId, Letter};
use domain::mail::{ApplicationUndelivered, DueMail, Mail};
use domain::person::Person;

use crate::kept;
use crate::ports::{FindPerson, PortError, StoredApplication};

/// Where the CV of an application lies.
fn cv_key(id: &ApplicationId) -> String {
    format!("cv/{id}")
}

/// What a CV is sealed for.
fn cv_purpose(key: &str) -> String {
    format!("cv#{key}")
}

/// What tells an applicant that the recruiter will not get it, or that nobody can know.
fn undelivered(id: &ApplicationId, letter: Letter, uncertain: bool) -> DueMail {
    let Applicant { first_name, last_name, email, .. } = letter.applicant;
    let (company, title) = (letter.company, letter.title);
    let mail = ApplicationUndelivered { first_name, last_name, company, title, uncertain };
    DueMail::new(&kept::end(id.as_str(), uncertain), email, Mail::ApplicationUndelivered(mail))
}

/// A letter, sealed under the key of who wrote it.
fn sealed(id: &ApplicationId, letter: &Letter, person: &Person) -> Result<Vec<u8>, PortError> {
    kept::sealed(&Letter::purpose(id), letter, person)
}

/// The letter of an application and who wrote it; none once the person was forgotten.
async fn opened(
    people: &dyn FindPerson,
    application: &StoredApplication,
) -> Result<Option<(Letter, Person)>, PortError> {
    kept::opened(people, &Letter::purpose(&application.id), application.personal.as_ref()).await
}
