//! A recruiter of a partner with one offer: what the tests of changes share.

use domain::recruiter::Job;
use domain::seal::ContactCipher;
use store::Recruiters;
use testkit::{Dump, EmbeddedStore};
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, FindOwnRecruiter, Guard, Lists, OfferChange, RecruiterChange,
    SeenRecruiter,
};

use crate::deposits::{OWNER, consequences, create, new_offer};

/// A store with a recruiter that has one offer, `first`.
pub(crate) struct Shop {
    pub(crate) store: EmbeddedStore,
    pub(crate) recruiters: Recruiters,
    pub(crate) establishment: String,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(more: impl FnOnce(&mut (RecruiterChange, Consequences))) -> Self {
        let store = EmbeddedStore::start().await;
        let recruiters = Recruiters::new(store.client.clone(), store.tables.clone());
        create(&recruiters, 1).await;
        let establishment = testkit::recruiter(1, 0).establishment_id;
        let shop = Self { store, recruiters, establishment };
        let mut first = new_offer(&shop.recruiters, 1, "first").await;
        more(&mut first);
        shop.write(&first.0, &first.1).await.unwrap();
        shop
    }

    pub(crate) async fn seen(&self) -> SeenRecruiter {
        self.recruiters.find_own_recruiter(OWNER, &self.establishment).await.unwrap().unwrap()
    }

    pub(crate) async fn write(
        &self,
        change: &RecruiterChange,
        with: &Consequences,
    ) -> Result<(), CommitError> {
        self.recruiters.change_recruiter(OWNER, change, with).await
    }

    /// What fails leaves everything as it was.
    pub(crate) async fn refused(&self, change: &RecruiterChange, with: &Consequences) -> CommitError {
        let before = self.dumps().await;
        let refused = self.write(change, with).await.unwrap_err();
        assert_eq!(self.dumps().await, before, "{refused:?}");
        refused
    }

    pub(crate) async fn dumps(&self) -> [Dump; 3] {
        let tables = &self.store.tables;
        [
            self.store.dump(&tables.postings).await,
            self.store.dump(&tables.records).await,
            self.store.dump(&tables.ledger).await,
        ]
    }
}

/// What nothing follows from.
pub(crate) fn nothing() -> Consequences {
    Consequences { completion: None, ..consequences("none", Guard::Unanswered, Vec::new()) }
}

/// A change of the offer that was seen.
pub(crate) fn changed(seen: &SeenRecruiter, turn: impl FnOnce(&mut Job)) -> RecruiterChange {
    let cipher = ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap();
    let mut job = seen.recruiter.jobs[0].clone();
    turn(&mut job);
    let card = seen.recruiter.offer(0, &job, &cipher).unwrap();
    let shown = seen.recruiter.offer(0, &seen.recruiter.jobs[0], &cipher).unwrap();
    let offer = OfferChange {
        index: 0,
        job,
        is_shown_alike: shown == card,
        card,
        seen: Some(seen.offers[0].clone()),
        reference: None,
    };
    RecruiterChange {
        recruiter: seen.recruiter.clone(),
        offers: seen.recruiter.jobs.len(),
        seen: seen.hash,
        lists: Lists::AsTheyWere,
        changes: vec![offer],
    }
}
