//! The runs of a morning, which are compared with the model, step by step.

use std::collections::BTreeMap;

use domain::appointment::{Consent, Premium};
use domain::link::LinkAction;
use domain::mail::Mail;
use jiff::civil::Date;
use usecases::appointments::RunRdvCalendar;
use usecases::ports::{Consequences, FindConsents as _};

use crate::catalogue::number;
use crate::model::{Act, Decided, Platform, Reach};
use crate::recorder::Fault;
use crate::world::{Due, KnownLink, World};

const DAY_SECONDS: i64 = 86_400;

impl World {
    /// A morning: none in twenty-five; of a third the run is killed where it writes so much, of a fifth an answer is lost.
    pub(crate) async fn morning(&mut self, day: Date) {
        let number = self.dice.below(100);
        match number {
            0..4 => return self.report.note("no run"),
            4..37 => {
                let writes = 1 + self.dice.below(4);
                self.run(day, Fault::Kill(writes)).await;
                // Whoever is killed is not always tried again on the same day.
                if number < 14 {
                    return;
                }
            }
            37..57 => self.run(day, Fault::Lose).await,
            _ => {}
        }
        self.run(day, Fault::None).await;
        if number > 90 {
            self.run(day, Fault::None).await;
        }
    }

    async fn run(&mut self, day: Date, fault: Fault) {
        let run = RunRdvCalendar {
            list: &self.listed,
            consents: &self.recorder,
            decisions: &self.trainings,
            barred: &self.barred,
            find: &self.consents,
            change: &self.recorder,
            cipher: &self.cipher,
            links: &self.link_key,
            clock: &self.clock,
            entropy: &self.entropy,
        };
        let ran = self.recorder.under(fault, run.run()).await;
        let committed = self.recorder.take();
        let is_whole = ran.as_ref().is_some_and(|ran| ran.failed == 0);
        match (&ran, fault) {
            (None, Fault::Kill(_)) => self.report.note("run killed"),
            (Some(ran), Fault::Lose) if ran.failed == 1 => self.report.note("answer lost"),
            (Some(ran), _) => {
                assert_eq!(ran.failed, 0, "{:?}", ran.why);
                let there = self.state.establishments.iter().filter(|one| one.is_there).count();
                assert_eq!(ran.establishments, there);
            }
            (None, _) => panic!("a run ended that nobody killed"),
        }
        self.judge(day, committed, is_whole);
    }

    /// What was committed is what was due, in its order; and all of it where the run was whole.
    fn judge(&mut self, day: Date, committed: Vec<(String, Consequences)>, is_whole: bool) {
        let mut done: BTreeMap<String, Vec<Consequences>> = BTreeMap::new();
        for (siret, followed) in committed {
            done.entry(siret).or_default().push(followed);
        }
        for number in 0..self.state.establishments.len() {
            let one = &self.state.establishments[number];
            let reach = one.reach(&self.state);
            let due = if one.is_there { one.decided.due(reach, day) } else { Vec::new() };
            let of_it = done.remove(&one.siret).unwrap_or_default();
            let context = || format!("{} on {day}: {:?}", one.siret, one.decided);
            assert!(of_it.len() <= due.len(), "too much of {}, due {due:?}", context());
            assert!(!is_whole || of_it.len() == due.len(), "too little of {}, due {due:?}", context());
            for (act, followed) in due.into_iter().zip(of_it) {
                self.committed(number, act, reach, day, &followed);
            }
        }
        assert!(done.is_empty(), "of nobody in the catalogue: {done:?}");
    }

    fn committed(&mut self, number: usize, act: Act, reach: Reach, day: Date, followed: &Consequences) {
        let one = &mut self.state.establishments[number];
        if act == Act::Activate {
            let told = one.decided.invited.expect("told beforehand");
            assert!((day - told).get_days() >= 15 && one.decided.refused.is_none());
        }
        one.decided.apply(act, reach, day);
        self.report.acted(act);
        let of = |premium: Premium| usize::from(premium == Premium::Affelnet);
        let told = match followed.mails.first().map(|due| &due.mail) {
            None => None,
            Some(Mail::RdvInvited(mail)) => {
                assert_eq!((mail.scheduled - day).get_days(), 15);
                Some((Act::Invite, mail.trainings))
            }
            Some(Mail::RdvActivated(mail)) => Some((Act::Activate, mail.trainings)),
            Some(Mail::PremiumInvited(mail)) => Some((Act::Ask(of(mail.premium)), mail.trainings)),
            Some(Mail::PremiumFollowUp(mail)) => Some((Act::AskAgain(of(mail.premium)), mail.trainings)),
            Some(Mail::PremiumReminder(mail)) => {
                assert_eq!(Some(mail.accepted), one.decided.platforms[of(mail.premium)].accepted);
                Some((Act::Remind(of(mail.premium)), mail.trainings))
            }
            Some(other) => panic!("nobody made {other:?} due"),
        };
        let expected = match act {
            Act::TakeBack | Act::Forget(_) => None,
            Act::Invite | Act::Activate => Some((act, reach.trainings)),
            Act::Ask(which) | Act::AskAgain(which) | Act::Remind(which) => Some((act, reach.at[which])),
        };
        assert_eq!(told, expected);
        let season = if (day.month(), day.day()) < (11, 20) { day.year() } else { day.year() + 1 };
        for due in &followed.mails {
            assert_eq!(Some(due.to.as_str()), one.email.as_deref());
            if let Act::Ask(_) | Act::AskAgain(_) | Act::Remind(_) = act {
                let is_new = self.state.once.insert((number, format!("{act:?}"), season));
                assert!(is_new, "{act:?} twice in the season of {season}");
            }
            let known = Due { template: due.mail.template(), to: due.to.as_str().to_owned() };
            assert_eq!(self.state.due.insert(due.id.clone(), known), None, "a mail is due once");
            self.state.open.push(due.id.clone());
        }
        for link in &followed.links {
            let days = match link.action {
                LinkAction::RefuseRdv { .. } | LinkAction::RefusePremium { .. } => 3_650,
                LinkAction::Unsubscribe { .. } => 45,
                _ => 30,
            };
            let until = i64::from(followed.now) + days * DAY_SECONDS;
            assert_eq!(i64::from(link.expires_at), until);
            let known = KnownLink { link: link.clone(), number, used: false };
            self.state.links.insert(link.token_hash.clone(), known);
        }
    }

    /// Every consent is what the model has.
    pub(crate) async fn check_consents(&self) {
        let sirets = self.state.establishments.iter().map(|one| one.siret.parse().unwrap());
        let sirets: Vec<_> = sirets.collect();
        let found = self.consents.find_consents(&sirets).await.unwrap();
        for (siret, one) in sirets.iter().zip(&self.state.establishments) {
            let consent = found.get(siret).cloned().unwrap_or_default();
            assert_eq!(decided(&consent), one.decided, "{siret}");
        }
    }
}

fn decided(consent: &Consent) -> Decided {
    let platform = |premium| {
        let said = consent.premium(premium);
        Platform {
            asked: said.invited,
            asked_again: said.followed_up,
            reminded: said.reminded,
            accepted: said.accepted,
            refused: said.refused,
        }
    };
    Decided {
        invited: consent.optout.invited,
        told: consent.optout.invited_to.as_deref().map(number),
        activated: consent.optout.activated,
        refused: consent.optout.refused,
        platforms: Premium::ALL.map(platform),
    }
}
