//! Somebody applies.

use std::fmt;

use domain::application::{Applicant, ApplicationId, Facts, Letter, Stage};
use domain::date;
use domain::email::Email;
use domain::mail::{MailedCv, address_hash};
use domain::seal::SealedEmail;

use super::close_full::close_full;
use super::recipient::{Recipient, Recipients, Wanted};
use super::taken::{answer, consequences};
use super::{KEPT_SECONDS, cv_key, cv_purpose, new_person, sealed};
use crate::deposit::Desk;
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{
    Barrier, Counted, FindBarriers, FindItem, FindOfferOnRecord, FindPerson, NewApplication, PortError,
    PutCv, StoredAnswer, SubmitApplication, SubmitError,
};

/// How often it is tried where others change the same person or the same offer.
const TRIES: usize = 12;

/// A CV whose name, declared type and first bytes agree.
#[derive(Clone, PartialEq, Eq)]
pub struct Cv {
    /// Its name, harmless.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Cv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cv").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What somebody sends.
#[derive(Debug, Clone)]
pub struct Application {
    /// Who applies.
    pub applicant: Applicant,
    /// Whether the applicant's address is one that is thrown away.
    pub is_disposable: bool,
    /// What they write.
    pub message: Option<String>,
    /// The CV; none where it is not one.
    pub cv: Option<Cv>,
    /// For what.
    pub wanted: Wanted,
    /// The trade that is looked for, where there is no offer.
    pub trade: Option<String>,
    /// The recruiter's address as the caller was given it; none where the caller was not asked for it.
    pub sealed: Option<SealedEmail>,
    /// Who hands it on, as it calls itself; none where that is the partner alone.
    pub caller: Option<String>,
    /// Where the recruiter's mail goes instead: for tests of partners.
    pub redirected: Option<Email>,
}

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
        for _ in 0..TRIES {
            let ready = self.ready(partner, application).await?;
            let attempt = self.attempt(partner, application, &ready, promise.clone()).await;
            // Whoever finds an offer full closes it, should the one that filled it have been killed.
            let may_be_full =
                matches!(attempt, Ok(_) | Err(Stop::Because(ApplyError::Stopped(Barrier::PerOffer))));
            if let Some((offer, _)) = ready.recipient.offer.as_ref().filter(|_| may_be_full) {
                let found = self.barriers.find_barriers(&ready.counted).await;
                if found.is_ok_and(|found| found.contains(&Barrier::PerOffer)) {
                    // The application is stored: what fails here, the next one finds.
                    drop(close_full(&self.desk, offer).await);
                }
            }
            match attempt {
                Err(Stop::Because(ApplyError::Busy)) => {}
                ended => return ended,
            }
        }
        Err(ApplyError::Busy.into())
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

    async fn attempt(
        &self,
        partner: &str,
        application: &Application,
        ready: &Ready,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<ApplyError>> {
        let now = self.desk.clock.now();
        let Ready { recipient, address, counted } = ready;
        let barriers = self.barriers.find_barriers(counted).await.map_err(ApplyError::from)?;
        if let Some(barrier) = barriers.first() {
            return Err(ApplyError::Stopped(*barrier).into());
        }
        let cv = application.cv.as_ref().ok_or(ApplyError::NoCv)?;
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
            expires_at: promise.now.saturating_add(KEPT_SECONDS),
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
