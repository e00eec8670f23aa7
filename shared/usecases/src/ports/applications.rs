//! Applications, the people who made them, and their CVs.

use std::collections::BTreeMap;
use std::fmt;

use async_trait::async_trait;
use domain::application::{ApplicationId, Facts};
use domain::appointment::AppointmentId;
use domain::link::OfferRef;
use domain::matcha::MatchaOffer;
use domain::person::Person;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Consequences, PortError, Standing};
use crate::ingest::ContentHash;

/// An offer that somebody applies for.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferOnRecord {
    /// Whose it is.
    pub offer: OfferRef,
    /// As searches show it.
    pub card: MatchaOffer,
    /// What the store must still hold of it: while it does, it is as open as its card says.
    pub hash: ContentHash,
}

/// Finds an offer that somebody applies for.
#[async_trait]
pub trait FindOfferOnRecord: Send + Sync {
    /// Strongly consistent.
    async fn find_offer_on_record(&self, offer_id: &str) -> Result<Option<OfferOnRecord>, PortError>;
}

/// Finds a person.
#[async_trait]
pub trait FindPerson: Send + Sync {
    /// By the hash of the address, strongly consistent. None of whom nothing is known, or is known no more.
    async fn find_person(&self, hash: &str) -> Result<Option<Person>, PortError>;
}

/// What stands in the way of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Barrier {
    /// Nobody writes to the recruiter's address any more; or the company wants no application that no offer asked for.
    Unwritten,
    /// The person has applied as often as one may on this day.
    PerDay,
    /// The person has applied as often as one may for this offer or company.
    PerTarget,
    /// The caller has handed on as many as it may to this SIRET on this day.
    PerCaller,
    /// The offer has as many as one gets.
    PerOffer,
}

/// What is counted of an application, and to whom it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Hash of the address of who applies.
    pub person: String,
    /// The day, in Paris.
    pub day: Date,
    /// [`domain::application::Target::name`].
    pub target: String,
    /// Who hands it on.
    pub caller: String,
    /// The SIRET of the company.
    pub siret: String,
    /// The offer, if it is for one.
    pub offer_id: Option<String>,
    /// Hash of the address it goes to.
    pub recruiter: String,
}

/// What stands in the way of an application when that is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InTheWay {
    /// In their order; none where there is room for one more application.
    pub barriers: Vec<Barrier>,
    /// How many the offer has; none where it is for no offer.
    pub of_offer: u64,
}

/// Tells what stands in the way of an application.
#[async_trait]
pub trait FindBarriers: Send + Sync {
    /// Strongly consistent.
    async fn find_barriers(&self, counted: &Counted) -> Result<InTheWay, PortError>;
}

/// An application to store.
#[derive(Debug, Clone, PartialEq)]
pub struct NewApplication {
    /// Its id.
    pub id: ApplicationId,
    /// What names nobody.
    pub facts: Facts,
    /// Who applies.
    pub person: Person,
    /// Whether nothing was known of the person: the key is new.
    pub is_first: bool,
    /// The letter, sealed under the key of the person.
    pub letter: Vec<u8>,
    /// What is counted.
    pub counted: Counted,
    /// The offer, which must be as it was seen; none where there is none.
    pub offer: Option<(OfferRef, ContentHash)>,
}

/// An application was not stored, nor anything that would have followed from it.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Something stands in its way.
    #[error("no application may be stored: {0:?}")]
    Stopped(Barrier),
    /// The offer is no more as it was seen, or somebody else has just made the person known, or it was forgotten.
    #[error("the offer or the person was changed by another request")]
    Overtaken,
    /// The request was answered, or taken over, by another.
    #[error("another request with this key was first")]
    NotFirst,
    /// The store failed. Whether it was stored is not known.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Stores an application.
#[async_trait]
pub trait SubmitApplication: Send + Sync {
    /// With its caps, the key of its person, the scan of its CV that is owed, and consequences, in one transaction.
    async fn submit_application(
        &self,
        new: &NewApplication,
        consequences: &Consequences,
    ) -> Result<(), SubmitError>;
}

/// An application as it is stored.
pub type StoredApplication = Standing<ApplicationId, Facts>;

/// Finds an application.
#[async_trait]
pub trait FindApplication: Send + Sync {
    /// Strongly consistent. One whose time is over is none.
    async fn find_application(
        &self,
        id: &ApplicationId,
        now: u32,
    ) -> Result<Option<StoredApplication>, PortError>;
}

/// Changes where an application stands.
#[async_trait]
pub trait ChangeApplication: Send + Sync {
    /// To these facts, with consequences, in one transaction. False where it was changed meanwhile. The scan of its CV is
    /// owed no more once it is looked at.
    async fn change_application(
        &self,
        seen: &StoredApplication,
        facts: &Facts,
        consequences: &Consequences,
    ) -> Result<bool, PortError>;
}

/// Lists applications.
#[async_trait]
pub trait ListApplications: Send + Sync {
    /// Those of a partner that last changed at or after `since`, in seconds since 1970, and after the mark given, with
    /// their marks, the longest ago first.
    async fn list_applications(
        &self,
        partner: &str,
        since: u32,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, ApplicationId)>, PortError>;
}

/// What is a person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Personal {
    /// What they applied for.
    pub applications: Vec<ApplicationId>,
    /// What they asked for.
    pub appointments: Vec<AppointmentId>,
}

/// Lists what is a person's.
#[async_trait]
pub trait ListPersonal: Send + Sync {
    /// Of the person whose address has this hash, strongly consistent.
    async fn list_personal(&self, hash: &str) -> Result<Personal, PortError>;
}

/// Forgets a person.
#[async_trait]
pub trait ForgetPerson: Send + Sync {
    /// Its key, then what these applications and appointments hold of it. What names nobody stays. It may be done again.
    async fn forget_person(&self, hash: &str, personal: &Personal) -> Result<(), PortError>;
}

/// Keeps a CV until it has left.
#[async_trait]
pub trait PutCv: Send + Sync {
    /// Sealed, under this key.
    async fn put_cv(&self, key: &str, sealed: Vec<u8>) -> Result<(), PortError>;
}

/// Reads a CV.
#[async_trait]
pub trait GetCv: Send + Sync {
    /// As it is sealed; none where there is none any more.
    async fn get_cv(&self, key: &str) -> Result<Option<Vec<u8>>, PortError>;
}

/// Forgets a CV.
#[async_trait]
pub trait DeleteCv: Send + Sync {
    /// It is no error that there is none.
    async fn delete_cv(&self, key: &str) -> Result<(), PortError>;
}

/// A file that somebody is to put into the bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// Where it will lie.
    pub key: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its size, in bytes: no more and no less.
    pub size: u32,
    /// The present.
    pub now: Timestamp,
    /// Until when it may be put there.
    pub until: Timestamp,
}

/// The form that puts a file into the bucket: `multipart/form-data` with these fields, then the file, to this address.
/// Whoever has it may use it, for that one file.
#[derive(Clone, PartialEq, Eq)]
pub struct UploadForm {
    /// Where it is sent.
    pub url: String,
    /// Its fields.
    pub fields: BTreeMap<&'static str, String>,
}

impl fmt::Debug for UploadForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadForm").finish_non_exhaustive()
    }
}

/// Makes the form that puts a file into the bucket.
#[async_trait]
pub trait PrepareUpload: Send + Sync {
    /// Nothing is written, and nothing but that file may be.
    async fn prepare_upload(&self, new: &NewUpload) -> Result<UploadForm, PortError>;
}

/// Reads a file that was put into the bucket.
#[async_trait]
pub trait GetUpload: Send + Sync {
    /// As it came; none where there is none any more, or it is larger than `most` bytes.
    async fn get_upload(&self, key: &str, most: usize) -> Result<Option<Vec<u8>>, PortError>;
}

/// Forgets a file that was put into the bucket.
#[async_trait]
pub trait DeleteUpload: Send + Sync {
    /// It is no error that there is none.
    async fn delete_upload(&self, key: &str) -> Result<(), PortError>;
}

/// What a scanner says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scanned {
    /// It knows nothing bad of it.
    Clean,
    /// It takes it for a dangerous one.
    Infected,
}

/// Looks for malware.
#[async_trait]
pub trait ScanFile: Send + Sync {
    /// An error means that nothing is known: the file waits.
    async fn scan_file(&self, bytes: &[u8]) -> Result<Scanned, PortError>;
}

/// Puts the scan of a CV in its queue.
#[async_trait]
pub trait QueueScan: Send + Sync {
    /// The message holds the id only.
    async fn queue_scan(&self, id: &ApplicationId) -> Result<(), PortError>;
}
