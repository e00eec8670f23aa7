//! The answer of `POST /v1/jobs/bulk`: what became of each offer, in the order of the request.

use std::collections::BTreeMap;

use domain::recruiter::JobStatus;
use serde::{Deserialize, Serialize};
use usecases::deposit::OneOffer;
use usecases::once::{Answered, OnceError};

use crate::deposit_request::ReadOffer;
use crate::errors::{ApiError, ItemError, Step};
use crate::response::Response;

/// What became of every offer.
#[derive(Debug, Serialize)]
pub struct OffersAnswer {
    results: Vec<OneResult>,
    /// When to come back with the same request, where some of it was not done, in seconds.
    #[serde(skip)]
    retry_after_seconds: Option<u32>,
}

/// What became of one.
#[derive(Debug, Serialize)]
struct OneResult {
    index: usize,
    status: u16,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Outcome {
    Done(Done),
    Refused { error: ItemError },
}

#[derive(Debug, Serialize)]
struct Done {
    #[serde(flatten)]
    offer: ShortOffer,
    etag: Option<String>,
    replayed: bool,
}

/// An offer in short, as it was answered.
#[derive(Debug, Serialize, Deserialize)]
struct ShortOffer {
    id: String,
    establishment_id: String,
    job_status: JobStatus,
    job_expiration_date: Option<String>,
}

/// What became of an offer: it was refused before anything was asked of the store, or it was not.
pub type OneOutcome = Result<Answered, ApiError>;

impl OffersAnswer {
    /// Of the offers that could not be read, and of what became of the others.
    pub fn new(outcomes: BTreeMap<usize, OneOutcome>) -> Self {
        let mut retry_after_seconds = None;
        let mut results = Vec::with_capacity(outcomes.len());
        for (index, outcome) in outcomes {
            let (status, outcome) = match outcome.and_then(done) {
                Ok((status, done)) => (status, Outcome::Done(done)),
                Err(error) => {
                    if matches!(error.status(), 409 | 503) {
                        retry_after_seconds = Some(RETRY_AFTER_SECONDS);
                    }
                    let place = [Step::Name("offers"), Step::At(index)];
                    (error.status(), Outcome::Refused { error: ItemError::new(&error, &place) })
                }
            };
            results.push(OneResult { index, status, outcome });
        }
        Self { results, retry_after_seconds }
    }

    /// The answer.
    pub fn response(&self) -> Response {
        let response = Response::json(200, self);
        match self.retry_after_seconds {
            Some(seconds) => response.with_header("retry-after", &seconds.to_string()),
            None => response,
        }
    }

    /// How many offers ended with which status, for the log.
    pub fn counts(&self) -> String {
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for result in &self.results {
            *counts.entry(result.status).or_default() += 1;
        }
        let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{status}={count}")).collect();
        counts.join(" ")
    }
}

/// The longest that anything of a request of many is in the way of another one, in seconds.
const RETRY_AFTER_SECONDS: u32 = 1;

fn done(answered: Answered) -> Result<(u16, Done), ApiError> {
    let offer = serde_json::from_str(&answered.answer.body).map_err(ApiError::internal)?;
    let etag = answered.answer.etag.map(|tag| format!("\"{tag}\""));
    Ok((answered.answer.status, Done { offer, etag, replayed: answered.replayed }))
}

/// Those offers that can be read, and why the others cannot.
pub fn sorted(read: Vec<ReadOffer>) -> (Vec<OneOffer>, BTreeMap<usize, OneOutcome>) {
    let (mut offers, mut refused) = (Vec::with_capacity(read.len()), BTreeMap::new());
    for one in read {
        match one {
            Ok(offer) => offers.push(offer),
            Err((index, error)) => drop(refused.insert(index, Err(error))),
        }
    }
    (offers, refused)
}

/// What became of offers, as it is answered.
pub fn outcomes<E: Into<ApiError>>(
    ended: BTreeMap<usize, Result<Answered, OnceError<E>>>,
) -> impl Iterator<Item = (usize, OneOutcome)> {
    ended.into_iter().map(|(index, outcome)| (index, outcome.map_err(ApiError::from)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use usecases::ports::StoredAnswer;

    use super::*;
    use crate::errors::DepositRefusal;

    fn answered(replayed: bool) -> Answered {
        let body = json!({
            "id": "89abcdef0123456789abcdef", "establishment_id": "00000000-0000-4000-8000-000000000001",
            "job_status": "Active", "job_expiration_date": "2027-07-03T08:00:00.000Z",
        });
        let answer = StoredAnswer { status: 201, body: body.to_string(), etag: Some("0a".to_owned()) };
        Answered { answer, replayed }
    }

    #[test]
    fn each_offer_has_its_place_its_status_and_what_became_of_it() {
        let refused = Err(ApiError::Deposit(DepositRefusal::UnknownAppellation));
        let answer = OffersAnswer::new(BTreeMap::from([(1, refused), (0, Ok(answered(true)))]));
        let wanted = json!({"results": [
            {
                "index": 0, "status": 201, "id": "89abcdef0123456789abcdef",
                "establishment_id": "00000000-0000-4000-8000-000000000001", "job_status": "Active",
                "job_expiration_date": "2027-07-03T08:00:00.000Z", "etag": "\"0a\"", "replayed": true,
            },
            {
                "index": 1, "status": 400,
                "error": {"code": "WRONG_DATA", "message": "ROME Code details could not be retrieved"},
            },
        ]});
        assert_eq!(serde_json::to_value(&answer).unwrap(), wanted);
        assert_eq!(answer.counts(), "201=1 400=1");
        assert_eq!(answer.response().header("retry-after"), None);
    }

    #[test]
    fn what_may_simply_come_again_says_when() {
        for error in [ApiError::unavailable("down"), ApiError::StillRunning { retry_after_seconds: 1 }] {
            let answer = OffersAnswer::new(BTreeMap::from([(0, Err(error)), (1, Ok(answered(false)))]));
            assert_eq!((answer.response().status, answer.response().header("retry-after")), (200, Some("1")));
        }
    }
}
