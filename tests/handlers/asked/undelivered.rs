//! A centre that cannot be written to: who asked is told, and nobody is let ask again.

use std::path::Path;

use domain::email::Email;
use domain::event::BounceReason;
use domain::mail::{Mail, MailId, Side, Template};
use usecases::mail_events::{Fate, MailEvent, RecordMailEvent};
use usecases::ports::{Bounce, RecordBounce};
use usecases::send_mail::{Outcome, WORD_SECONDS};

use super::{APPLICANT, CENTRE, taken};
use crate::applications::delivered::Silent;
use crate::world::{World, clock};

impl World {
    /// What a provider tells of the mail that asked the centre.
    async fn tell_of(&self, id: &str, fate: Fate) {
        self.tell_of_mail(MailId::of(Template::AppointmentAsked, id), fate).await;
    }

    async fn tell_of_mail(&self, mail_id: MailId, fate: Fate) {
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
            mail_id: Some(mail_id),
            provider_id: "invented".to_owned(),
            addresses: vec![centre()],
            fate,
        };
        record.run(&told).await.unwrap();
    }
}

impl World {
    /// As the bounce of any other mail to the centre does.
    async fn suppress_centre(&self) {
        let bounce = Bounce {
            dedupe: "another mail".to_owned(),
            address: centre(),
            reason: BounceReason::HardBounce,
            event: None,
            now: 1,
        };
        self.bounces().record_bounce(&bounce).await.unwrap();
    }

    /// An appointment of which a slot is picked, and the id of the mail that tells so.
    async fn picked(&self, side: Side) -> (String, MailId) {
        let (id, _) = taken(&self.request(0, |_| ()).await);
        self.press_form(&self.asked_centre().await.answer, super::answered::SLOTS).await;
        self.press_form(&self.replied().await.own, super::answered::FIRST).await;
        assert_eq!(self.appointment(&id).await["status"], "picked");
        let mail = MailId::of(Template::AppointmentFixed, &side.cause(&id.parse().unwrap()));
        (id, mail)
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
async fn a_mail_that_comes_back_for_what_it_holds_is_told_too_and_closes_nothing() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    world.tell_of(&id, Fate::Undelivered).await;
    assert_eq!(world.appointment(&id).await["status"], "undelivered");
    assert_eq!(world.due_to(Template::AppointmentUndelivered, APPLICANT).await.len(), 1);
    let next = world.request(0, |body| body["email"] = serde_json::json!("autre@exemple.invalid")).await;
    assert_eq!(next.status, 200, "{}", next.body);
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
    world.suppress_centre().await;
    // It is not written anywhere, so that no folder is needed.
    let outcome = world.send(&MailId::of(Template::AppointmentAsked, &id), Path::new("nowhere")).await;
    assert_eq!(outcome, Outcome::Suppressed);
    assert_eq!(world.appointment(&id).await["status"], "undelivered");
    assert_eq!(world.due_to(Template::AppointmentUndelivered, APPLICANT).await.len(), 1);
}

#[tokio::test]
async fn a_centre_that_does_not_learn_which_slot_was_picked_is_told_to_who_picked_it() {
    for is_late in [false, true] {
        let world = World::new().await;
        let (id, mail) = world.picked(Side::Centre).await;
        if is_late {
            world.tell_of_mail(mail, Fate::Returned(BounceReason::HardBounce)).await;
        } else {
            world.suppress_centre().await;
            assert_eq!(world.send(&mail, Path::new("nowhere")).await, Outcome::Suppressed);
        }
        assert_eq!(world.appointment(&id).await["status"], "undelivered");
        let told = world.due_to(Template::AppointmentUndelivered, APPLICANT).await;
        assert!(matches!(&told[..], [Mail::AppointmentUndelivered(mail)] if mail.slot.is_some()), "{told:?}");
        // Nobody is told afterwards that it is fixed.
        let theirs = MailId::of(Template::AppointmentFixed, &Side::Applicant.cause(&id.parse().unwrap()));
        assert_eq!(world.send(&theirs, Path::new("nowhere")).await, Outcome::Suppressed);
    }
}

#[tokio::test]
async fn a_mail_that_fixes_what_was_given_up_meanwhile_never_leaves() {
    let world = World::new().await;
    let (_, mail) = world.picked(Side::Centre).await;
    let fixed = world.due_to(Template::AppointmentFixed, APPLICANT).await;
    let [Mail::AppointmentFixed(theirs)] = &fixed[..] else { panic!("{fixed:?}") };
    world.press_form(theirs.own.as_ref().unwrap(), "action=withdraw").await;
    assert_eq!(world.send(&mail, Path::new("nowhere")).await, Outcome::Suppressed);
    assert!(world.due_to(Template::AppointmentUndelivered, APPLICANT).await.is_empty());
}

#[tokio::test]
async fn who_was_not_heard_may_ask_again_at_once_and_who_took_it_back_after_four_days() {
    let world = World::new().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    world.suppress_centre().await;
    world.send(&MailId::of(Template::AppointmentAsked, &id), Path::new("nowhere")).await;
    let held = world.import.store.dump(&world.import.store.tables.ledger).await;
    assert!(!held.keys().any(|(partition, _)| partition.starts_with("asked#")), "{:?}", held.keys());

    let world = World::new().await;
    let (_, _) = taken(&world.request(0, |_| ()).await);
    let mails = world.due_to(Template::AppointmentSent, APPLICANT).await;
    let [Mail::AppointmentSent(sent)] = &mails[..] else { panic!("{mails:?}") };
    world.press_form(&sent.own, "action=withdraw").await;
    let again = world.request(700, |_| ()).await;
    assert!(again.status == 400 && again.body.contains("en date du"), "{}", again.body);
}

#[tokio::test]
async fn a_mail_to_a_centre_of_which_nobody_knows_whether_it_left_is_told_to_who_asked_once() {
    let world = World::new().await;
    let (id, mail) = world.picked(Side::Centre).await;
    let applications = world.stored_applications().applications;
    for seconds in [0, i64::from(WORD_SECONDS), 2 * i64::from(WORD_SECONDS)] {
        world.send_later(seconds, &mail, &Silent, &applications).await.unwrap();
    }
    assert_eq!(world.appointment(&id).await["status"], "picked", "it may have arrived");
    let told = world.due_to(Template::AppointmentUndelivered, APPLICANT).await;
    assert!(
        matches!(&told[..], [Mail::AppointmentUndelivered(mail)] if mail.uncertain && mail.slot.is_some()),
        "{told:?}"
    );
}
