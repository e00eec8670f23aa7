//! Closes the offers whose time is over, every day (contract 3.2: 00:15). Searches leave them out from the very second;
//! this is for whoever reads the record, for the recruiter, and for whoever follows.

use domain::event::ClosingReason;
use domain::mail::{DueMail, Mail, OfferExpired};
use futures::{StreamExt, stream};
use search::port::Postings;

use super::Ran;
use super::expiring::{Whose, recruiters};
use crate::deposit::Desk;
use crate::deposit::desk::retried;
use crate::deposit::told::{Told, names};
use crate::ports::{CommitError, LocateOffer, PortError};

/// Recruiters that are written at once.
const AT_ONCE: usize = 8;

/// Closes offers.
#[derive(Clone, Copy)]
pub struct ExpireOffers<'a> {
    /// The stock.
    pub postings: &'a dyn Postings,
    /// Finds whose an offer is.
    pub locate: &'a dyn LocateOffer,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl ExpireOffers<'_> {
    /// Closes every offer whose time is over.
    pub async fn run(&self) -> Result<Ran, PortError> {
        let now = self.desk.clock.seconds();
        let whose = recruiters(self.postings, self.locate, None, now.saturating_add(1)).await?;
        let runs = whose.iter().map(async |(whose, offers)| {
            let (mut closed, mut failure) = (0, None);
            for offer in offers {
                match self.expire(whose, offer).await {
                    Ok(expired) => closed += usize::from(expired),
                    // The others are none the worse for it.
                    Err(error) => failure = failure.or(Some(error)),
                }
            }
            Ran::of_one(closed, failure)
        });
        let ran: Vec<Ran> = stream::iter(runs).buffer_unordered(AT_ONCE).collect().await;
        Ok(ran.into_iter().sum())
    }

    /// Closes one offer. False where it is not over: somebody has extended or closed it.
    async fn expire(&self, (owner, establishment_id): &Whose, offer_id: &str) -> Result<bool, CommitError> {
        retried(async || {
            let Some(mut opened) = self.desk.open(owner, establishment_id).await? else { return Ok(false) };
            let Some((index, job)) = opened.offer(offer_id) else { return Ok(false) };
            let now = self.desk.clock.now();
            if !job.is_expired(now) || !job.expire(now) {
                return Ok(false);
            }
            let job = job.clone();
            let seconds = self.desk.clock.seconds();
            let recruiter = &opened.recruiter;
            let card = recruiter.offer(index, &job, self.desk.cipher);
            let card = card.map_err(|error| PortError::new("close an offer", error))?;
            let mut told = Told::default();
            told.closed(&self.desk, owner, recruiter, offer_id, ClosingReason::Expired);
            let unsubscribe = told.unsubscribe(&self.desk, recruiter, seconds)?;
            let (first_name, last_name) = names(recruiter);
            let (company, offer_title) = (card.company_name, card.title);
            let mail = OfferExpired { first_name, last_name, company, offer_title, unsubscribe };
            // Should it be opened again, it may end again, on another day.
            let cause = format!("{offer_id} {}", card.expires_at);
            told.mails.push(DueMail::new(&cause, recruiter.email.clone(), Mail::OfferExpired(mail)));
            self.desk.commit(owner, &opened, &[index], &told.consequences(seconds)).await?;
            Ok(true)
        })
        .await
    }
}
