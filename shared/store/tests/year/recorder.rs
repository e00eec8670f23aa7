//! The write side of the store, real, which notes what was committed; and which dies or loses its answer when told to.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::event::{Event, EventMessage};
use domain::link::{LinkAction, StoredLink};
use domain::mail::{DueMail, Mail};
use store::{Outbox, Recruiters};
use tokio::sync::{Mutex as Turn, Notify};
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, PortError, RecruiterChange, WriteConsequences,
};

use crate::model::Word;

/// What befalls the writes to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// So many more are done; the last one gets no answer, and nothing answers after it.
    Kill(usize),
    /// The next is done, and its answer is an error.
    Lose,
}

/// What was committed since somebody looked.
#[derive(Debug, Default)]
pub(crate) struct Committed {
    pub(crate) mails: Vec<(DueMail, Word)>,
    pub(crate) events: Vec<(EventMessage, Word)>,
    pub(crate) links: Vec<StoredLink>,
    /// The offers that were written.
    pub(crate) offers: Vec<String>,
}

impl Committed {
    pub(crate) fn words(&self) -> Vec<Word> {
        let mails = self.mails.iter().map(|(_, word)| word);
        mails.chain(self.events.iter().map(|(_, word)| word)).cloned().collect()
    }
}

pub(crate) struct Recorder {
    recruiters: Recruiters,
    outbox: Outbox,
    committed: Mutex<Committed>,
    /// One write at a time: so whoever is killed leaves none half known.
    fault: Turn<Fault>,
    killed: Notify,
}

impl Recorder {
    pub(crate) fn new(recruiters: Recruiters, outbox: Outbox) -> Self {
        let (committed, fault) = (Mutex::default(), Turn::new(Fault::None));
        Self { recruiters, outbox, committed, fault, killed: Notify::new() }
    }

    pub(crate) fn take(&self) -> Committed {
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

    async fn after(&self, fault: &mut Fault) -> Result<(), CommitError> {
        match *fault {
            Fault::None => Ok(()),
            Fault::Kill(left) if left > 1 => {
                *fault = Fault::Kill(left - 1);
                Ok(())
            }
            Fault::Kill(_) => {
                self.killed.notify_one();
                std::future::pending().await
            }
            Fault::Lose => {
                *fault = Fault::None;
                Err(PortError::new("write", "the answer was lost on purpose").into())
            }
        }
    }

    fn note(&self, offers: &[String], followed: &Consequences) {
        let mut committed = self.committed.lock().unwrap();
        let mails = followed.mails.iter();
        committed.mails.extend(mails.map(|due| (due.clone(), of_mail(due, offers, &followed.links))));
        let events = followed.events.iter();
        committed.events.extend(events.map(|message| (message.clone(), of_event(message))));
        committed.links.extend(followed.links.iter().cloned());
        committed.offers.extend(offers.iter().cloned());
    }
}

#[async_trait]
impl ChangeRecruiter for Recorder {
    async fn change_recruiter(
        &self,
        owner: &str,
        change: &RecruiterChange,
        consequences: &Consequences,
    ) -> Result<(), CommitError> {
        let mut fault = self.fault.lock().await;
        self.recruiters.change_recruiter(owner, change, consequences).await?;
        let mut offers: Vec<String> = change.changes.iter().map(|offer| offer.job.id.clone()).collect();
        if offers.is_empty() {
            offers.push(change.recruiter.establishment_id.clone());
        }
        self.note(&offers, consequences);
        self.after(&mut fault).await
    }
}

#[async_trait]
impl WriteConsequences for Recorder {
    async fn write_consequences(&self, consequences: &Consequences) -> Result<(), CommitError> {
        self.outbox.write_consequences(consequences).await?;
        self.note(&[], consequences);
        Ok(())
    }
}

/// What a mail is about: the offers that were written with it, and what tells it from others about the same.
fn of_mail(due: &DueMail, offers: &[String], links: &[StoredLink]) -> Word {
    let mut about = offers.to_vec();
    match &due.mail {
        Mail::OfferExpiresSoon(mail) => about.insert(0, mail.days.to_string()),
        Mail::DelegationAsked(_) => {
            let mut sirets = links.iter().filter_map(|link| match &link.action {
                LinkAction::ReadDelegation { siret, .. } => Some(siret.to_string()),
                _ => None,
            });
            let asked = sirets.find(|siret| crate::world::cfa_of(siret) == due.to.as_str());
            about.push(asked.expect("a link for the CFA"));
        }
        Mail::AccountsWaiting(mail) => {
            about = vec![mail.opco.clone(), mail.count.to_string(), mail.oldest.to_string()];
        }
        Mail::ConfirmAddress(_)
        | Mail::OfferPublished(_)
        | Mail::OfferExpired(_)
        | Mail::AccountRefused(_) => {}
        other => panic!("nobody made {other:?} due"),
    }
    Word { kind: due.mail.template().as_str(), to: due.to.as_str().to_owned(), about }
}

fn of_event(message: &EventMessage) -> Word {
    let about = match &message.event {
        Event::OfferPublished(event) => vec![event.offer_id.clone()],
        Event::OfferClosed(event) => vec![event.offer_id.clone(), format!("{:?}", event.reason)],
        other => panic!("nobody made {other:?} happen"),
    };
    Word { kind: message.event.kind(), to: String::new(), about }
}
