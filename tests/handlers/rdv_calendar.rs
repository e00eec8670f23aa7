//! What is due to establishments that answer for trainings, and what the links of their mails do.

use domain::appointment::{Consent, Premium, Referrer};
use domain::link::LinkId;
use domain::mail::{Mail, PremiumAsked, Template};
use serde_json::{Value, json};
use store::{BarredAddresses, RdvEstablishments};
use testkit::{formation, jsonl, siret};
use usecases::ports::FindConsent as _;

use crate::asking::event;
use crate::depositing::{clock_later, link_key};
use crate::world::{Answer, World, cipher, run};

const MANAGER: u32 = 7_000;
const SEAT: &str = "siege@exemple.invalid";
const DAY: i64 = 86_400;
/// Days from the first of September, when the world stands, to 8 January.
const TO_SEASON: i64 = 129;

impl World {
    /// With a training that one may ask about, at Parcoursup.
    async fn with_establishment() -> Self {
        let world = Self::new().await;
        let mut row = formation(7_000);
        row["email"] = json!("rdv@exemple.invalid");
        row["etablissement_gestionnaire_siret"] = json!(siret(MANAGER));
        row["etablissement_gestionnaire_courriel"] = json!(SEAT);
        row["parcoursup_id"] = json!("54321");
        let report = world.import.load("formations/rdv/list.jsonl", jsonl(&[row])).await;
        assert_eq!(report.kept, 1, "{report:?}");
        world
    }

    async fn run_year(&self, later: i64) {
        let (client, tables) = (self.import.store.client.clone(), self.import.store.tables.clone());
        let context = run_appointment_calendar::Context {
            establishments: RdvEstablishments::new(client.clone(), &tables),
            barred: BarredAddresses::new(client, &tables),
            consents: self.consents(),
            trainings: self.rdv_trainings(),
            cipher: cipher(),
            links: link_key(),
            clock: Box::new(clock_later(later * DAY)),
            entropy: Box::new(self.entropy.clone()),
        };
        run_appointment_calendar::handle(&context, Value::Null, "run".to_owned()).await.unwrap();
    }

    async fn consent(&self) -> Consent {
        self.consents().find_consent(&siret(MANAGER).parse().unwrap()).await.unwrap().consent
    }

    /// Opens a link: what a mail scanner does.
    async fn open_link(&self, link: &LinkId, later: i64) -> Answer {
        let mut context = self.show_link();
        context.clock = Box::new(clock_later(later * DAY));
        run(&with_token("show-link/confirm-address", link), |request| show_link::handle(&context, request))
            .await
    }

    /// Presses the button of its page.
    async fn press_link(&self, link: &LinkId, later: i64) -> Answer {
        let mut context = self.follow_link();
        context.offers = self.offers_desk_later(later * DAY);
        run(&with_token("follow-link/confirm-address", link), |request| {
            follow_link::handle(&context, request)
        })
        .await
    }

    async fn premium(&self) -> PremiumAsked {
        let due = self.due(Template::PremiumInvited, SEAT).await;
        let [Mail::PremiumInvited(asked)] = &due[..] else { panic!("{due:?}") };
        asked.clone()
    }
}

fn with_token(case: &str, link: &LinkId) -> String {
    event(case, |event| event["pathParameters"]["token"] = json!(link_key().token(link).as_str()))
}

#[tokio::test]
async fn an_establishment_is_told_fifteen_days_before_it_is_opened_and_a_scanner_refuses_nothing() {
    let world = World::with_establishment().await;
    world.run_year(0).await;
    let due = world.due(Template::RdvInvited, SEAT).await;
    let [Mail::RdvInvited(invited)] = &due[..] else { panic!("{due:?}") };
    assert_eq!(world.open_link(&invited.refuse, 1).await.status, 200);
    world.run_year(14).await;
    assert_eq!(world.due(Template::RdvActivated, SEAT).await, []);
    assert!(!world.consent().await.is_open_to(Referrer::Lba));
    world.run_year(15).await;
    assert_eq!(world.due(Template::RdvActivated, SEAT).await.len(), 1);
    assert!(world.consent().await.is_open_to(Referrer::Lba));

    let before = world.everything().await;
    world.run_year(15).await;
    assert!(world.everything().await == before, "the second run wrote something");
}

#[tokio::test]
async fn a_refusal_keeps_it_closed_and_its_link_says_that_it_has_acted() {
    let world = World::with_establishment().await;
    world.run_year(0).await;
    let due = world.due(Template::RdvInvited, SEAT).await;
    let [Mail::RdvInvited(invited)] = &due[..] else { panic!("{due:?}") };
    let answer = world.press_link(&invited.refuse, 3).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Votre refus est enregistré"), "{}", answer.body);
    let again = world.press_link(&invited.refuse, 3).await;
    assert_eq!(again.status, 410);
    assert!(again.body.contains("Ce lien a déjà servi"), "{}", again.body);
    world.run_year(15).await;
    assert_eq!(world.due(Template::RdvActivated, SEAT).await, []);
}

#[tokio::test]
async fn what_was_decided_of_its_only_training_says_whether_an_establishment_is_told_anything() {
    let world = World::with_establishment().await;
    world.bounce_rdv("rdv@exemple.invalid").await;
    world.run_year(0).await;
    assert_eq!(world.due(Template::RdvInvited, SEAT).await, [], "requests would go nowhere");
    assert_eq!(world.set(7_000, &json!({"email": "choisie@exemple.invalid"})).await.status, 200);
    world.run_year(1).await;
    assert_eq!(world.due(Template::RdvInvited, SEAT).await.len(), 1);
    let closed = json!({"email": "choisie@exemple.invalid", "closed": true});
    assert_eq!(world.set(7_000, &closed).await.status, 200);
    world.run_year(16).await;
    assert_eq!(world.due(Template::RdvActivated, SEAT).await, [], "there is nothing to be active for");
    assert_eq!(world.set(7_000, &json!({"email": "choisie@exemple.invalid"})).await.status, 200);
    world.run_year(17).await;
    assert_eq!(world.due(Template::RdvActivated, SEAT).await.len(), 1);
}

#[tokio::test]
async fn a_premium_is_open_once_accepted_and_closed_by_the_other_link() {
    let world = World::with_establishment().await;
    world.run_year(TO_SEASON).await;
    let asked = world.premium().await;
    assert_eq!((asked.premium, asked.trainings), (Premium::Parcoursup, 1));
    let open = async || world.consent().await.is_open_to(Referrer::Parcoursup);
    assert!(!open().await, "nothing is opened by silence");
    let answer = world.press_link(&asked.accept, TO_SEASON + 1).await;
    assert!(answer.body.contains("activée sur Parcoursup"), "{}", answer.body);
    assert!(open().await);
    let answer = world.press_link(&asked.refuse, TO_SEASON + 200).await;
    assert!(answer.body.contains("activée sur Parcoursup"), "{}", answer.body);
    assert!(!open().await);
    assert_eq!(world.press_link(&asked.accept, TO_SEASON + 201).await.status, 410);
    world.run_year(TO_SEASON + 210).await;
    assert_eq!(world.due(Template::PremiumFollowUp, SEAT).await, [], "it has answered");
}

#[tokio::test]
async fn a_link_of_an_establishment_ends_with_its_days() {
    let world = World::with_establishment().await;
    world.run_year(TO_SEASON).await;
    let (asked, due) = (world.premium().await, world.due(Template::RdvInvited, SEAT).await);
    let [Mail::RdvInvited(invited)] = &due[..] else { panic!("{due:?}") };
    assert_eq!(world.press_link(&asked.accept, TO_SEASON + 30).await.status, 410);
    assert_eq!(world.open_link(&invited.refuse, TO_SEASON + 3_649).await.status, 200);
    assert_eq!(world.press_link(&invited.refuse, TO_SEASON + 3_650).await.status, 410);
}

#[tokio::test]
async fn an_establishment_refuses_years_after_it_was_opened_and_keeps_the_premium_that_it_accepted() {
    let world = World::with_establishment().await;
    world.run_year(0).await;
    world.run_year(15).await;
    world.run_year(TO_SEASON).await;
    let asked = world.premium().await;
    assert_eq!(world.press_link(&asked.accept, TO_SEASON + 1).await.status, 200);
    assert_eq!(world.open_to(7_000).await, ["parcoursup", "lba", "onisep", "jeune_1_solution"]);
    let (invited, activated) =
        (world.due(Template::RdvInvited, SEAT).await, world.due(Template::RdvActivated, SEAT).await);
    let [Mail::RdvInvited(invited)] = &invited[..] else { panic!("{invited:?}") };
    let [Mail::RdvActivated(activated)] = &activated[..] else { panic!("{activated:?}") };

    let page = world.open_link(&activated.refuse, 3_000).await;
    assert!(page.body.contains("Parcoursup ou Affelnet ne change pas"), "{}", page.body);
    let answer = world.press_link(&activated.refuse, 3_000).await;
    assert!(answer.body.contains("Votre refus est enregistré"), "{}", answer.body);
    assert_eq!(world.open_to(7_000).await, ["parcoursup"], "as its page said");
    let again = world.press_link(&activated.refuse, 3_001).await;
    assert_eq!(again.status, 410);
    assert!(again.body.contains("Ce lien a déjà servi"), "{}", again.body);
    let before = world.consent().await;
    let other = world.press_link(&invited.refuse, 3_002).await;
    assert!(other.body.contains("Votre refus est enregistré"), "{}", other.body);
    world.run_year(3_003).await;
    assert_eq!(world.consent().await.optout, before.optout, "it refused on the day on which it first did");
    assert_eq!(world.due(Template::RdvInvited, SEAT).await.len(), 1, "and is not invited again");
}
