//! Whom what is told of an offer: mails to its recruiter, events to whoever follows.

use domain::date;
use domain::event::{self, ClosingReason, Event, EventMessage};
use domain::link::{LinkAction, LinkId, StoredLink};
use domain::mail::{ConfirmAddress, DelegationAsked, DueMail, Mail, OfferPublished, address_hash};
use domain::matcha::MatchaOffer;
use domain::recruiter::{Delegation, Job, Recruiter, RecruiterStatus};
use jiff::Timestamp;

use super::Desk;
use super::desk::offer_ref;
use crate::once::{Promise, message};
use crate::ports::{Consequences, PortError, StoredAnswer};

/// What follows from what becomes of offers.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) mails: Vec<DueMail>,
    pub(crate) events: Vec<EventMessage>,
    pub(crate) links: Vec<StoredLink>,
}

impl Told {
    /// What is written with a change that no request waits for.
    pub(crate) fn consequences(self, now: u32) -> Consequences {
        let Self { mails, events, links } = self;
        Consequences { mails, events, links, ..Consequences::none(now) }
    }

    /// What is written with a change that a request asked for: its answer as well.
    pub(crate) fn answered(self, promise: Promise, answer: StoredAnswer) -> Consequences {
        let Self { mails, events, links } = self;
        Consequences { mails, events, links, ..promise.answered(answer) }
    }

    /// Adds a link, and gives its id for the mail that bears it.
    pub(crate) fn link(
        &mut self,
        desk: &Desk<'_>,
        action: LinkAction,
        now: u32,
    ) -> Result<LinkId, PortError> {
        let key = desk.links.ok_or_else(|| PortError::new("make a link", "no key is given for it"))?;
        let id = LinkId::from_random(desk.entropy.bytes());
        self.links.push(key.stored(&id, action, now));
        Ok(id)
    }

    /// The link by which a recruiter stops the mails that one may stop.
    pub(crate) fn unsubscribe(
        &mut self,
        desk: &Desk<'_>,
        recruiter: &Recruiter,
        now: u32,
    ) -> Result<LinkId, PortError> {
        self.link(desk, LinkAction::Unsubscribe { address_hash: address_hash(&recruiter.email) }, now)
    }

    /// The first offer of a recruiter asks it to confirm its address.
    pub(crate) fn confirm_address(
        &mut self,
        desk: &Desk<'_>,
        owner: &str,
        recruiter: &Recruiter,
        offer: &MatchaOffer,
        now: u32,
    ) -> Result<(), PortError> {
        let action = LinkAction::ConfirmAddress {
            partner: owner.to_owned(),
            establishment_id: recruiter.establishment_id.clone(),
        };
        let link = self.link(desk, action, now)?;
        let (first_name, last_name) = names(recruiter);
        let (company, offer_title) = (offer.company_name.clone(), offer.title.clone());
        let waiting = recruiter.status == RecruiterStatus::EnAttente;
        let mail = ConfirmAddress { first_name, last_name, company, offer_title, waiting, link };
        let mail = Mail::ConfirmAddress(mail);
        self.mails.push(DueMail::new(&offer.offer_id, recruiter.email.clone(), mail));
        Ok(())
    }

    /// Tells a recruiter that its offer is shown, and whether `others` came with it.
    pub(crate) fn published_mail(
        &mut self,
        desk: &Desk<'_>,
        recruiter: &Recruiter,
        offer: &MatchaOffer,
        others: bool,
        now: u32,
    ) -> Result<(), PortError> {
        let unsubscribe = self.unsubscribe(desk, recruiter, now)?;
        let (first_name, last_name) = names(recruiter);
        let (company, offer_title) = (offer.company_name.clone(), offer.title.clone());
        let shown_until = date::paris_day(instant(offer.expires_at));
        let mail =
            OfferPublished { first_name, last_name, company, offer_title, shown_until, others, unsubscribe };
        let due = DueMail::new(&offer.offer_id, recruiter.email.clone(), Mail::OfferPublished(mail));
        self.mails.push(due);
        Ok(())
    }

    /// Asks each of these CFAs to look for candidates for an offer: once, however often it is asked.
    pub(crate) fn delegated(
        &mut self,
        desk: &Desk<'_>,
        owner: &str,
        recruiter: &Recruiter,
        (index, job): (usize, &Job),
        delegations: &[Delegation],
    ) -> Result<(), PortError> {
        if delegations.is_empty() {
            return Ok(());
        }
        let now = desk.clock.seconds();
        let card = recruiter.offer(index, job, desk.cipher);
        let card = card.map_err(|error| PortError::new("delegate an offer", error))?;
        for delegation in delegations {
            let siret = delegation.siret_code.clone();
            let offer = offer_ref(owner, recruiter, &job.id);
            let cause = format!("{} {siret}", job.id);
            let link = self.link(desk, LinkAction::ReadDelegation { offer, siret }, now)?;
            let stop = LinkAction::Unsubscribe { address_hash: address_hash(&delegation.email) };
            let mail = DelegationAsked {
                cfa: delegation.name.clone().unwrap_or_default(),
                company: card.company_name.clone(),
                city: card.address.city.clone(),
                offer_title: card.title.clone(),
                link,
                unsubscribe: self.link(desk, stop, now)?,
            };
            self.mails.push(DueMail::new(&cause, delegation.email.clone(), Mail::DelegationAsked(mail)));
        }
        Ok(())
    }

    /// Tells whoever follows that an offer is shown.
    pub(crate) fn published(
        &mut self,
        desk: &Desk<'_>,
        owner: &str,
        recruiter: &Recruiter,
        offer: &MatchaOffer,
    ) {
        let published = event::OfferPublished {
            offer_id: offer.offer_id.clone(),
            establishment_id: recruiter.establishment_id.clone(),
            siret: recruiter.establishment_siret.clone(),
            romes: offer.romes.iter().collect(),
            expires_at: instant(offer.expires_at),
        };
        self.events.push(message(&offer.offer_id, Event::OfferPublished(published), Some(owner), desk.clock));
    }

    /// Tells whoever follows that an offer is shown no more. It may be closed more than once, each time for another
    /// reason.
    pub(crate) fn closed(
        &mut self,
        desk: &Desk<'_>,
        owner: &str,
        recruiter: &Recruiter,
        offer_id: &str,
        reason: ClosingReason,
    ) {
        let closed = event::OfferClosed {
            offer_id: offer_id.to_owned(),
            establishment_id: recruiter.establishment_id.clone(),
            siret: recruiter.establishment_siret.clone(),
            reason,
        };
        let cause = format!("{offer_id} {reason:?} {}", desk.clock.now().as_millisecond());
        self.events.push(message(&cause, Event::OfferClosed(closed), Some(owner), desk.clock));
    }
}

/// First and last name of the person who deposits.
pub(crate) fn names(recruiter: &Recruiter) -> (String, String) {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    (name(&recruiter.first_name), name(&recruiter.last_name))
}

pub(crate) fn instant(seconds: u32) -> Timestamp {
    Timestamp::from_second(i64::from(seconds)).unwrap_or_default()
}
