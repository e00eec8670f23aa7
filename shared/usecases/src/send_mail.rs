//! Sends a mail that its queue names, at most once as far as anybody can know.
//!
//! The ledger is changed before the provider is called and after. Whoever finds a mail taken and its lease lapsed
//! knows that nobody can know whether it left: it becomes *unknown*, which is counted, and its template says whether
//! it is then sent once more.

mod noted;

use domain::mail::{DueMail, MailId, WhenUnknown};

use crate::applications::HandOn;
use crate::ports::{
    Clock, ComposeMail, ComposedMail, ConfirmSent, Entropy, FindMail, HandOverError, HandOverMail, MailEntry,
    MailState, PortError, SettleMail, StartSending, Started, TakeMail,
};

/// How long a mail may take to be handed over, in seconds: more than the function that does it lives.
pub const LEASE_SECONDS: u32 = 45;
/// How long the provider has to tell of a mail of unknown fate, in seconds, before it is sent once more: its word
/// comes within seconds as a rule.
pub const WORD_SECONDS: u32 = 120;
/// The first wait after the provider was busy, in seconds; it doubles each time.
const FIRST_WAIT_SECONDS: u32 = 30;
/// The longest wait, in seconds.
const LONGEST_WAIT_SECONDS: u32 = 600;
/// Times it is put off, some ten minutes each, before it is given up: three days.
const MAX_DEFERRALS: u32 = 430;

/// What became of a message of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it, now.
    Sent,
    /// It was done with before, or there is no such mail.
    Nothing,
    /// It is not its time yet, or somebody else is at it; the sweeper sees to it.
    NotNow,
    /// The provider is busy: it is tried again later.
    Deferred,
    /// The provider refused it for good or was busy for days, or it could not be written.
    Failed,
    /// Its address is written to no more.
    Suppressed,
    /// It may have been sent. It will be sent once more unless the provider tells of it.
    UnknownToResend,
    /// It may have been sent, and is left.
    UnknownLeft,
}

/// Sends mails.
#[derive(Clone, Copy)]
pub struct SendMail<'a> {
    /// Reads the ledger.
    pub find: &'a dyn FindMail,
    /// Takes a mail.
    pub take: &'a dyn TakeMail,
    /// Tells what became of it.
    pub settle: &'a dyn SettleMail,
    /// Tells that it left, where somebody else has given it up meanwhile.
    pub confirm: &'a dyn ConfirmSent,
    /// CVs, and what becomes of their applications; none where no mail hands one on.
    pub applications: Option<HandOn<'a>>,
    /// Writes it.
    pub compose: &'a dyn ComposeMail,
    /// Hands it over.
    pub hand_over: &'a dyn HandOverMail,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Names who holds a lease.
    pub entropy: &'a dyn Entropy,
}

impl SendMail<'_> {
    /// Works off one message. An error means that the store did not answer: the message must come again.
    pub async fn run(&self, id: &MailId) -> Result<Outcome, PortError> {
        let Some(entry) = self.find.find_mail(id).await? else { return Ok(Outcome::Nothing) };
        let now = self.clock.seconds();
        match entry.state {
            MailState::Sent => {
                self.note_delivered(&entry).await?;
                Ok(Outcome::Nothing)
            }
            state if state.is_final() => Ok(Outcome::Nothing),
            MailState::Pending { not_before: at }
            | MailState::Sending { lease_until: at }
            | MailState::Unknown { resend_at: Some(at) }
                if at > now =>
            {
                Ok(Outcome::NotNow)
            }
            // Somebody took it and never told: it may have left.
            MailState::Sending { .. } => {
                let state = fate(&entry, now);
                let told = self.doubt(&entry, self.name(), state, "lease lapsed").await?;
                Ok(if told { unknown(state) } else { Outcome::NotNow })
            }
            _ => self.send(entry).await,
        }
    }

    /// Puts a mail off without trying it, because no mail may leave now.
    pub async fn defer(&self, id: &MailId, reason: &'static str) -> Result<Outcome, PortError> {
        let Some(entry) = self.find.find_mail(id).await? else { return Ok(Outcome::Nothing) };
        let now = self.clock.seconds();
        if !matches!(entry.state, MailState::Pending { not_before } if not_before <= now) {
            return Ok(Outcome::NotNow);
        }
        let later = MailState::Pending { not_before: now + LONGEST_WAIT_SECONDS };
        let told = self.tell(&entry, self.name(), later, Some(reason)).await?;
        Ok(if told { Outcome::Deferred } else { Outcome::NotNow })
    }

    async fn send(&self, entry: MailEntry) -> Result<Outcome, PortError> {
        let Some(due) = entry.due.as_ref() else {
            // Whoever it is about was forgotten, and with them what it says.
            return self.dismiss(&entry, "forgotten").await;
        };
        if let Some(HandOn { deliver, .. }) = self.applications
            && deliver.appointments.is_outdated(&due.mail).await?
        {
            return self.dismiss(&entry, "outdated").await;
        }
        let cv = match self.applications {
            Some(applications) => applications.cv_of(due).await?,
            None => None,
        };
        // Written before it is taken: a mail that cannot be written has not left, and never will.
        let Ok(composed) = self.written(due, cv.as_deref()) else {
            let told =
                self.give_up(&entry, self.name(), MailState::Failed, Some("cannot be written")).await?;
            return Ok(if told { Outcome::Failed } else { Outcome::NotNow });
        };
        let start = StartSending {
            id: entry.id.clone(),
            seen: entry.revision,
            holder: self.name(),
            lease_until: self.clock.seconds() + LEASE_SECONDS,
            to: due.to.clone(),
            template: entry.template,
        };
        match self.take.take_mail(&start).await? {
            Started::Overtaken => return Ok(Outcome::NotNow),
            Started::Suppressed => {
                let told = self.give_up(&entry, start.holder, MailState::Suppressed, None).await?;
                return Ok(if told { Outcome::Suppressed } else { Outcome::NotNow });
            }
            Started::Ours => {}
        }
        let state = MailState::Sending { lease_until: start.lease_until };
        let taken = MailEntry { state, revision: entry.revision + 1, ..entry };
        match self.hand_over.hand_over(&composed).await {
            Ok(provider_id) => self.sent(&taken, start.holder, provider_id).await,
            Err(error) => self.not_sent(&taken, start.holder, &error).await,
        }
    }

    fn written(&self, due: &DueMail, cv: Option<&[u8]>) -> Result<ComposedMail, PortError> {
        Ok(ComposedMail {
            id: due.id.clone(),
            template: due.mail.template(),
            to: due.to.clone(),
            message: self.compose.compose(due, cv, self.clock.now())?,
        })
    }

    async fn sent(
        &self,
        taken: &MailEntry,
        holder: String,
        provider_id: String,
    ) -> Result<Outcome, PortError> {
        let mut settle = self.settlement(taken, holder, MailState::Sent, None);
        settle.provider_id = Some(provider_id);
        if !self.settle.settle_mail(&settle).await? {
            self.confirm.confirm_sent(&taken.id, settle.provider_id.as_deref(), settle.now).await?;
        }
        self.note_delivered(taken).await?;
        Ok(Outcome::Sent)
    }

    async fn not_sent(
        &self,
        taken: &MailEntry,
        holder: String,
        error: &HandOverError,
    ) -> Result<Outcome, PortError> {
        let now = self.clock.seconds();
        let (state, reason, outcome) = match error {
            HandOverError::Later(_) if taken.deferrals < MAX_DEFERRALS => {
                let later = MailState::Pending { not_before: now + wait_seconds(taken.deferrals) };
                (later, "provider busy", Outcome::Deferred)
            }
            HandOverError::Later(_) => (MailState::Failed, "provider busy for days", Outcome::Failed),
            HandOverError::Refused(_) => (MailState::Failed, "provider refused", Outcome::Failed),
            HandOverError::Lost(_) => {
                let state = fate(taken, now);
                (state, "answer lost", unknown(state))
            }
        };
        let told = match state {
            MailState::Failed => self.give_up(taken, holder, state, Some(reason)).await?,
            MailState::Unknown { .. } => self.doubt(taken, holder, state, reason).await?,
            _ => self.tell(taken, holder, state, Some(reason)).await?,
        };
        Ok(if told { outcome } else { Outcome::NotNow })
    }

    fn name(&self) -> String {
        hex::encode(self.entropy.bytes())
    }
}

/// What is done with a mail that may have left: sent once more at most, and not before the provider could tell.
fn fate(entry: &MailEntry, now: u32) -> MailState {
    let again = entry.template.when_unknown() == WhenUnknown::SendOnceMore && entry.unknowns == 0;
    MailState::Unknown { resend_at: again.then(|| now + WORD_SECONDS) }
}

fn unknown(state: MailState) -> Outcome {
    match state {
        MailState::Unknown { resend_at: None } => Outcome::UnknownLeft,
        _ => Outcome::UnknownToResend,
    }
}

/// How long to wait after the provider was busy for the n-th time, in seconds.
fn wait_seconds(deferrals: u32) -> u32 {
    FIRST_WAIT_SECONDS.saturating_mul(1 << deferrals.min(16)).min(LONGEST_WAIT_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_until_ten_minutes() {
        assert_eq!([0, 1, 4, 5, 400].map(wait_seconds), [30, 60, 480, 600, 600]);
    }
}
