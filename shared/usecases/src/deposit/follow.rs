//! What the links of mails do to offers: close them, extend them, show them to the CFA that they were delegated to.

use std::fmt;

use domain::date;
use domain::event::ClosingReason;
use domain::link::{LinkAction, OfferRef, StoredLink};
use domain::recruiter::{JobStatus, Recruiter, Unchanged};
use domain::siret::Siret;

use super::Desk;
use super::desk::retried;
use super::told::Told;
use crate::applications::Export;
use crate::asking::AppointmentPage;
use crate::links::{LinkRefusal, LinkState};
use crate::ports::{CommitError, Consequences, PortError};

const FOLLOW: &str = "follow a link to an offer";

/// What a CFA is shown of a company that delegated an offer to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Delegated {
    /// The company, as the public knows it.
    pub company: String,
    /// Where the work is.
    pub address: Option<String>,
    /// The city of it.
    pub city: Option<String>,
    /// The offer.
    pub offer_title: String,
    /// What the job is.
    pub description: Option<String>,
    /// Whom to ask for.
    pub contact_name: Option<String>,
    /// Where to call.
    pub phone: Option<String>,
    /// Where to write.
    pub email: Option<String>,
}

/// A person is in it.
impl fmt::Debug for Delegated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delegated").finish_non_exhaustive()
    }
}

/// What became of a link that somebody followed.
#[derive(Debug)]
pub enum Followed {
    /// The state that it was found in: [`LinkState::Open`] where it acted now.
    State(LinkState),
    /// It shows an offer that was delegated.
    Delegation(Box<Delegated>),
    /// It gives what is known of somebody.
    Personal(Export),
    /// It shows an appointment, and what became of what was typed.
    Appointment(Box<AppointmentPage>),
}

/// Follows links to offers.
#[derive(Clone, Copy)]
pub struct FollowOffer<'a> {
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl FollowOffer<'_> {
    /// Closes or extends the offer, and marks the link as used, in one transaction.
    pub async fn change(&self, link: &StoredLink, offer: &OfferRef) -> Result<LinkState, PortError> {
        let changed = retried(async || {
            let Some(mut opened) = self.desk.open(&offer.partner, &offer.establishment_id).await? else {
                return Ok(LinkState::Refused(LinkRefusal::OfferGone));
            };
            let Some((index, job)) = opened.offer(&offer.offer_id) else {
                return Ok(LinkState::Refused(LinkRefusal::OfferGone));
            };
            let now = self.desk.clock.now();
            let fills = matches!(link.action, LinkAction::FillOffer(_));
            let turned = match job.job_status {
                JobStatus::Pourvue | JobStatus::Annulee => Err(Unchanged::NotActive),
                JobStatus::Active | JobStatus::EnAttente if fills => job.provide(now),
                JobStatus::Active | JobStatus::EnAttente => job.extend(now),
            };
            match turned {
                Err(Unchanged::ExtendedAlready) => {
                    return Ok(LinkState::Refused(LinkRefusal::ExtendedAlready));
                }
                Err(_) => return Ok(LinkState::Refused(LinkRefusal::OfferClosed)),
                Ok(()) => {}
            }
            let mut told = Told::default();
            if fills {
                let id = &offer.offer_id;
                told.closed(&self.desk, &offer.partner, &opened.recruiter, id, ClosingReason::Filled);
            }
            let seconds = self.desk.clock.seconds();
            let consequences = Consequences { follows: Some(link.clone()), ..told.consequences(seconds) };
            self.desk.commit(&offer.partner, &opened, &[index], &consequences).await?;
            Ok(LinkState::Open(link.action.clone()))
        });
        match changed.await {
            Ok(state) => Ok(state),
            // Another click was faster.
            Err(CommitError::LinkUsed) => Ok(LinkState::Used),
            Err(error) => Err(error.unexpected(FOLLOW)),
        }
    }

    /// Shows a CFA the offer, however often it asks, and notes when it did first.
    pub async fn read(&self, offer: &OfferRef, siret: &Siret) -> Result<Followed, PortError> {
        let read = retried(async || {
            let gone = Ok(Followed::State(LinkState::Refused(LinkRefusal::OfferGone)));
            let Some(mut opened) = self.desk.open(&offer.partner, &offer.establishment_id).await? else {
                return gone;
            };
            let Some((index, job)) = opened.offer(&offer.offer_id) else { return gone };
            let now = self.desk.clock.now();
            if job.job_status != JobStatus::Active || job.is_expired(now) {
                return Ok(Followed::State(LinkState::Refused(LinkRefusal::OfferClosed)));
            }
            let unread = job.delegations.iter_mut().filter(|delegation| delegation.siret_code == *siret);
            let mut first = false;
            for delegation in unread.filter(|delegation| delegation.cfa_read_company_detail_at.is_none()) {
                delegation.cfa_read_company_detail_at = Some(now);
                first = true;
            }
            let shown = self.delegated(&opened.recruiter, index)?;
            if first {
                let consequences = Told::default().consequences(date::seconds(now).unwrap_or_default());
                self.desk.commit(&offer.partner, &opened, &[index], &consequences).await?;
            }
            Ok(Followed::Delegation(Box::new(shown)))
        });
        read.await.map_err(|error: CommitError| error.unexpected(FOLLOW))
    }

    fn delegated(&self, recruiter: &Recruiter, index: usize) -> Result<Delegated, PortError> {
        let job = recruiter.jobs.get(index).ok_or_else(|| PortError::new(FOLLOW, "the offer is gone"))?;
        let card = recruiter.offer(index, job, self.desk.cipher);
        let card = card.map_err(|error| PortError::new(FOLLOW, error))?;
        Ok(Delegated {
            company: card.company_name,
            address: card.address.full,
            city: card.address.city,
            offer_title: card.title,
            description: job.job_description.clone(),
            contact_name: card.contact_name,
            phone: card.contact_phone,
            email: Some(recruiter.email.as_str().to_owned()),
        })
    }
}
