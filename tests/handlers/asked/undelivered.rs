//! A centre that cannot be written to: who asked is told, and nobody is let ask again.

use std::path::Path;

use domain::email::Email;
use domain::event::BounceReason;
use domain::mail::{Mail, MailId, Template};
use usecases::mail_events::{Fate, MailEvent, RecordMailEvent};
use usecases::ports::{Bounce, RecordBounce};
use usecases::send_mail::Outcome;

use super::{APPLICANT, CENTRE, taken};
use crate::world::{World, clock};

impl World {
    /// What a provider tells of the mail that asked the centre.
    async fn tell_of(&self, id: &str, fate: Fate) {
        let (stored, cvs, clock) = (self.stored_applications(), self.cvs(), clock());
        let (mails, bounces) = (self.mails(), self.bounces());
        let record = RecordMailEvent {
            find: &mails,
            confirm: &mails,
            applications: Some(stored.deliver(&cvs, &clock)),
            bounce: &bounces,
            clock: &clock,
        };
        let told = MailEvent {
            mail_id: Some(MailId::of(Template::AppointmentAsked, id)),
            provider_id: "invented".to_owned(),
            addresses: vec![centre()],
            fate,
        };
        record.run(&told).await.unwrap();
    }
}

fn centre() -> Email {
    CENTRE.parse().unwrap()
}

#[tokio::test]
async fn a_bounce_for_good_is_told_to_who_asked_once_and_closes_the_training() {
    let world = World::new().await;
    world.with_lba().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    for fate in [Fate::Taken, Fate::Other, Fate::Returned(BounceReason::Complaint)] {
        world.tell_of(&id, fate).await;
        assert_eq!(world.appointment(&id).await["status"], "requested");
    }
    for _ in 0..2 {
        world.tell_of(&id, Fate::Returned(BounceReason::HardBounce)).await;
    }
    assert_eq!(world.appointment(&id).await["status"], "undelivered");
    let told = world.due_to(Template::AppointmentUndelivered, APPLICANT).await;
    assert!(
        matches!(&told[..], [Mail::AppointmentUndelivered(mail)] if mail.centre == "CFA INVENTÉ"),
        "{told:?}"
    );
    let told = ("appointment.undelivered", Some("lba".to_owned()));
    let events = world.events().await;
    assert_eq!(events.iter().filter(|event| **event == told).count(), 1, "{events:?}");
    let next = world.request(0, |body| body["email"] = serde_json::json!("autre@exemple.invalid")).await;
    assert_eq!((next.status, next.json()["message"].as_str()), (400, Some("Formation introuvable.")));
}

#[tokio::test]
async fn an_answer_that_was_given_is_not_taken_back_by_a_late_bounce() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    world.press_form(&world.asked_centre().await.answer, "comment=Venez").await;
    world.tell_of(&id, Fate::Returned(BounceReason::HardBounce)).await;
    assert_eq!(world.appointment(&id).await["status"], "answered");
    assert!(world.due_to(Template::AppointmentUndelivered, APPLICANT).await.is_empty());
}

#[tokio::test]
async fn a_centre_whose_address_is_given_up_before_the_mail_leaves_is_told_to_who_asked() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    let bounce = Bounce {
        dedupe: "another mail".to_owned(),
        address: centre(),
        reason: BounceReason::HardBounce,
        event: None,
        now: 1,
    };
    world.bounces().record_bounce(&bounce).await.unwrap();
    // It is not written anywhere, so that no folder is needed.
    let outcome = world.send(&MailId::of(Template::AppointmentAsked, &id), Path::new("nowhere")).await;
    assert_eq!(outcome, Outcome::Suppressed);
    assert_eq!(world.appointment(&id).await["status"], "undelivered");
    assert_eq!(world.due_to(Template::AppointmentUndelivered, APPLICANT).await.len(), 1);
}
