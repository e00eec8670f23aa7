//! The calendar and the links of establishments over a store of doubles, in which writes fail or come too late.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use async_trait::async_trait;
use domain::appointment::training::ManagedTraining;
use domain::appointment::{Consent, Decision, Premium, RdvEstablishment, Referrer};
use domain::link::{LinkAction, LinkId, LinkKey, StoredLink};
use domain::mail::{DueMail, Mail, address_hash};
use domain::seal::ContactCipher;
use domain::siret::Siret;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{CalendarRun, FollowConsent, RunRdvCalendar};
use crate::ingest::ContentHash;
use crate::links::LinkState;
use crate::ports::{
    Barred, ChangeConsent, Clock, Consequences, Entropy, FindConsent, FindConsents, FindDecisions, FindLink,
    FindManyBarred, KnownLink, ListRdvEstablishments, PortError, SeenConsent,
};

const SIRETS: [&str; 3] = ["13002526500013", "41816609600069", "01928074200016"];

fn siret(of: usize) -> Siret {
    SIRETS[of].parse().unwrap()
}

fn email(of: usize) -> domain::email::Email {
    format!("gestionnaire{of}@exemple.invalid").parse().unwrap()
}

fn cipher() -> ContactCipher {
    ContactCipher::new(&"fake".repeat(10)).unwrap()
}

fn key() -> LinkKey {
    LinkKey::new(&"k3y0".repeat(16)).unwrap()
}

/// With one training at both platforms, and one at none.
fn establishment(of: usize) -> RdvEstablishment {
    let address = address_hash(&email(of));
    let training = |id: &str, parcoursup_id: Option<&str>, is_affelnet| ManagedTraining {
        id: format!("{of}{id}"),
        parcoursup_id: parcoursup_id.map(str::to_owned),
        is_affelnet,
        address_hash: Some(address.clone()),
    };
    RdvEstablishment {
        siret: siret(of),
        name: format!("CFA INVENTE {of}"),
        email: Some((cipher().seal(&email(of), SIRETS[of]), address.clone())),
        trainings: vec![training("a", Some("1"), true), training("b", None, false)],
    }
}

/// The whole outside. Each write is one at a time.
struct World {
    today: Mutex<Date>,
    count: Mutex<u8>,
    listed: Vec<RdvEstablishment>,
    consents: Mutex<HashMap<Siret, Consent>>,
    /// What was decided of trainings alone.
    decisions: Mutex<HashMap<String, Decision>>,
    /// A training of which that cannot be read.
    unreadable: Option<String>,
    barred: Mutex<HashMap<String, Barred>>,
    /// Establishments that cannot be written.
    broken: Mutex<HashSet<Siret>>,
    /// Whether many consents cannot be read at once.
    no_batch: bool,
    /// What becomes of a consent just before the next write of it.
    meanwhile: Mutex<Option<fn(&mut Consent)>>,
    mails: Mutex<Vec<DueMail>>,
    links: Mutex<HashMap<String, KnownLink>>,
}

impl World {
    fn new(listed: Vec<RdvEstablishment>) -> Self {
        Self {
            today: Mutex::new(date(2026, 9, 1)),
            count: Mutex::default(),
            listed,
            consents: Mutex::default(),
            decisions: Mutex::default(),
            unreadable: None,
            barred: Mutex::default(),
            broken: Mutex::default(),
            no_batch: false,
            meanwhile: Mutex::default(),
            mails: Mutex::default(),
            links: Mutex::default(),
        }
    }

    async fn run(&self, today: Date) -> CalendarRun {
        *self.today.lock().unwrap() = today;
        let run = RunRdvCalendar {
            list: self,
            consents: self,
            decisions: self,
            barred: self,
            find: self,
            change: self,
            cipher: &cipher(),
            links: &key(),
            clock: self,
            entropy: self,
        };
        run.run().await
    }

    async fn follow(&self, action: &LinkAction) -> LinkState {
        let links = self.links.lock().unwrap().clone();
        let found = links.values().find(|known| known.link.action == *action).unwrap();
        self.follow_link(&found.link).await
    }

    async fn follow_link(&self, link: &StoredLink) -> LinkState {
        let follow = FollowConsent { find: self, change: self, links: self, clock: self };
        follow.run(link).await.unwrap()
    }

    /// Decides of a training alone: the address where requests go, unless the catalogue says it, and whether it is closed.
    fn decide(&self, training: &str, address: Option<usize>, is_closed: bool) {
        let set = address.map(|of| (cipher().seal(&email(of), training), address_hash(&email(of))));
        let decision = Decision { email: set, is_closed };
        self.decisions.lock().unwrap().insert(training.to_owned(), decision);
    }

    fn consent(&self, of: usize) -> Consent {
        self.consents.lock().unwrap().get(&siret(of)).cloned().unwrap_or_default()
    }

    /// The mails that became due since somebody looked: their templates, and to whom.
    fn told(&self) -> Vec<(&'static str, String)> {
        let mails = std::mem::take(&mut *self.mails.lock().unwrap());
        mails.iter().map(|due| (due.mail.template().as_str(), due.to.as_str().to_owned())).collect()
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        domain::date::paris_midnight(*self.today.lock().unwrap()) + jiff::SignedDuration::from_hours(9)
    }
}

impl Entropy for World {
    fn bytes(&self) -> [u8; 16] {
        let mut count = self.count.lock().unwrap();
        *count += 1;
        [*count; 16]
    }
}

#[async_trait]
impl ListRdvEstablishments for World {
    async fn list_rdv_establishments(&self, shard: u8) -> Result<Vec<RdvEstablishment>, PortError> {
        match shard {
            0 => Ok(self.listed.clone()),
            _ => Ok(Vec::new()),
        }
    }
}

#[async_trait]
impl FindConsents for World {
    async fn find_consents(&self, _: &[Siret]) -> Result<HashMap<Siret, Consent>, PortError> {
        if self.no_batch {
            return Err(PortError::new("read consents", "broken on purpose"));
        }
        Ok(self.consents.lock().unwrap().clone())
    }
}

#[async_trait]
impl FindDecisions for World {
    async fn find_decisions(&self, trainings: &[String]) -> Result<HashMap<String, Decision>, PortError> {
        if trainings.iter().any(|training| self.unreadable.as_ref() == Some(training)) {
            return Err(PortError::new("read decisions", "broken on purpose"));
        }
        let decisions = self.decisions.lock().unwrap();
        Ok(trainings.iter().filter_map(|one| Some((one.clone(), decisions.get(one)?.clone()))).collect())
    }
}

#[async_trait]
impl FindManyBarred for World {
    async fn find_many_barred(&self, hashes: &[String]) -> Result<HashMap<String, Barred>, PortError> {
        let barred = self.barred.lock().unwrap();
        Ok(hashes.iter().filter_map(|hash| Some((hash.clone(), *barred.get(hash)?))).collect())
    }
}

fn seen(consent: &Consent) -> ContentHash {
    ContentHash::of_text(&serde_json::to_string(consent).unwrap())
}

#[async_trait]
impl FindConsent for World {
    async fn find_consent(&self, siret: &Siret) -> Result<SeenConsent, PortError> {
        let found = self.consents.lock().unwrap().get(siret).cloned();
        let hash = found.as_ref().map(seen);
        Ok(SeenConsent { consent: found.unwrap_or_default(), hash })
    }
}

#[async_trait]
impl ChangeConsent for World {
    async fn change_consent(
        &self,
        siret: &Siret,
        seen: &SeenConsent,
        consent: &Consent,
        consequences: &Consequences,
    ) -> Result<bool, PortError> {
        if self.broken.lock().unwrap().contains(siret) {
            return Err(PortError::new("change a consent", "broken on purpose"));
        }
        let mut consents = self.consents.lock().unwrap();
        if let Some(change) = self.meanwhile.lock().unwrap().take() {
            change(consents.entry(siret.clone()).or_default());
        }
        let mut links = self.links.lock().unwrap();
        let mut mails = self.mails.lock().unwrap();
        let followed = consequences.follows.as_ref();
        let is_used = followed.is_some_and(|link| {
            links.get(&link.token_hash).is_none_or(|known| known.used) || link.expires_at <= consequences.now
        });
        let is_due = consequences.mails.iter().any(|due| mails.iter().any(|known| known.id == due.id));
        if is_used || is_due || consents.get(siret).map(self::seen) != seen.hash {
            return Ok(false);
        }
        consents.insert(siret.clone(), consent.clone());
        mails.extend(consequences.mails.iter().cloned());
        if let Some(known) = followed.and_then(|link| links.get_mut(&link.token_hash)) {
            known.used = true;
        }
        let new = consequences.links.iter().cloned();
        links.extend(new.map(|link| (link.token_hash.clone(), KnownLink { link, used: false })));
        Ok(true)
    }
}

#[async_trait]
impl FindLink for World {
    async fn find_link(&self, token_hash: &str) -> Result<Option<KnownLink>, PortError> {
        Ok(self.links.lock().unwrap().get(token_hash).cloned())
    }
}

fn to(of: usize, template: &'static str) -> (&'static str, String) {
    (template, email(of).as_str().to_owned())
}

#[tokio::test]
async fn an_establishment_is_told_of_each_step_once_however_often_it_is_run() {
    let world = World::new(vec![establishment(0)]);
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.establishments, ran.invited, ran.failed), (1, 1, 0));
    world.run(date(2026, 9, 1)).await;
    world.run(date(2026, 9, 15)).await;
    assert_eq!(world.told(), [to(0, "rdv-invited")]);
    assert!(!world.consent(0).is_open_to(Referrer::Lba));
    assert_eq!(world.run(date(2026, 9, 16)).await.activated, 1);
    world.run(date(2026, 9, 16)).await;
    assert_eq!(world.told(), [to(0, "rdv-activated")]);
    assert!(world.consent(0).is_open_to(Referrer::Lba));
    let ran = world.run(date(2027, 1, 8)).await;
    assert_eq!((ran.asked, world.told()), (2, [to(0, "premium-invited"), to(0, "premium-invited")].to_vec()));
    let ran = world.run(date(2027, 1, 18)).await;
    assert_eq!(
        (ran.followed_up, world.told()),
        (2, [to(0, "premium-follow-up"), to(0, "premium-follow-up")].to_vec())
    );
}

#[tokio::test]
async fn what_is_told_counts_the_trainings_that_it_is_about() {
    let mut listed = establishment(0);
    listed.trainings[1].address_hash = Some("bounced".to_owned());
    let world = World::new(vec![listed, establishment(1)]);
    world.barred.lock().unwrap().insert("bounced".to_owned(), Barred::All);
    world.run(date(2027, 2, 1)).await;
    let mut counts: Vec<(String, u32)> = Vec::new();
    for due in world.mails.lock().unwrap().iter() {
        let (establishment, trainings) = match &due.mail {
            Mail::RdvInvited(mail) => (&mail.establishment, mail.trainings),
            Mail::PremiumInvited(mail) => (&mail.establishment, mail.trainings),
            other => panic!("{other:?}"),
        };
        counts.push((establishment.clone(), trainings));
    }
    counts.sort();
    let (one, two) = ("CFA INVENTE 0".to_owned(), "CFA INVENTE 1".to_owned());
    let wanted = [(one.clone(), 1), (one.clone(), 1), (one, 1), (two.clone(), 1), (two.clone(), 1), (two, 2)];
    assert_eq!(counts, wanted);
}

#[tokio::test]
async fn an_address_that_was_set_by_hand_opens_a_training_whose_own_is_gone() {
    let (mut bounced, mut none) = (establishment(0), establishment(1));
    for training in &mut bounced.trainings {
        training.address_hash = Some("bounced".to_owned());
    }
    none.trainings.remove(0);
    none.trainings[0].address_hash = None;
    let world = World::new(vec![bounced, none]);
    world.barred.lock().unwrap().insert("bounced".to_owned(), Barred::All);
    assert_eq!(world.run(date(2027, 1, 10)).await.invited, 0);
    world.decide("0a", Some(2), false);
    world.decide("1b", Some(2), false);
    let ran = world.run(date(2027, 1, 11)).await;
    assert_eq!(
        (ran.invited, ran.asked, ran.failed),
        (2, 2, 0),
        "one is at both platforms, the other at none"
    );
    world.barred.lock().unwrap().insert(address_hash(&email(2)), Barred::All);
    assert_eq!(world.run(date(2027, 1, 26)).await.activated, 0, "mails to that one came back, too");
    world.decide("0a", Some(1), false);
    assert_eq!(world.run(date(2027, 1, 27)).await.activated, 1);
}

#[tokio::test]
async fn a_training_that_was_closed_by_hand_is_none_of_those_that_are_told_of() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2027, 2, 1)).await;
    world.decide("0b", None, true);
    world.run(date(2027, 2, 16)).await;
    let mails = world.mails.lock().unwrap().clone();
    let counts: Vec<u32> = mails
        .iter()
        .filter_map(|due| match &due.mail {
            Mail::RdvInvited(mail) => Some(mail.trainings),
            Mail::RdvActivated(mail) => Some(mail.trainings),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [2, 1]);
}

#[tokio::test]
async fn an_establishment_all_of_whose_trainings_were_closed_by_hand_is_told_nothing_until_one_is_open_again()
{
    let world = World::new(vec![establishment(0)]);
    for training in ["0a", "0b"] {
        world.decide(training, None, true);
    }
    assert_eq!((world.run(date(2027, 2, 1)).await.failed, world.told()), (0, vec![]));
    world.decide("0b", None, false);
    assert_eq!((world.run(date(2027, 2, 2)).await.invited, world.told()), (1, vec![to(0, "rdv-invited")]));
    world.decide("0b", None, true);
    assert_eq!((world.run(date(2027, 2, 17)).await.activated, world.told()), (0, vec![]));
}

#[tokio::test]
async fn where_a_decision_cannot_be_read_only_its_establishment_fails() {
    let world =
        World { unreadable: Some("1b".to_owned()), ..World::new([0, 1, 2].map(establishment).to_vec()) };
    world.decide("2a", None, true);
    world.decide("2b", None, true);
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.invited, ran.failed, world.told()), (1, 1, vec![to(0, "rdv-invited")]));
}

#[tokio::test]
async fn one_that_fails_keeps_no_other_from_being_done_and_is_done_by_the_next_run() {
    let world = World::new([0, 1, 2].map(establishment).to_vec());
    world.broken.lock().unwrap().insert(siret(1));
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.invited, ran.failed), (2, 1));
    assert!(ran.why.unwrap().to_string().contains("change a consent"));
    assert_eq!(world.told().len(), 2);
    world.broken.lock().unwrap().clear();
    let ran = world.run(date(2026, 9, 2)).await;
    assert_eq!((ran.invited, ran.failed, world.told()), (1, 0, vec![to(1, "rdv-invited")]));
}

#[tokio::test]
async fn where_not_all_can_be_read_at_once_each_is_looked_at_by_itself() {
    let world = World { no_batch: true, ..World::new([0, 1].map(establishment).to_vec()) };
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.invited, ran.failed), (2, 0));
}

#[tokio::test]
async fn one_whose_address_cannot_be_opened_fails_alone() {
    let mut strange = establishment(0);
    strange.email = establishment(1).email;
    let world = World::new(vec![strange, establishment(2)]);
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.invited, ran.failed, world.told()), (1, 1, vec![to(2, "rdv-invited")]));
}

#[tokio::test]
async fn a_refusal_that_comes_while_it_is_activated_counts() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2026, 9, 1)).await;
    world.told();
    *world.meanwhile.lock().unwrap() = Some(|consent| consent.refuse_optout(date(2026, 9, 16)));
    let ran = world.run(date(2026, 9, 16)).await;
    assert_eq!((ran.activated, ran.failed, world.told()), (0, 0, vec![]));
    assert!(!world.consent(0).is_open_to(Referrer::Lba));
}

#[tokio::test]
async fn an_invitation_that_bounced_opens_nobody() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2026, 9, 1)).await;
    world.barred.lock().unwrap().insert(address_hash(&email(0)), Barred::All);
    // At once: should it have another address by the 16th, that one was told nothing.
    assert_eq!(world.run(date(2026, 9, 2)).await.forgotten, 1);
    let ran = world.run(date(2026, 9, 16)).await;
    assert_eq!((ran.forgotten, ran.activated), (0, 0));
    world.barred.lock().unwrap().clear();
    assert_eq!(world.run(date(2026, 9, 17)).await.invited, 1);
    assert_eq!(world.told(), [to(0, "rdv-invited"), to(0, "rdv-invited")]);
    assert_eq!(world.consent(0).optout.scheduled, Some(date(2026, 10, 2)));
}

#[tokio::test]
async fn whoever_unsubscribed_is_opened_by_its_silence_and_asked_about_no_premium() {
    let world = World::new(vec![establishment(0)]);
    world.barred.lock().unwrap().insert(address_hash(&email(0)), Barred::Stoppable);
    for day in [date(2027, 2, 1), date(2027, 2, 16)] {
        world.run(day).await;
    }
    assert_eq!(world.told(), [to(0, "rdv-invited"), to(0, "rdv-activated")]);
}

#[tokio::test]
async fn a_mail_that_was_due_before_is_no_reason_to_write_for_ever() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2026, 9, 1)).await;
    world.consents.lock().unwrap().clear();
    let ran = world.run(date(2026, 9, 1)).await;
    assert_eq!((ran.invited, ran.failed), (0, 1));
    assert_eq!(world.told(), [to(0, "rdv-invited")]);
}

#[tokio::test]
async fn a_link_acts_once_and_the_other_one_of_its_mail_after_it() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2027, 2, 1)).await;
    let premium = Premium::Parcoursup;
    let accept = LinkAction::AcceptPremium { siret: siret(0), premium };
    let refuse = LinkAction::RefusePremium { siret: siret(0), premium };
    assert_eq!(world.follow(&accept).await, LinkState::Open(accept.clone()));
    assert!(world.consent(0).is_open_to(Referrer::Parcoursup));
    assert_eq!(world.follow(&refuse).await, LinkState::Open(refuse));
    assert!(!world.consent(0).is_open_to(Referrer::Parcoursup));
    assert_eq!(world.follow(&accept).await, LinkState::Used);
    assert!(!world.consent(0).is_open_to(Referrer::Parcoursup), "what was said last counts");
    let refuse = LinkAction::RefuseRdv { siret: siret(0) };
    assert_eq!(world.follow(&refuse).await, LinkState::Open(refuse.clone()));
    assert_eq!(world.follow(&refuse).await, LinkState::Used);
    assert_eq!(world.run(date(2027, 3, 1)).await.activated, 0);
}

#[tokio::test]
async fn a_link_that_the_calendar_overtakes_acts_all_the_same() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2026, 9, 1)).await;
    *world.meanwhile.lock().unwrap() = Some(|consent| consent.optout.activated = Some(date(2026, 9, 16)));
    let refuse = LinkAction::RefuseRdv { siret: siret(0) };
    assert_eq!(world.follow(&refuse).await, LinkState::Open(refuse));
    let consent = world.consent(0);
    assert!(consent.optout.activated.is_some() && !consent.is_open_to(Referrer::Lba));
}

#[tokio::test]
async fn a_link_past_its_time_does_nothing() {
    let world = World::new(vec![establishment(0)]);
    world.run(date(2026, 9, 1)).await;
    let id = LinkId::from_random([1; 16]);
    let link = world.links.lock().unwrap().get(&key().token(&id).hash()).unwrap().link.clone();
    *world.today.lock().unwrap() = date(2036, 8, 29);
    assert_eq!(world.follow_link(&link).await, LinkState::Gone);
    assert_eq!(world.consent(0).optout.refused, None);
}
