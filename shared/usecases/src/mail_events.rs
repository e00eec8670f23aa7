//! What a mail provider tells of a mail that left. Its words come late, twice and in any order.

use domain::email::Email;
use domain::event::{BounceReason, Event, EventMessage, MailBounced};
use domain::mail::{MailId, address_hash};

use crate::applications::Deliver;
use crate::once::message;
use crate::ports::{Bounce, Clock, ConfirmSent, FindMail, PortError, RecordBounce, Reputation};

/// The share of bounces at which we stop sending by ourselves: SES reviews an account at 5 %.
const BOUNCES_PER_MILLE: u64 = 40;
/// The share of complaints, in hundred thousandths: SES reviews an account at 0.1 %.
const COMPLAINTS_PER_100_000: u64 = 80;
/// Below so many mails a day a share says nothing.
const TELLING: u64 = 500;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The provider has it, or has delivered it.
    Taken,
    /// It came back for good, or was reported as spam: [`BounceReason`] says which.
    Returned(BounceReason),
    /// It came back, or was kept back, for what it holds or for a full mailbox: another mail may well arrive there.
    Undelivered,
    /// Anything else: opened, clicked, put off. Nothing follows from it.
    Other,
}

/// A word of the provider.
#[derive(Debug, Clone, PartialEq)]
pub struct MailEvent {
    /// The mail, where the word names one of ours.
    pub mail_id: Option<MailId>,
    /// The provider's own id of the mail.
    pub provider_id: String,
    /// Every address it is about.
    pub addresses: Vec<Email>,
    /// What became of it.
    pub fate: Fate,
}

/// Records what providers tell.
#[derive(Clone, Copy)]
pub struct RecordMailEvent<'a> {
    /// Which template a mail was.
    pub find: &'a dyn FindMail,
    /// Settles mails of unknown fate.
    pub confirm: &'a dyn ConfirmSent,
    /// Notes what became of applications and appointments; none where no mail hands one on.
    pub applications: Option<Deliver<'a>>,
    /// Suppresses addresses.
    pub bounce: &'a dyn RecordBounce,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl RecordMailEvent<'_> {
    /// Records one word. How many addresses were suppressed by it, and had not been.
    pub async fn run(&self, told: &MailEvent) -> Result<usize, PortError> {
        let now = self.clock.seconds();
        // Whatever became of it, the provider had it.
        if let (Some(id), Fate::Taken | Fate::Returned(_) | Fate::Undelivered) = (&told.mail_id, told.fate) {
            self.confirm.confirm_sent(id, Some(&told.provider_id), now).await?;
        }
        self.applied(told).await?;
        let Fate::Returned(reason) = told.fate else { return Ok(0) };
        let event = self.event(told, reason).await?;
        let mut suppressed = 0;
        for (at, address) in told.addresses.iter().enumerate() {
            let bounce = Bounce {
                // Of the address too: one mail may have several, and not every provider names the mail.
                dedupe: format!("{}#{reason:?}#{}", told.provider_id, address_hash(address)),
                address: address.clone(),
                reason,
                event: event.clone().filter(|_| at == 0),
                now,
            };
            suppressed += usize::from(self.bounce.record_bounce(&bounce).await?);
        }
        Ok(suppressed)
    }

    /// The application that the mail handed on was delivered, or did not arrive; or the request for an appointment did not.
    async fn applied(&self, told: &MailEvent) -> Result<(), PortError> {
        let (Some(id), Some(applications)) = (&told.mail_id, self.applications) else { return Ok(()) };
        let is_back = matches!(told.fate, Fate::Returned(BounceReason::HardBounce) | Fate::Undelivered);
        if !is_back && told.fate != Fate::Taken {
            return Ok(());
        }
        let mail = self.find.find_mail(id).await?;
        let Some(mail) = mail else { return Ok(()) };
        if is_back {
            return applications.lost(&mail, false).await;
        }
        match &mail.application {
            Some(application) => applications.delivered(application).await,
            None => Ok(()),
        }
    }

    async fn event(&self, told: &MailEvent, reason: BounceReason) -> Result<Option<EventMessage>, PortError> {
        let Some(id) = &told.mail_id else { return Ok(None) };
        let Some(entry) = self.find.find_mail(id).await? else { return Ok(None) };
        let bounced = MailBounced { mail_id: id.clone(), template: entry.template, reason };
        let cause = format!("{id}#{reason:?}");
        Ok(Some(message(&cause, Event::MailBounced(bounced), None, self.clock)))
    }
}

impl Reputation {
    /// Whether so many mails came back or were complained about that the provider would soon stop us: no mail leaves
    /// until the day's share has fallen.
    pub fn must_pause(self) -> bool {
        let Self { sent, bounced, complained } = self;
        sent.max(bounced) >= TELLING
            && (bounced * 1_000 >= sent * BOUNCES_PER_MILLE
                || complained * 100_000 >= sent * COMPLAINTS_PER_100_000 && complained > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(sent: u64, bounced: u64, complained: u64) -> bool {
        Reputation { sent, bounced, complained }.must_pause()
    }

    #[test]
    fn pauses_at_four_bounces_in_a_hundred_or_eight_complaints_in_ten_thousand() {
        assert!(!pauses(1_000, 39, 0));
        assert!(pauses(1_000, 40, 0));
        assert!(!pauses(10_000, 0, 7));
        assert!(pauses(10_000, 0, 8));
    }

    #[test]
    fn a_few_mails_say_nothing() {
        assert!(!pauses(100, 99, 9));
        assert!(!pauses(0, 0, 0));
        assert!(!pauses(600, 0, 1));
    }
}
