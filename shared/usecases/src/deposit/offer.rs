//! Deposits an offer.

use domain::date;
use domain::event::{self, Event, EventMessage};
use domain::geo::Point;
use domain::link::{LinkAction, LinkId, LinkKey, StoredLink};
use domain::mail::{ConfirmAddress, DueMail, Mail, OfferPublished, address_hash};
use domain::matcha::MatchaOffer;
use domain::recruiter::{Job, JobStatus, JobType, Recruiter};
use domain::rome::{RomeCode, Romes};
use domain::seal::ContactCipher;
use jiff::Timestamp;
use metiers::{Appellation, Sheet};

use super::{created, document_id};
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop, message};
use crate::ports::{
    AddOffer, CommitError, Consequences, FindOwnRecruiter, NewOffer, PortError, SeenRecruiter, StoredAnswer,
};

/// Offers that one establishment may have, closed ones included: its answer holds them all.
pub const MAX_OFFERS: usize = 200;
/// How often a deposit is tried again that another one to the same establishment has overtaken.
const TRIES: usize = 4;
const DEPOSIT: &str = "deposit an offer";

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

/// Why an offer was not deposited.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// The partner has no such establishment.
    #[error("the partner has no such establishment")]
    UnknownEstablishment,
    /// The job starts on a day that is over in Paris.
    #[error("the job starts in the past")]
    StartsInThePast,
    /// No appellation has this code.
    #[error("no appellation has this code")]
    UnknownAppellation,
    /// The establishment has as many offers as it may.
    #[error("the establishment has too many offers")]
    TooManyOffers,
    /// Other deposits to the same establishment were faster each time.
    #[error("the establishment is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for DepositError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Overtaken => Self::Busy,
            CommitError::TooLarge => Self::TooManyOffers,
            CommitError::Failed(error) => Self::Failed(error),
            error @ (CommitError::Taken | CommitError::NotFirst) => {
                Self::Failed(PortError::new(DEPOSIT, error))
            }
        }
    }
}

/// Deposits offers.
#[derive(Clone, Copy)]
pub struct DepositOffer<'a> {
    /// Makes it once.
    pub once: Once<'a>,
    /// Finds the establishment.
    pub recruiters: &'a dyn FindOwnRecruiter,
    /// Writes the offer.
    pub add: &'a dyn AddOffer,
    /// Seals the recruiter's address.
    pub cipher: &'a ContactCipher,
    /// Makes the links of mails.
    pub links: &'a LinkKey,
}

impl DepositOffer<'_> {
    /// The recruiter, whose last offer is the new one, as the answer to give. The offer is found by the next search.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        establishment_id: &str,
        fields: &JobFields,
    ) -> Result<Answered, OnceError<DepositError>> {
        self.once
            .run(asked, async |promise| self.work(asked.partner, establishment_id, fields, promise).await)
            .await
    }

    async fn work(
        &self,
        partner: &str,
        establishment_id: &str,
        fields: &JobFields,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<DepositError>> {
        if date::paris_day(fields.start_date) < date::paris_day(self.once.clock.now()) {
            return Err(DepositError::StartsInThePast.into());
        }
        // What is no id of ours belongs to nobody, and may be no key of the store.
        if uuid::Uuid::try_parse(establishment_id).is_err() {
            return Err(DepositError::UnknownEstablishment.into());
        }
        let appellation =
            Appellation::of_code(&fields.appellation_code).ok_or(DepositError::UnknownAppellation)?;
        let mut tries = 1;
        loop {
            let found = self.recruiters.find_own_recruiter(partner, establishment_id).await;
            let seen = found.map_err(DepositError::from)?.ok_or(DepositError::UnknownEstablishment)?;
            match self.attempt(partner, seen, fields, &appellation, promise.clone()).await {
                Err(Stop::Because(DepositError::Busy)) if tries < TRIES => tries += 1,
                ended => return ended,
            }
        }
    }

    async fn attempt(
        &self,
        partner: &str,
        seen: SeenRecruiter,
        fields: &JobFields,
        appellation: &Appellation,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<DepositError>> {
        let SeenRecruiter { mut recruiter, hash } = seen;
        if recruiter.jobs.len() >= MAX_OFFERS {
            return Err(DepositError::TooManyOffers.into());
        }
        let now = self.once.clock.now();
        recruiter.jobs.push(job(fields, appellation, document_id(self.once.entropy.bytes()), now)?);
        recruiter.updated_at = Some(now);
        let offer = recruiter.last_offer(self.cipher).map_err(|error| PortError::new(DEPOSIT, error));
        let Some(offer) = offer.map_err(DepositError::from)? else {
            return Err(DepositError::UnknownEstablishment.into());
        };
        let answer = created(&recruiter).map_err(DepositError::from)?;
        let consequences = self.consequences(partner, &recruiter, &offer, promise, answer.clone());
        let new = NewOffer { recruiter, offer, seen: hash };
        let added = self.add.add_offer(partner, &new, &consequences).await;
        added.map_err(Stop::<DepositError>::of_commit)?;
        Ok(answer)
    }

    fn consequences(
        &self,
        partner: &str,
        recruiter: &Recruiter,
        offer: &MatchaOffer,
        promise: Promise,
        answer: StoredAnswer,
    ) -> Consequences {
        let now = promise.now;
        let link = LinkId::from_random(self.once.entropy.bytes());
        let (mail, action) = mail(partner, recruiter, offer, &link);
        let links: Vec<StoredLink> = vec![self.links.stored(&link, action, now)];
        Consequences {
            completion: promise.keep(answer),
            mails: vec![DueMail::new(&offer.offer_id, recruiter.email.clone(), mail)],
            events: vec![self.published(partner, recruiter, offer)],
            links,
            now,
        }
    }

    fn published(&self, partner: &str, recruiter: &Recruiter, offer: &MatchaOffer) -> EventMessage {
        let published = event::OfferPublished {
            offer_id: offer.offer_id.clone(),
            establishment_id: recruiter.establishment_id.clone(),
            siret: recruiter.establishment_siret.clone(),
            romes: offer.romes.iter().collect(),
            expires_at: instant(offer.expires_at),
        };
        message(&offer.offer_id, Event::OfferPublished(published), Some(partner), self.once.clock)
    }
}

/// The first offer asks to confirm the address; each later one is confirmed.
fn mail(partner: &str, recruiter: &Recruiter, offer: &MatchaOffer, link: &LinkId) -> (Mail, LinkAction) {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let (first_name, last_name) = (name(&recruiter.first_name), name(&recruiter.last_name));
    let (company, offer_title) = (offer.company_name.clone(), offer.title.clone());
    if recruiter.jobs.len() == 1 {
        let mail = ConfirmAddress {
            first_name,
            last_name,
            company,
            offer_title,
            link: link.clone(),
            waiting: false,
        };
        let establishment_id = recruiter.establishment_id.clone();
        let action = LinkAction::ConfirmAddress { partner: partner.to_owned(), establishment_id };
        return (Mail::ConfirmAddress(mail), action);
    }
    let shown_until = date::paris_day(instant(offer.expires_at));
    let unsubscribe = link.clone();
    let mail = OfferPublished {
        first_name,
        last_name,
        company,
        offer_title,
        shown_until,
        unsubscribe,
        others: false,
    };
    (Mail::OfferPublished(mail), LinkAction::Unsubscribe { address_hash: address_hash(&recruiter.email) })
}

fn instant(seconds: u32) -> Timestamp {
    Timestamp::from_second(i64::from(seconds)).unwrap_or_default()
}

fn job(
    fields: &JobFields,
    appellation: &Appellation,
    id: String,
    now: Timestamp,
) -> Result<Job, DepositError> {
    let code: RomeCode = appellation.rome.parse().map_err(|_| DepositError::UnknownAppellation)?;
    let romes = Romes::try_from(vec![code]).map_err(|_| DepositError::UnknownAppellation)?;
    let (custom_address, custom_geo_coordinates) =
        fields.workplace.clone().map(|place| (place.address, place.point)).unzip();
    Ok(Job {
        id,
        rome_label: Some(appellation.rome_label.to_owned()),
        rome_appellation_label: Some(appellation.name.to_owned()),
        rome_code: romes,
        rome_detail: Sheet::of(code).map(|sheet| rome_detail(&sheet)),
        job_level_label: Some(fields.level_label.clone()),
        job_start_date: Some(fields.start_date),
        job_description: fields.description.clone(),
        job_employer_description: fields.employer_description.clone(),
        job_creation_date: Some(now),
        job_expiration_date: date::two_months_later(now),
        job_update_date: Some(now),
        job_last_prolongation_date: None,
        job_prolongation_count: 0,
        relance_mail_sent: false,
        job_status: JobStatus::Active,
        job_status_comment: None,
        job_type: fields.types.clone(),
        is_multi_published: None,
        job_delegation_count: 0,
        delegations: Vec::new(),
        is_disabled_elligible: Some(fields.disabled_eligible),
        job_count: Some(fields.count),
        job_duration: Some(fields.duration),
        job_rythm: fields.rhythm.clone(),
        custom_address,
        custom_geo_coordinates,
        stats_detail_view: 0,
        stats_search_view: 0,
    })
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
