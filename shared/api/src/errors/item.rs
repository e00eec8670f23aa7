//! What is wrong with one offer of many: it takes no other down, and stands in a 200 beside what became of them.

use serde::Serialize;

use super::{ApiError, Issue, OTHER_BODY, STILL_RUNNING, Step, TIMED_OUT};

const FAILED: &str = "Une erreur est survenue";
/// The code of whatever a partner has written wrongly (contract 2.3).
const WRONG_DATA: &str = "WRONG_DATA";

/// Why an offer of many was not deposited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemError {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub message: String,
    /// Each mistake, where there are some, with its place in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<Issue>>,
}

impl ItemError {
    /// Of what refused the offer that stands at `place` of the body.
    pub fn new(error: &ApiError, place: &[Step]) -> Self {
        let code = match error {
            ApiError::Schema(_) => WRONG_DATA.to_owned(),
            ApiError::Deposit(refusal) => refusal.code(),
            other => other.kind().to_ascii_uppercase(),
        };
        let (message, issues) = match error {
            ApiError::Schema(schema) => {
                let schema = schema.clone().below(place);
                (schema.message(), Some(schema.issues))
            }
            ApiError::Deposit(refusal) => (refusal.message(), None),
            ApiError::OtherBody => (OTHER_BODY.to_owned(), None),
            ApiError::StillRunning { .. } => (STILL_RUNNING.to_owned(), None),
            ApiError::Unavailable(_) | ApiError::TimedOut => (TIMED_OUT.to_owned(), None),
            _ => (FAILED.to_owned(), None),
        };
        Self { code, message, issues }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::{Context, DepositRefusal, Schema};

    fn told(error: &ApiError) -> ItemError {
        ItemError::new(error, &[Step::Name("offers"), Step::At(3)])
    }

    #[test]
    fn a_mistake_is_told_with_its_place_in_the_whole_body() {
        let issues = vec![Issue::missing("Champ obligatoire").at([Step::Name("job_type")])];
        let told = told(&Schema { context: Context::Body, issues }.into());
        let message = "body.offers.3.job_type: Champ obligatoire";
        assert_eq!((told.code.as_str(), told.message.as_str()), (WRONG_DATA, message));
        let issues = serde_json::to_value(told.issues).unwrap();
        assert_eq!(issues[0]["path"], serde_json::json!(["offers", 3, "job_type"]));
    }

    #[test]
    fn a_refusal_has_its_own_code_and_our_failures_tell_nothing_of_their_cause() {
        let refusal = told(&ApiError::Deposit(DepositRefusal::Archived));
        assert_eq!((refusal.code.as_str(), refusal.issues), ("CLOSED_COMPANY", None));
        let failed = told(&ApiError::internal("a secret"));
        assert_eq!((failed.code.as_str(), failed.message.as_str()), ("INTERNAL", FAILED));
        assert_eq!(told(&ApiError::unavailable("a secret")).code, "UNAVAILABLE");
    }
}
