//! People who follow the links of their mails: at once, late, and twice.

use domain::link::{LinkAction, LinkId, StoredLink};
use domain::mail::Mail;
use usecases::applications::{AnswerApplication, Privacy};
use usecases::appointments::FollowConsent;
use usecases::asking::{AnswerAppointment, AppointmentActs, OwnAppointment};
use usecases::deposit::{FollowOffer, Followed};
use usecases::links::{LinkActs, LinkRefusal, LinkState, Links, Said};
use usecases::ports::Entropy;

use crate::model::{Stand, Word, cfa_siret};
use crate::provider::Taken;
use crate::world::{CFAS, World};

const DAY: i64 = 86_400;

/// A link, as the model has it.
pub(crate) struct KnownLink {
    action: LinkAction,
    until: i64,
    used: bool,
    /// To whom it went.
    to: String,
}

/// The links that a mail bears.
fn of_mail(mail: &Mail) -> Vec<LinkId> {
    match mail {
        Mail::ConfirmAddress(mail) => vec![mail.link.clone()],
        Mail::OfferPublished(mail) => vec![mail.unsubscribe.clone()],
        Mail::OfferExpired(mail) => vec![mail.unsubscribe.clone()],
        Mail::DelegationAsked(mail) => vec![mail.link.clone(), mail.link.clone(), mail.unsubscribe.clone()],
        Mail::OfferExpiresSoon(mail) => {
            let offers = mail.offers.iter().flat_map(|offer| [offer.filled.clone(), offer.extend.clone()]);
            offers.chain([mail.unsubscribe.clone()]).collect()
        }
        Mail::AccountsWaiting(_) | Mail::AccountRefused(_) => Vec::new(),
        other => panic!("nobody made {other:?} due"),
    }
}

impl World {
    pub(crate) fn learn(&mut self, links: &[StoredLink]) {
        for link in links {
            let days = match link.action {
                LinkAction::ConfirmAddress { .. } | LinkAction::FillOffer(_) | LinkAction::ExtendOffer(_) => {
                    30
                }
                LinkAction::Unsubscribe { .. } => 45,
                LinkAction::ReadDelegation { .. } => 62,
                LinkAction::AnswerApplication { .. }
                | LinkAction::AnswerAppointment { .. }
                | LinkAction::OwnAppointment { .. }
                | LinkAction::ExportPerson { .. }
                | LinkAction::ErasePerson { .. } => panic!("nobody applies in this year"),
                LinkAction::RefuseRdv { .. }
                | LinkAction::AcceptPremium { .. }
                | LinkAction::RefusePremium { .. } => panic!("no establishment is written to in this year"),
            };
            let (until, to) = (self.now() + days * DAY, String::new());
            let known = KnownLink { action: link.action.clone(), until, used: false, to };
            self.state.links.insert(link.token_hash.clone(), known);
        }
    }

    /// Whoever got a mail may follow its links from now on.
    pub(crate) fn got(&mut self, taken: &Taken) {
        for id in of_mail(&taken.mail) {
            let secret = self.link_key.token(&id);
            let known = self.state.links.get_mut(&secret.hash()).expect("no mail without its links");
            known.to.clone_from(&taken.to);
            // One wants few of them to stop all mails.
            let stops = matches!(known.action, LinkAction::Unsubscribe { .. });
            if !stops || self.dice.chance(60) {
                self.state.clickable.push(secret);
            }
        }
    }

    pub(crate) async fn follow_a_link(&mut self) {
        let recent = self.state.clickable.len().saturating_sub(40);
        // Now and then an old one, or one that was followed before.
        let from = if self.dice.chance(150) { 0 } else { recent };
        let Some(token) = self.dice.any(&self.state.clickable[from..]) else { return };
        let (expected, words) = self.expected(&token.hash());
        let links = Links { find: &self.links, clock: &self.clock };
        let (people, applications, appointments, cvs) = &self.people;
        let (clock, offers) = (&self.clock, FollowOffer { desk: self.desk() });
        let answer = AnswerApplication { find: applications, people, change: applications, clock };
        let consents =
            FollowConsent { find: &self.consents, change: &self.consents, links: &self.links, clock };
        let (links_key, entropy): (_, &dyn Entropy) = (&self.link_key, &self.entropy);
        let acts = AppointmentActs {
            answer: AnswerAppointment {
                find: appointments,
                people,
                change: appointments,
                links: links_key,
                clock,
                entropy,
            },
            own: OwnAppointment {
                find: appointments,
                people,
                change: appointments,
                links: links_key,
                clock,
                entropy,
            },
        };
        let privacy = Privacy {
            people,
            list: &self.personal,
            find: applications,
            appointments,
            own: acts.own,
            forget: people,
            cvs,
            clock,
        };
        let acts = LinkActs {
            follow: &self.links,
            offers,
            applications: answer,
            appointments: acts,
            privacy,
            consents,
        };
        let followed = links.follow(&token, acts, Said::default()).await.unwrap();
        let followed = match followed {
            Followed::Delegation(_) => "shown",
            Followed::State(LinkState::Open(_)) => "acted",
            Followed::State(LinkState::Used) => "used",
            Followed::State(LinkState::Gone) => "gone",
            Followed::State(LinkState::Refused(LinkRefusal::OfferClosed)) => "closed",
            Followed::State(LinkState::Refused(LinkRefusal::ExtendedAlready)) => "extended already",
            Followed::State(LinkState::Refused(LinkRefusal::OfferGone)) => "no offer",
            Followed::Personal(_)
            | Followed::Appointment(_)
            | Followed::State(LinkState::Refused(LinkRefusal::Answered | LinkRefusal::ApplicationGone)) => {
                panic!("nobody applies in this year")
            }
        };
        assert_eq!(followed, expected, "at {}", self.now());
        self.report.followed(followed);
        self.told(words);
    }

    /// What following a link does now, done to the model.
    fn expected(&mut self, hash: &str) -> (&'static str, Vec<Word>) {
        let now = self.now();
        let link = &self.state.links[hash];
        let (action, to) = (link.action.clone(), link.to.clone());
        if link.until <= now {
            return ("gone", Vec::new());
        }
        if link.used {
            return ("used", Vec::new());
        }
        let (ended, words) = match &action {
            LinkAction::ConfirmAddress { .. } => ("acted", Vec::new()),
            LinkAction::Unsubscribe { .. } => {
                self.state.stopped.insert(to);
                ("acted", Vec::new())
            }
            LinkAction::ReadDelegation { offer, siret } => {
                let (who, at) = self.place(&offer.offer_id);
                let offer = &mut self.state.recruiters[who].offers[at];
                if offer.stand != Stand::Active || offer.is_over(now) {
                    return ("closed", Vec::new());
                }
                let cfa = (0..CFAS).find(|cfa| cfa_siret(*cfa) == siret.as_str()).unwrap();
                let read = offer.cfas.iter_mut().find(|(asked, _)| *asked == cfa).unwrap();
                read.1.get_or_insert(now);
                return ("shown", Vec::new());
            }
            LinkAction::AnswerApplication { .. }
            | LinkAction::AnswerAppointment { .. }
            | LinkAction::OwnAppointment { .. }
            | LinkAction::ExportPerson { .. }
            | LinkAction::ErasePerson { .. } => panic!("nobody applies in this year"),
            LinkAction::RefuseRdv { .. }
            | LinkAction::AcceptPremium { .. }
            | LinkAction::RefusePremium { .. } => panic!("no establishment is written to in this year"),
            LinkAction::FillOffer(offer) => {
                let (who, at) = self.place(&offer.offer_id);
                if !self.state.recruiters[who].offers[at].stand.is_open() {
                    return ("closed", Vec::new());
                }
                ("acted", self.state.recruiters[who].end(at, true, now).unwrap())
            }
            LinkAction::ExtendOffer(offer) => {
                let (who, at) = self.place(&offer.offer_id);
                if self.state.recruiters[who].offers[at].stand != Stand::Active {
                    return ("closed", Vec::new());
                }
                match self.state.recruiters[who].extend(at, now) {
                    Ok(()) => ("acted", Vec::new()),
                    Err(reason) => return (reason, Vec::new()),
                }
            }
        };
        self.state.links.get_mut(hash).unwrap().used = true;
        (ended, words)
    }

    /// Whose an offer is, and its place.
    pub(crate) fn place(&mut self, offer: &str) -> (usize, usize) {
        for (who, recruiter) in self.state.recruiters.iter().enumerate() {
            if let Some(at) = recruiter.offers.iter().position(|known| known.id == offer) {
                self.state.touched.insert(who);
                return (who, at);
            }
        }
        panic!("an offer that nobody deposited")
    }
}
