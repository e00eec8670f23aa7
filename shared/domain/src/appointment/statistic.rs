//! What is left of a request for an appointment once its time is over (contract 3.6): how many asked, and nobody who did.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::asked::Facts;
use super::referrer::Referrer;
use super::words::{Asker, Intention, Reason, Stage};
use crate::date::paris_day;
use crate::siret::Siret;

/// An appointment that nobody can be led back to: neither its id nor an instant is in it, only days, so that it cannot be laid
/// beside a log or a site's own list. The slot that was picked is left out for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistic {
    /// The day on which somebody asked, in Paris.
    pub created_on: Date,
    /// The training, by its clé ministère éducatif.
    pub training: String,
    /// The establishment that teaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainer: Option<Siret>,
    /// The establishment that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Siret>,
    /// The site that who asked came from.
    pub referrer: Referrer,
    /// The partner that was that site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// Who asked: the student, or a parent.
    pub asker: Asker,
    /// What they wanted to talk about.
    pub reasons: Vec<Reason>,
    /// Where it stood in the end.
    pub stage: Stage,
    /// What the centre made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<Intention>,
    /// The day of the centre's answer, in Paris; none where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<Date>,
}

impl Statistic {
    /// What is left of this one.
    pub fn of(facts: &Facts) -> Self {
        Self {
            created_on: paris_day(facts.created_at),
            training: facts.training.clone(),
            trainer: facts.trainer.clone(),
            manager: facts.manager.clone(),
            referrer: facts.referrer,
            partner: facts.partner.clone(),
            asker: facts.asker,
            reasons: facts.reasons.clone(),
            stage: facts.stage,
            intention: facts.intention,
            answered_on: facts.answered_at.map(paris_day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::Slot;

    #[test]
    fn what_is_left_has_days_and_no_instants() {
        let slot = Slot { starts_at: "2026-09-07T12:30:00Z".parse().unwrap(), minutes: 30 };
        let facts = Facts {
            training: "formation-inventee-1#L01".to_owned(),
            trainer: "90000001000018".parse().ok(),
            manager: None,
            referrer: Referrer::Parcoursup,
            partner: Some("partner".to_owned()),
            asker: Asker::Parent,
            reasons: vec![Reason::Frais],
            // The next day has begun in Paris.
            created_at: "2026-08-31T22:30:00Z".parse().unwrap(),
            stage: Stage::Picked,
            updated_at: "2026-09-03T08:12:34Z".parse().unwrap(),
            intention: Some(Intention::PersonalisedAnswer),
            answered_at: "2026-09-02T08:12:34Z".parse().ok(),
            slots: vec![slot],
            picked: Some(slot),
            again: 0,
        };
        assert_eq!(
            serde_json::to_value(Statistic::of(&facts)).unwrap(),
            serde_json::json!({
                "created_on": "2026-09-01",
                "training": "formation-inventee-1#L01",
                "trainer": "90000001000018",
                "referrer": "parcoursup",
                "partner": "partner",
                "asker": "parent",
                "reasons": ["frais"],
                "stage": "picked",
                "intention": "personalised_answer",
                "answered_on": "2026-09-02",
            })
        );
    }
}
