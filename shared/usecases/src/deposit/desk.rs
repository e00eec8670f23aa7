//! What everyone needs who changes recruiters and their offers.

use domain::link::{LinkKey, OfferRef};
use domain::recruiter::{Job, Recruiter};
use domain::seal::ContactCipher;

use crate::ports::{
    ChangeRecruiter, Clock, CommitError, Consequences, Entropy, FindOwnRecruiter, Lists, OfferChange,
    PortError, RecruiterChange, SeenOffer, SeenRecruiter,
};

/// How often a change is tried that others of the same establishment overtake: so often that only a crowd is told to
/// come back, and well within the time of a request.
const TRIES: usize = 12;
const CHANGE: &str = "change an offer";

/// Reads recruiters, and writes what becomes of them.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Finds a recruiter with its offers.
    pub find: &'a dyn FindOwnRecruiter,
    /// Writes what becomes of it.
    pub change: &'a dyn ChangeRecruiter,
    /// Seals recruiters' addresses.
    pub cipher: &'a ContactCipher,
    /// Makes the links of mails; none where no mail follows from what is done.
    pub links: Option<&'a LinkKey>,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

/// A recruiter on the desk: as it was read, and as it will be.
pub(crate) struct Opened {
    pub(crate) recruiter: Recruiter,
    hash: crate::ingest::ContentHash,
    offers: Vec<SeenOffer>,
    before: Recruiter,
    /// What becomes of the recruiter in the lists that it stands in.
    pub(crate) lists: Lists,
}

impl Desk<'_> {
    /// Takes a recruiter on the desk, to change something of it; none where the owner has no such one.
    pub(crate) async fn open(
        &self,
        owner: &str,
        establishment_id: &str,
    ) -> Result<Option<Opened>, PortError> {
        let seen = self.find.find_own_recruiter(owner, establishment_id).await?;
        Ok(seen.map(|SeenRecruiter { recruiter, hash, offers }| Opened {
            before: recruiter.clone(),
            recruiter: Recruiter { updated_at: Some(self.clock.now()), ..recruiter },
            hash,
            offers,
            lists: Lists::AsTheyWere,
        }))
    }

    /// Writes what was changed: these of its offers, by their places, and the recruiter itself.
    pub(crate) async fn commit(
        &self,
        owner: &str,
        opened: &Opened,
        changed: &[usize],
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        let change = self.written(opened, changed)?;
        self.change.change_recruiter(owner, &change, consequences).await
    }

    fn written(&self, opened: &Opened, places: &[usize]) -> Result<RecruiterChange, PortError> {
        let mut changes = Vec::with_capacity(places.len());
        for &index in places {
            let Some(job) = opened.recruiter.jobs.get(index) else { continue };
            let card = opened.recruiter.offer(index, job, self.cipher);
            let card = card.map_err(|error| PortError::new(CHANGE, error))?;
            let before = opened.before.jobs.get(index);
            let shown_before = before.and_then(|job| opened.before.offer(index, job, self.cipher).ok());
            changes.push(OfferChange {
                index,
                job: job.clone(),
                is_shown_alike: shown_before.as_ref() == Some(&card),
                card,
                seen: opened.offers.get(index).cloned(),
                reference: None,
            });
        }
        Ok(RecruiterChange {
            recruiter: Recruiter { jobs: Vec::new(), ..opened.recruiter.clone() },
            offers: opened.recruiter.jobs.len(),
            seen: opened.hash,
            lists: opened.lists,
            changes,
        })
    }
}

impl Opened {
    /// An offer, to change it, and its place.
    pub(crate) fn offer(&mut self, offer_id: &str) -> Option<(usize, &mut Job)> {
        self.recruiter.jobs.iter_mut().enumerate().find(|(_, job)| job.id == offer_id)
    }
}

/// Tries again what another change has overtaken; the last time it is said.
pub(crate) async fn retried<T>(
    mut attempt: impl AsyncFnMut() -> Result<T, CommitError>,
) -> Result<T, CommitError> {
    let mut tries = 1;
    loop {
        match attempt().await {
            Err(CommitError::Overtaken) if tries < TRIES => tries += 1,
            ended => return ended,
        }
    }
}

/// An id of an establishment is a UUID: what is none belongs to nobody, and may be no key of the store.
pub(crate) fn is_establishment_id(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok()
}

/// An id of an offer has 24 hexadecimal digits: what is none belongs to nobody, and may be no key of the store.
pub(crate) fn is_offer_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whose an offer is, for links.
pub(crate) fn offer_ref(owner: &str, recruiter: &Recruiter, offer_id: &str) -> OfferRef {
    OfferRef {
        partner: owner.to_owned(),
        establishment_id: recruiter.establishment_id.clone(),
        offer_id: offer_id.to_owned(),
    }
}
