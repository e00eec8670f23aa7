//! What the links of an establishment's mails do: refuse requests for appointments, accept or refuse a premium.

use domain::date;
use domain::link::{LinkAction, StoredLink};

use crate::links::{LinkState, state};
use crate::ports::{ChangeConsent, Clock, Consequences, FindConsent, FindLink, PortError};

/// How often a change is tried that others of the same establishment overtake.
const TRIES: usize = 12;
const FOLLOW: &str = "follow a link of an establishment";

/// Follows the links of establishments.
#[derive(Clone, Copy)]
pub struct FollowConsent<'a> {
    /// Tells what an establishment decided.
    pub find: &'a dyn FindConsent,
    /// Notes what it decides.
    pub change: &'a dyn ChangeConsent,
    /// Tells whether another click was faster.
    pub links: &'a dyn FindLink,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl FollowConsent<'_> {
    /// Notes the decision, and marks the link as used, in one transaction. Of two links that say the contrary, the one that
    /// is followed last counts.
    pub async fn run(&self, link: &StoredLink) -> Result<LinkState, PortError> {
        let (LinkAction::RefuseRdv { siret }
        | LinkAction::AcceptPremium { siret, .. }
        | LinkAction::RefusePremium { siret, .. }) = &link.action
        else {
            return Err(PortError::new(FOLLOW, "it is no link of an establishment"));
        };
        for _ in 0..TRIES {
            let (today, now) = (date::paris_day(self.clock.now()), self.clock.seconds());
            let seen = self.find.find_consent(siret).await?;
            let mut consent = seen.consent.clone();
            match &link.action {
                LinkAction::AcceptPremium { premium, .. } => consent.accept(*premium, today),
                LinkAction::RefusePremium { premium, .. } => consent.refuse(*premium, today),
                _ => consent.refuse_optout(today),
            }
            let consequences = Consequences { follows: Some(link.clone()), ..Consequences::none(now) };
            if self.change.change_consent(siret, &seen, &consent, &consequences).await? {
                return Ok(LinkState::Open(link.action.clone()));
            }
            match state(self.links.find_link(&link.token_hash).await?, now) {
                // The calendar, or another link, was faster.
                LinkState::Open(_) => {}
                over => return Ok(over),
            }
        }
        Err(PortError::new(FOLLOW, "what it decided is changed again and again"))
    }
}
