//! What is noted of a mail that left, that never will, or of which nobody knows: in the ledger, and before it where somebody waits
//! for it.

use super::{Outcome, SendMail};
use crate::applications::HandOn;
use crate::ports::{MailEntry, MailState, PortError, Settle};

impl SendMail<'_> {
    /// Settles a mail that is of no use any more.
    pub(super) async fn dismiss(
        &self,
        entry: &MailEntry,
        reason: &'static str,
    ) -> Result<Outcome, PortError> {
        let told = self.tell(entry, self.name(), MailState::Suppressed, Some(reason)).await?;
        Ok(if told { Outcome::Suppressed } else { Outcome::NotNow })
    }

    /// Notes in an application that the mail that hands it on has left. After the ledger, since whoever is killed in between
    /// must not send it again: the message comes again, finds the mail sent, and this is all that it does.
    pub(super) async fn note_delivered(&self, sent: &MailEntry) -> Result<(), PortError> {
        match (&sent.application, self.applications) {
            (Some(id), Some(applications)) => applications.deliver.delivered(id).await,
            _ => Ok(()),
        }
    }

    /// Settles a mail that never left. Whoever applied or asked by it learns that first, so that it is done again should the
    /// rest fail. False where somebody else changed it meanwhile.
    pub(super) async fn give_up(
        &self,
        seen: &MailEntry,
        holder: String,
        state: MailState,
        reason: Option<&'static str>,
    ) -> Result<bool, PortError> {
        if let Some(HandOn { deliver, .. }) = self.applications {
            deliver.lost(seen, false).await?;
        }
        self.tell(seen, holder, state, reason).await
    }

    /// Notes that a mail may have left. Where it is not sent again, whoever applied or asked by it learns that first.
    pub(super) async fn doubt(
        &self,
        seen: &MailEntry,
        holder: String,
        state: MailState,
        reason: &'static str,
    ) -> Result<bool, PortError> {
        if let (MailState::Unknown { resend_at: None }, Some(HandOn { deliver, .. })) =
            (state, self.applications)
        {
            deliver.lost(seen, true).await?;
        }
        self.tell(seen, holder, state, Some(reason)).await
    }

    /// False where somebody else changed it meanwhile.
    pub(super) async fn tell(
        &self,
        seen: &MailEntry,
        holder: String,
        state: MailState,
        reason: Option<&'static str>,
    ) -> Result<bool, PortError> {
        self.settle.settle_mail(&self.settlement(seen, holder, state, reason)).await
    }

    pub(super) fn settlement(
        &self,
        seen: &MailEntry,
        holder: String,
        state: MailState,
        reason: Option<&'static str>,
    ) -> Settle {
        let now = self.clock.seconds();
        Settle {
            id: seen.id.clone(),
            seen: seen.revision,
            holder,
            state,
            // What was not even taken was put off by ourselves.
            deferral: matches!((seen.state, state), (MailState::Sending { .. }, MailState::Pending { .. })),
            provider_id: None,
            reason,
            now,
        }
    }
}
