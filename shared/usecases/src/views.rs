//! Counts a look at an offer: each time it is told, as in the original; once where it is told under a key.

use crate::once::{Answered, Asked, Once, OnceError, Stop};
use crate::ports::{CommitError, CountView, CountViewOnce, PortError, StoredAnswer};

const COUNT: &str = "count a look at an offer";

/// Why a look was not counted.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// There is no such offer.
    #[error("there is no such offer")]
    UnknownOffer,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for ViewError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Overtaken => Self::UnknownOffer,
            error => Self::Failed(error.unexpected(COUNT)),
        }
    }
}

/// Counts looks.
#[derive(Clone, Copy)]
pub struct CountOfferView<'a> {
    /// Makes it once, where it has a key.
    pub once: Once<'a>,
    /// Counts.
    pub count: &'a dyn CountView,
    /// Counts once.
    pub count_once: &'a dyn CountViewOnce,
}

impl CountOfferView<'_> {
    /// Adds one; `body` is the answer to give.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        offer_id: &str,
        body: &str,
    ) -> Result<Answered, OnceError<ViewError>> {
        let answer = StoredAnswer { status: 200, body: body.to_owned(), etag: None };
        if asked.key.is_none() {
            let counted = self.count.count_view(offer_id).await?;
            let answered = Answered { answer, replayed: false };
            return if counted { Ok(answered) } else { Err(OnceError::Work(ViewError::UnknownOffer)) };
        }
        self.once
            .run(asked, async |promise| {
                let now = promise.now;
                let kept = promise.keep(answer.clone());
                let completion = kept.ok_or_else(|| ViewError::Failed(PortError::new(COUNT, "no key")))?;
                let counted = self.count_once.count_view_once(offer_id, &completion, now).await;
                counted.map_err(Stop::<ViewError>::of_commit)?;
                Ok(answer)
            })
            .await
    }
}
