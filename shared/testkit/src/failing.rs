//! A write side that breaks, loses answers or stops for good after so many writes.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use tokio::sync::Notify;
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, FeedRef, Held, PortError, RecruiterChange, RowWrite,
    WithdrawRow, WriteError, WriteRow,
};

/// What befalls a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// This write (1 is the first) and all later ones fail and change nothing.
    ErrorAt(usize),
    /// This write is done, but its answer is an error; later ones pass.
    AnswerLostAt(usize),
    /// Once so many writes were done, nothing answers any more: [`Failing::killed`] tells when.
    KillAfter(usize),
}

/// A write side with a fault, which also counts.
pub struct Failing<W> {
    inner: W,
    fault: Fault,
    begun: AtomicUsize,
    done: AtomicUsize,
    killed: Notify,
}

impl<W> Failing<W> {
    /// Wraps `inner`.
    pub fn new(inner: W, fault: Fault) -> Self {
        Self { inner, fault, begun: AtomicUsize::new(0), done: AtomicUsize::new(0), killed: Notify::new() }
    }

    /// How many writes were done.
    pub fn writes(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    /// Waits for the kill: whoever waits drops the import then, as it stands.
    pub async fn killed(&self) {
        self.killed.notified().await;
    }

    async fn through<E: From<PortError>>(&self, write: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        match self.fault {
            Fault::ErrorAt(first) if number >= first => return Err(broken()),
            Fault::KillAfter(0) => self.stop().await,
            _ => {}
        }
        write.await?;
        let done = self.done.fetch_add(1, Ordering::SeqCst) + 1;
        match self.fault {
            Fault::AnswerLostAt(lost) if number == lost => Err(broken()),
            Fault::KillAfter(last) if done >= last => {
                self.stop().await;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn stop(&self) {
        self.killed.notify_one();
        std::future::pending::<()>().await;
    }
}

fn broken<E: From<PortError>>() -> E {
    PortError::new("write a row", "broken on purpose").into()
}

#[async_trait]
impl<W: WriteRow> WriteRow for Failing<W> {
    async fn write(&self, row: &RowWrite) -> Result<(), WriteError> {
        self.through(self.inner.write(row)).await
    }
}

#[async_trait]
impl<W: WithdrawRow> WithdrawRow for Failing<W> {
    async fn withdraw(&self, feed: &FeedRef, held: &Held, now: u32) -> Result<(), WriteError> {
        self.through(self.inner.withdraw(feed, held, now)).await
    }
}

#[async_trait]
impl<W: ChangeRecruiter> ChangeRecruiter for Failing<W> {
    async fn change_recruiter(
        &self,
        owner: &str,
        change: &RecruiterChange,
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        self.through(self.inner.change_recruiter(owner, change, consequences)).await
    }
}
