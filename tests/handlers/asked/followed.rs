//! A site follows the appointments that were asked for through it, and learns of no other.

use domain::appointment::Referrer;
use domain::partner::Partner;
use serde_json::json;
use usecases::partners::key_hash;
use usecases::ports::PutPartner;

use super::answered::{FIRST, SLOTS};
use super::{APPLICANT, taken};
use crate::asking::{event, set_header, set_query};
use crate::data::{KEY, KEY_3};
use crate::world::{Answer, World};

/// The key of a partner that is La bonne alternance.
const LBA: &str = "fake-key-of-lba";

impl World {
    pub(super) async fn with_lba(&self) {
        let (_, known) = crate::data::partners().remove(0);
        let lba = Partner { partner: "lba".to_owned(), referrer: Some(Referrer::Lba), ..known };
        let partners = store::Partners::new(self.import.store.client.clone(), &self.import.store.tables);
        partners.put_partner(&key_hash(LBA), &lba).await.unwrap();
    }

    async fn follow_as(&self, case: &str, key: &str, id: &str) -> Answer {
        let sent = event(case, |event| {
            if event["pathParameters"].is_object() {
                event["pathParameters"]["id"] = json!(id);
            }
            set_header(event, "x-api-key", Some(key));
        });
        self.answer(case.split_once('/').unwrap().0, &sent).await
    }
}

#[tokio::test]
async fn the_partner_that_is_the_site_is_told_of_each_step() {
    let world = World::new().await;
    world.with_lba().await;
    taken(&world.request(0, |_| ()).await);
    world.press_form(&world.asked_centre().await.answer, SLOTS).await;
    let own = world.replied().await.own;
    world.press_form(&own, FIRST).await;
    world.press_form(&own, "action=withdraw").await;
    let kinds = ["answered", "picked", "requested", "withdrawn"].map(|step| format!("appointment.{step}"));
    let events = world.events().await;
    assert_eq!(events.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), kinds);
    for (kind, partner) in events {
        assert_eq!(partner.as_deref(), Some("lba"), "{kind}");
    }
}

#[tokio::test]
async fn a_site_follows_its_own_and_anothers_answers_like_what_nobody_has() {
    let world = World::new().await;
    world.with_lba().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let (one, list) = ("get-appointment/nominal", "list-appointments/nominal");
    let own = world.follow_as(one, LBA, &id).await;
    assert_eq!((own.status, &own.json()["status"]), (200, &json!("requested")));
    let listed = world.follow_as(list, LBA, &id).await;
    assert_eq!(listed.json(), json!({"appointments": [own.json()], "after": null}));
    for person in ["Aucune", "PERSONNE", APPLICANT, "+33199000000", "visiter", "invente.invalid"] {
        assert!(!own.body.contains(person) && !listed.body.contains(person), "{person}");
    }
    // What was dated first may be seen last: the minute before an instant is told again.
    for (since, count) in
        [("2026-09-01T08:00:00Z", 1), ("2026-09-01T08:01:00Z", 1), ("2026-09-01T08:01:01Z", 0)]
    {
        let sent = event(list, |event| {
            set_query(event, &[("updated_since".to_owned(), since.to_owned())]);
            set_header(event, "x-api-key", Some(LBA));
        });
        let listed = world.answer("list-appointments", &sent).await.json();
        assert_eq!(listed["appointments"].as_array().unwrap().len(), count, "{since}");
    }
    // Parcoursup asks about what is La bonne alternance's, about what nobody has, and about what is no id.
    let others = world.follow_as(one, KEY, &id).await;
    for nobodys in ["8cb7015d-db7a-479d-8920-aec0d5f66435", "x"] {
        let nobodys = world.follow_as(one, KEY, nobodys).await;
        assert_eq!((others.status, &others.body), (404, &nobodys.body));
        assert_eq!(nobodys.status, 404);
    }
    assert_eq!(world.follow_as(list, KEY, &id).await.json()["appointments"], json!([]));
    // A partner that is no site follows nothing.
    for case in [one, list] {
        assert_eq!(world.follow_as(case, KEY_3, &id).await.status, 403);
    }
}
