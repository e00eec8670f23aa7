//! What keeps the invariants, each of which can be left out: a simulation that misses none of them proves nothing.

/// What a run does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Without {
    /// Nobody hands on what the stream left.
    Sweeper,
    /// A mail is taken whatever its revision.
    RevisionOfTake,
    /// A mail is settled whatever its revision.
    RevisionOfSettle,
    /// A mail that the provider confirms keeps its revision.
    RevisionOfConfirm,
    /// A mail that somebody hands over looks as if it were due.
    Lease,
    /// A mail whose lease has lapsed looks as if it were due.
    UnknownState,
    /// Taking a mail leaves no trace in the ledger.
    LedgerBeforeCall,
    /// A mail is taken whether or not its address is suppressed.
    SuppressionCheck,
    /// Suppression is looked up when the mail is read, not in the step that takes it.
    SuppressionInSameStep,
    /// A write is done whoever has answered its request.
    CompletionGuard,
    /// A claim succeeds although the request was answered.
    ClaimSparesAnswers,
    /// A claim succeeds although somebody else is at work.
    ClaimSparesWork,
    /// A claim never lapses.
    ClaimLapses,
    /// Giving a request back forgets its answer as well.
    ReleaseSparesAnswers,
    /// What follows from a write is done even where the write is not.
    OneTransaction,
    /// A mail is off the outbox once it is queued.
    OutboxUntilSettled,
    /// An event is off the outbox once it is read.
    OutboxUntilPublished,
    /// The provider's client tries again by itself.
    HandOverOnce,
    /// What the provider tells later is not recorded.
    WordOfProvider,
    /// The stream tells nothing.
    Stream,
    /// A message of the queue is gone once it is received.
    Redelivery,
}

impl Without {
    /// Every one.
    pub(crate) const ALL: [Self; 21] = [
        Self::Sweeper,
        Self::RevisionOfTake,
        Self::RevisionOfSettle,
        Self::RevisionOfConfirm,
        Self::Lease,
        Self::UnknownState,
        Self::LedgerBeforeCall,
        Self::SuppressionCheck,
        Self::SuppressionInSameStep,
        Self::CompletionGuard,
        Self::ClaimSparesAnswers,
        Self::ClaimSparesWork,
        Self::ClaimLapses,
        Self::ReleaseSparesAnswers,
        Self::OneTransaction,
        Self::OutboxUntilSettled,
        Self::OutboxUntilPublished,
        Self::HandOverOnce,
        Self::WordOfProvider,
        Self::Stream,
        Self::Redelivery,
    ];
}
