//! Somebody applies.

use std::borrow::Cow;

use domain::application::{ApplicationId, Facts, Letter, MAX_PER_OFFER, Stage};
use domain::date;
use domain::email::Email;
use domain::mail::{MailedCv, address_hash};

use super::close_full::close_full;
use super::cv::{CvFile, UploadedCvs};
use super::recipient::{Recipient, Recipients};
use super::sent::Application;
use super::taken::{answer, consequences};
use super::{cv_key, cv_purpose, sealed};
use crate::deposit::Desk;
use crate::kept::new_person;
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{
    Barrier, Counted, FindBarriers, FindItem, FindOfferOnRecord, FindPerson, NewApplication, PortError,
    PutCv, StoredAnswer, SubmitApplication, SubmitError,
};

/// How often it is tried where others change the same person or the same offer.
const TRIES: usize = 12;

/// Why somebody could not apply, in the order in which it is looked for.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// There is no such offer or company.
    #[error("there is no such offer or company")]
    Unknown,
    /// The offer is not of the company that was named.
    #[error("the offer is of another company")]
    OtherCompany,
    /// Nobody can be written to at the applicant's address for long.
    #[error("the applicant's address is disposable")]
    Disposable,
    /// The offer is shown no more.
    #[error("the offer is closed")]
    Expired,
    /// The company has no address that is known.
    #[error("the company has no address")]
    NoAddress,
    /// The address that was given back is not the one of this offer or company.
    #[error("the sealed address is not the company's")]
    OtherAddress,
    /// There are as many applications as there may be, or the company takes none.
    #[error("no application is taken: {0:?}")]
    Stopped(Barrier),
    /// There is no file under the id of the upload, or none any more, or it is another partner's.
    #[error("there is no such uploaded file")]
    NoUpload,
    /// The CV is none.
    #[error("the file is no CV of a known form")]
    NoCv,
    /// Others were faster each time.
    #[error("the offer is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Takes applications.
#[derive(Clone, Copy)]
pub struct Apply<'a> {
    /// Makes it once.
    pub once: Once<'a>,
    /// Finds offers.
    pub offers: &'a dyn FindOfferOnRecord,
    /// Finds companies.
    pub companies: &'a dyn FindItem,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Tells what stands in the way.
    pub barriers: &'a dyn FindBarriers,
    /// Keeps CVs.
    pub cvs: &'a dyn PutCv,
    /// Files that were put into the bucket beforehand.
    pub uploads: UploadedCvs<'a>,
    /// Stores applications.
    pub submit: &'a dyn SubmitApplication,
    /// Opens recruiters' addresses, and closes offers that have enough of them.
    pub desk: Desk<'a>,
}

/// To whom an application goes, at which address, and as what it counts.
struct Ready {
    recipient: Recipient,
    address: Email,
    counted: Counted,
}

/// What the attempts at one application have seen.
#[derive(Default)]
struct Seen<'a> {
    /// The CV, which is read once.
    cv: Option<Cow<'a, CvFile>>,
    /// How many applications the offer had at the last attempt.
    of_offer: u64,
}

impl Apply<'_> {
    /// The id of the application, as the answer to give. It and all that follows from it is stored by then.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        application: &Application,
    ) -> Result<Answered, OnceError<ApplyError>> {
        let partner = asked.partner;
        self.once.run(asked, async |promise| self.work(partner, application, promise).await).await
    }

    async fn work(
        &self,
        partner: &str,
        application: &Application,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<ApplyError>> {
        let mut seen = Seen::default();
        for _ in 0..TRIES {
            let ready = self.ready(partner, application).await?;
            let attempt = self.attempt(partner, application, &ready, &mut seen, promise.clone()).await;
            if let Some((offer, _)) = &ready.recipient.offer
                && self.is_full(&ready.counted, seen.of_offer, &attempt).await
            {
                // The application is stored, or refused: what fails here, the next one finds.
                drop(close_full(&self.desk, offer).await);
            }
            match attempt {
                Err(Stop::Because(ApplyError::Busy)) => {}
                // A refused one may be sent again with the same file.
                Err(error) => return Err(error),
                Ok(answer) => {
                    self.uploads.forget(partner, application.cv.as_ref()).await;
                    return Ok(answer);
                }
            }
        }
        Err(ApplyError::Busy.into())
    }

    /// Whether the offer has as many as one gets. Whoever finds it full closes it, should the one that filled it have been
    /// killed. The one that fills it counts once more; not after every application, but where so many were there before
    /// that it may be: should forty others come between two calls, the next one that is refused closes it.
    async fn is_full(
        &self,
        counted: &Counted,
        of_offer: u64,
        attempt: &Result<StoredAnswer, Stop<ApplyError>>,
    ) -> bool {
        let most = u64::from(MAX_PER_OFFER);
        match attempt {
            Err(Stop::Because(ApplyError::Stopped(Barrier::PerOffer))) => true,
            Ok(_) if of_offer >= most / 2 => {
                let found = self.barriers.find_barriers(counted).await;
                found.is_ok_and(|found| found.of_offer >= most)
            }
            _ => of_offer >= most,
        }
    }

    /// To whom it goes, once all that can be told of it without counting is right.
    async fn ready(&self, partner: &str, application: &Application) -> Result<Ready, ApplyError> {
        let recipients = Recipients { offers: self.offers, companies: self.companies };
        let recipient = recipients.find(&application.wanted, self.desk.clock.seconds()).await?;
        if application.is_disposable {
            return Err(ApplyError::Disposable);
        }
        recipient.open()?;
        let address = recipient.address(self.desk.cipher, application.sealed.as_ref())?;
        let counted = self.counted(partner, application, &recipient, &address);
        Ok(Ready { recipient, address, counted })
    }

    fn counted(
        &self,
        partner: &str,
        application: &Application,
        recipient: &Recipient,
        address: &Email,
    ) -> Counted {
        Counted {
            person: address_hash(&application.applicant.email),
            day: date::paris_day(self.desk.clock.now()),
            target: recipient.target.name(),
            caller: format!("{partner}#{}", application.caller.as_deref().unwrap_or_default()),
            siret: recipient.siret.as_str().to_owned(),
            offer_id: recipient.offer.as_ref().map(|(offer, _)| offer.offer_id.clone()),
            recruiter: address_hash(address),
        }
    }

    /// One attempt. The CV is read when nothing else is in the way, and once.
    async fn attempt<'a>(
        &self,
        partner: &str,
        application: &'a Application,
        ready: &Ready,
        seen: &mut Seen<'a>,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<ApplyError>> {
        let now = self.desk.clock.now();
        let Ready { recipient, address, counted } = ready;
        let found = self.barriers.find_barriers(counted).await.map_err(ApplyError::from)?;
        seen.of_offer = found.of_offer;
        if let Some(barrier) = found.barriers.first() {
            return Err(ApplyError::Stopped(*barrier).into());
        }
        let cv = match seen.cv.take() {
            Some(cv) => cv,
            None => match self.uploads.read(partner, application.cv.as_ref()).await {
                Ok(cv) => cv,
                // Whoever stored this very application has deleted its file.
                Err(error @ ApplyError::NoUpload) => return Err(Stop::PerhapsDone(error)),
                Err(error) => return Err(error.into()),
            },
        };
        let cv = &*seen.cv.insert(cv);
        let known = self.people.find_person(&counted.person).await.map_err(ApplyError::from)?;
        let is_first = known.is_none();
        let person = known.unwrap_or_else(|| new_person(&counted.person, self.desk.entropy));
        let id = ApplicationId::from_random(self.desk.entropy.bytes());
        let key = cv_key(&id);
        let letter = Letter {
            applicant: application.applicant.clone(),
            message: application.message.clone(),
            company: recipient.company.clone(),
            title: recipient.title.clone().or_else(|| application.trade.clone()).unwrap_or_default(),
            recruiter: application.redirected.clone().unwrap_or_else(|| address.clone()),
            cv: MailedCv {
                key: key.clone(),
                file_name: cv.file_name.clone(),
                media_type: cv.media_type.to_owned(),
            },
            is_test: application.redirected.is_some(),
        };
        let new = NewApplication {
            facts: Facts {
                partner: partner.to_owned(),
                caller: application.caller.clone(),
                target: recipient.target.clone(),
                siret: recipient.siret.clone(),
                romes: recipient.romes.clone(),
                created_at: now,
                stage: Stage::Received,
                updated_at: now,
                intention: None,
                answer: None,
            },
            is_first,
            letter: sealed(&id, &letter, &person).map_err(ApplyError::from)?,
            counted: counted.clone(),
            offer: recipient.offer.clone(),
            person,
            id,
        };
        let cv = new.person.key.seal(&cv_purpose(&key), &cv.bytes);
        let cv = cv.map_err(|error| ApplyError::Failed(PortError::new("seal a CV", error)))?;
        // Before anything speaks of it: who is killed here leaves a file that nobody can open.
        self.cvs.put_cv(&key, cv).await.map_err(ApplyError::from)?;
        let answer = answer(&new.id).map_err(ApplyError::from)?;
        let consequences = consequences(&new, &letter, promise, answer.clone(), self.desk.clock);
        match self.submit.submit_application(&new, &consequences).await {
            Ok(()) => Ok(answer),
            Err(SubmitError::NotFirst) => Err(Stop::NotFirst),
            Err(SubmitError::Stopped(barrier)) => Err(ApplyError::Stopped(barrier).into()),
            Err(SubmitError::Overtaken) => Err(ApplyError::Busy.into()),
            Err(SubmitError::Failed(error)) => Err(ApplyError::Failed(error).into()),
        }
    }
}
