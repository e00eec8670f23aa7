//! What establishments do with the links that they got: once, twice, too late.

use domain::appointment::Premium;
use domain::link::{LinkAction, LinkId, StoredLink};
use domain::mail::Mail;
use jiff::civil::Date;
use usecases::appointments::FollowConsent;
use usecases::links::LinkState;
use usecases::ports::FollowLink as _;

use crate::world::World;

/// How long somebody looks for a mail.
const FRESH_SECONDS: i64 = 30 * 86_400;

/// The links of a mail.
pub(crate) fn of_mail(mail: &Mail) -> Vec<LinkId> {
    match mail {
        Mail::RdvInvited(mail) => vec![mail.refuse.clone()],
        Mail::RdvActivated(mail) => vec![mail.refuse.clone()],
        Mail::PremiumInvited(mail) | Mail::PremiumFollowUp(mail) => {
            [&mail.accept, &mail.accept, &mail.refuse, &mail.unsubscribe].map(Clone::clone).to_vec()
        }
        Mail::PremiumReminder(mail) => vec![mail.refuse.clone(), mail.unsubscribe.clone()],
        other => panic!("nobody made {other:?} due"),
    }
}

impl World {
    pub(crate) async fn follow_links(&mut self, day: Date) {
        // Where no mail came for weeks, hardly anybody looks for one.
        let made = |link: &StoredLink| i64::from(link.expires_at - link.action.lives_seconds());
        let last = self.state.clickable.last().map(|hash| made(&self.state.links[hash].link));
        let is_fresh = last.is_some_and(|made| made > self.now() - FRESH_SECONDS);
        let most = if is_fresh || self.dice.chance(50) { 3 } else { 1 };
        for _ in 0..self.dice.below(most) {
            let recent = self.state.clickable.len().saturating_sub(60);
            // Now and then an old one, or one that was followed before.
            let from = if self.dice.chance(150) { 0 } else { recent };
            if let Some(hash) = self.dice.any(&self.state.clickable[from..]) {
                self.follow(&hash, day).await;
            }
        }
    }

    async fn follow(&mut self, hash: &str, day: Date) {
        let now = self.now();
        let known = self.state.links.get_mut(hash).expect("a link of a mail");
        let (link, number) = (known.link.clone(), known.number);
        let is_over = i64::from(link.expires_at) <= now;
        let expected = match (known.used, is_over) {
            _ if is_over => "gone",
            (true, _) => "used",
            (false, _) => "acted",
        };
        known.used |= !is_over;
        let one = &mut self.state.establishments[number].decided;
        let of = |premium: Premium| usize::from(premium == Premium::Affelnet);
        let acted = match &link.action {
            LinkAction::Unsubscribe { .. } => {
                let acted = self.links.follow_link(&link, now as u32).await.unwrap();
                assert_eq!(acted, expected == "acted");
                if acted {
                    let to = self.state.sent_to[hash].clone();
                    self.state.unsubscribed.insert(to);
                }
                return self.report.followed("unsubscribe", expected);
            }
            _ if expected != "acted" => "nothing",
            LinkAction::RefuseRdv { .. } => {
                one.refused.get_or_insert(day);
                "refuse"
            }
            LinkAction::AcceptPremium { premium, .. } => {
                let said = &mut one.platforms[of(*premium)];
                said.accepted.get_or_insert(day);
                said.refused = None;
                "accept a premium"
            }
            LinkAction::RefusePremium { premium, .. } => {
                let said = &mut one.platforms[of(*premium)];
                said.refused.get_or_insert(day);
                said.accepted = None;
                "refuse a premium"
            }
            other => panic!("{other:?}"),
        };
        let follow = FollowConsent {
            find: &self.consents,
            change: &self.recorder,
            links: &self.links,
            clock: &self.clock,
        };
        let followed = match follow.run(&link).await.unwrap() {
            LinkState::Open(_) => "acted",
            LinkState::Used => "used",
            LinkState::Gone => "gone",
            LinkState::Refused(refusal) => panic!("{refusal:?}"),
        };
        self.recorder.take();
        assert_eq!(followed, expected, "on {day}");
        self.report.followed(acted, expected);
    }
}
