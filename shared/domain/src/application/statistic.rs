//! What is left of an application once its time is over (contract 3.6): who applied to whom is over, how many did is not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words::without_addresses;
use super::{Facts, Stage, Target};
use crate::date::paris_day;
use crate::event::ApplicationAnswer;
use crate::rome::RomeCode;
use crate::siret::Siret;
use crate::source::Source;

/// An application that nobody can be led back to: neither its id nor the second of anything is in it, only days, so that it
/// cannot be laid beside a log or a partner's own list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistic {
    /// The day on which somebody applied, in Paris.
    pub created_on: Date,
    /// Where the search shows what was applied for: `matcha` for an offer that was deposited here, `lba` for a company.
    pub origin: String,
    /// The offer, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<String>,
    /// The company.
    pub siret: Siret,
    /// The trades of the offer or the company.
    pub romes: Vec<RomeCode>,
    /// The partner it came through.
    pub partner: String,
    /// Who handed it on, as it calls itself, without an address where it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// Where it stood in the end.
    pub stage: Stage,
    /// What the recruiter intended to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<ApplicationAnswer>,
    /// The day of the recruiter's answer, in Paris; none where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<Date>,
}

impl Statistic {
    /// What is left of this one.
    pub fn of(facts: &Facts) -> Self {
        let (origin, offer_id) = match &facts.target {
            Target::Offer(offer) => (Source::Matcha, Some(offer.offer_id.clone())),
            Target::Company { .. } => (Source::Lba, None),
        };
        Self {
            created_on: paris_day(facts.created_at),
            origin: origin.as_str().to_owned(),
            offer_id,
            siret: facts.siret.clone(),
            romes: facts.romes.clone(),
            partner: facts.partner.clone(),
            caller: facts.caller.as_deref().map(without_addresses).filter(|caller| !caller.is_empty()),
            stage: facts.stage,
            intention: facts.intention,
            // Nothing changes after an answer but a better one.
            answered_on: facts.answer.map(|_| paris_day(facts.updated_at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(answer: Option<ApplicationAnswer>) -> Facts {
        Facts {
            partner: "partner".to_owned(),
            caller: Some("contact@exemple.invalid caller".to_owned()),
            target: Target::Company { siret: "90000001000018".parse().unwrap() },
            siret: "90000001000018".parse().unwrap(),
            romes: vec!["D1102".parse().unwrap()],
            // The next day has begun in Paris.
            created_at: "2026-08-31T22:30:00Z".parse().unwrap(),
            stage: Stage::Answered,
            updated_at: "2026-09-03T08:12:34Z".parse().unwrap(),
            intention: answer,
            answer,
        }
    }

    #[test]
    fn what_is_left_has_days_and_no_instants() {
        let left = serde_json::to_value(Statistic::of(&facts(Some(ApplicationAnswer::Meeting)))).unwrap();
        assert_eq!(
            left,
            serde_json::json!({
                "created_on": "2026-09-01",
                "origin": "lba",
                "siret": "90000001000018",
                "romes": ["D1102"],
                "partner": "partner",
                "caller": "caller",
                "stage": "answered",
                "intention": "meeting",
                "answered_on": "2026-09-03",
            })
        );
        assert_eq!(Statistic::of(&facts(None)).answered_on, None, "changed is not answered");
    }
}
