//! Consents, real, by an adapter that notes what was committed, and that dies or loses its answer when told to.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::appointment::Consent;
use domain::siret::Siret;
use store::Consents;
use tokio::sync::{Mutex as Turn, Notify};
use usecases::ports::{ChangeConsent, Consequences, FindConsents, PortError, SeenConsent};

/// What befalls the writes to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// So many more are done; the last one gets no answer, and nothing answers after it.
    Kill(usize),
    /// The next is done, and its answer is an error.
    Lose,
}

pub(crate) struct Recorder {
    consents: Consents,
    committed: Mutex<Vec<(String, Consequences)>>,
    /// What was read of many at once: it stays true until one of them is written, and whoever writes does so here.
    read: Mutex<HashMap<Vec<Siret>, HashMap<Siret, Consent>>>,
    /// One write at a time: so whoever is killed leaves none half known.
    fault: Turn<Fault>,
    killed: Notify,
}

impl Recorder {
    pub(crate) fn new(consents: Consents) -> Self {
        Self {
            consents,
            committed: Mutex::default(),
            read: Mutex::default(),
            fault: Turn::new(Fault::None),
            killed: Notify::new(),
        }
    }

    /// What was committed since somebody looked, by SIRET, in its order.
    pub(crate) fn take(&self) -> Vec<(String, Consequences)> {
        std::mem::take(&mut self.committed.lock().unwrap())
    }

    /// Runs something under a fault: none where it was killed.
    pub(crate) async fn under<T>(&self, fault: Fault, run: impl Future<Output = T>) -> Option<T> {
        *self.fault.lock().await = fault;
        let ended = tokio::select! { biased;
            ended = run => Some(ended),
            () = self.killed.notified() => None,
        };
        *self.fault.lock().await = Fault::None;
        ended
    }
}

#[async_trait]
impl ChangeConsent for Recorder {
    async fn change_consent(
        &self,
        siret: &Siret,
        seen: &SeenConsent,
        consent: &Consent,
        consequences: &Consequences,
    ) -> Result<bool, PortError> {
        let mut fault = self.fault.lock().await;
        if !self.consents.change_consent(siret, seen, consent, consequences).await? {
            return Ok(false);
        }
        self.read.lock().unwrap().retain(|of, _| !of.contains(siret));
        self.committed.lock().unwrap().push((siret.as_str().to_owned(), consequences.clone()));
        match *fault {
            Fault::None => {}
            Fault::Kill(left) if left > 1 => *fault = Fault::Kill(left - 1),
            Fault::Kill(_) => {
                self.killed.notify_one();
                std::future::pending::<()>().await;
            }
            Fault::Lose => {
                *fault = Fault::None;
                return Err(PortError::new("write", "the answer was lost on purpose"));
            }
        }
        Ok(true)
    }
}

#[async_trait]
impl FindConsents for Recorder {
    async fn find_consents(&self, of: &[Siret]) -> Result<HashMap<Siret, Consent>, PortError> {
        if let Some(read) = self.read.lock().unwrap().get(of) {
            return Ok(read.clone());
        }
        let read = self.consents.find_consents(of).await?;
        self.read.lock().unwrap().insert(of.to_vec(), read.clone());
        Ok(read)
    }
}
