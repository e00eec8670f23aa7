//! Closes an offer that has as many applications as one gets, and tells its recruiter, once (contract 3.1).

use domain::application::MAX_PER_OFFER;
use domain::event::ClosingReason;
use domain::link::OfferRef;
use domain::mail::{DueMail, Mail, OfferFull};

use crate::deposit::Desk;
use crate::deposit::desk::retried;
use crate::deposit::told::{Told, names};
use crate::ports::{CommitError, PortError};

/// Closes it. Nothing is done where somebody has: it may be asked by several at once.
pub(super) async fn close_full(desk: &Desk<'_>, offer: &OfferRef) -> Result<(), CommitError> {
    let (owner, offer_id) = (&offer.partner, &offer.offer_id);
    retried(async || {
        let Some(mut opened) = desk.open(owner, &offer.establishment_id).await? else { return Ok(()) };
        let now = desk.clock.now();
        let Some((index, job)) = opened.offer(offer_id) else { return Ok(()) };
        if !job.fill_up(now) {
            return Ok(());
        }
        let job = job.clone();
        let recruiter = &opened.recruiter;
        let card = recruiter.offer(index, &job, desk.cipher);
        let card = card.map_err(|error| PortError::new("close an offer", error))?;
        let mut told = Told::default();
        told.closed(desk, owner, recruiter, offer_id, ClosingReason::Full);
        let (first_name, last_name) = names(recruiter);
        let mail = Mail::OfferFull(OfferFull {
            first_name,
            last_name,
            company: card.company_name,
            offer_title: card.title,
            applications: MAX_PER_OFFER,
        });
        told.mails.push(DueMail::new(offer_id, recruiter.email.clone(), mail));
        desk.commit(owner, &opened, &[index], &told.consequences(desk.clock.seconds())).await
    })
    .await
}
