//! An application whose mail has left says so, wherever whoever sent it was stopped; one whose mail never will, too.

use async_trait::async_trait;
use domain::application::Facts;
use domain::mail::{Mail, MailId, Template};
use tokio::sync::Notify;
use usecases::ports::{
    ChangeApplication, ComposedMail, Consequences, FindMail, HandOverError, HandOverMail, MailState, Owed,
    PortError, StoredApplication,
};
use usecases::send_mail::{LEASE_SECONDS, Outcome, WORD_SECONDS};

use super::{APPLICANT, RECRUITER};
use crate::applying::{Scanner, id_of};
use crate::delivery::Folder;
use crate::world::World;

/// What becomes of who notes it.
enum Stopped {
    /// Nothing answers any more.
    Killed(Notify),
    /// The store does not answer.
    Failing,
}

#[async_trait]
impl ChangeApplication for Stopped {
    async fn change_application(
        &self,
        _: &StoredApplication,
        _: &Facts,
        _: &Consequences,
    ) -> Result<bool, PortError> {
        if let Self::Killed(reached) = self {
            reached.notify_one();
            std::future::pending::<()>().await;
        }
        Err(PortError::new("note", "broken on purpose"))
    }
}

/// A provider that takes nothing.
struct Refusing;

#[async_trait]
impl HandOverMail for Refusing {
    async fn hand_over(&self, _: &ComposedMail) -> Result<String, HandOverError> {
        Err(HandOverError::Refused("on purpose".into()))
    }
}

/// A provider of which nobody hears whether it has taken a mail.
pub(crate) struct Silent;

#[async_trait]
impl HandOverMail for Silent {
    async fn hand_over(&self, _: &ComposedMail) -> Result<String, HandOverError> {
        Err(HandOverError::Lost("on purpose".into()))
    }
}

impl World {
    /// The recruiter's mail, due, and the id of its application.
    async fn handed_on(&self) -> (MailId, String) {
        let id = id_of(&self.apply(|_| ()).await);
        self.scan(&Scanner::default()).await;
        let mails = self.mails().with_people(self.stored_applications().people);
        for owed in self.stream().await {
            let Owed::Mail(mail) = owed else { continue };
            let entry = mails.find_mail(&mail).await.unwrap().unwrap();
            if entry.template == Template::ApplicationReceived {
                return (mail, id.to_string());
            }
        }
        panic!("no mail to the recruiter");
    }

    async fn mail_state(&self, id: &MailId) -> MailState {
        self.mails().find_mail(id).await.unwrap().unwrap().state
    }
}

#[tokio::test]
async fn who_is_killed_between_the_mail_and_the_note_of_it_leaves_the_note_to_the_message_that_comes_again() {
    let (world, folder) = (World::new().await, Folder::new());
    let (mail, application) = world.handed_on().await;
    let killed = Stopped::Killed(Notify::new());
    let Stopped::Killed(reached) = &killed else { unreachable!() };
    tokio::select! {
        ended = world.send_and_note(&mail, &folder.0, &killed) => panic!("not killed: {ended:?}"),
        () = reached.notified() => {}
    }
    assert_eq!(world.mail_state(&mail).await, MailState::Sent);
    assert_eq!(world.status_of(&application).await["status"], "sending");

    let applications = world.stored_applications().applications;
    for _ in 0..2 {
        let again = world.send_and_note(&mail, &folder.0, &applications).await;
        assert_eq!(again.unwrap(), Outcome::Nothing);
    }
    assert_eq!(world.status_of(&application).await["status"], "delivered");
    assert!(world.cv_bucket.bytes(&format!("cv/{application}")).is_none());
    assert_eq!(folder.mails().len(), 1, "it is not sent a second time");
}

#[tokio::test]
async fn where_the_note_fails_the_message_comes_again() {
    let (world, folder) = (World::new().await, Folder::new());
    let (mail, application) = world.handed_on().await;
    for _ in 0..2 {
        assert!(world.send_and_note(&mail, &folder.0, &Stopped::Failing).await.is_err());
    }
    let applications = world.stored_applications().applications;
    let again = world.send_and_note(&mail, &folder.0, &applications).await;
    assert_eq!(again.unwrap(), Outcome::Nothing);
    assert_eq!(world.status_of(&application).await["status"], "delivered");
    assert_eq!(folder.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_that_will_never_leave_is_told_to_the_applicant_once() {
    for (is_suppressed, ended) in [(true, Outcome::Suppressed), (false, Outcome::Failed)] {
        let world = World::new().await;
        let (mail, application) = world.handed_on().await;
        if is_suppressed {
            world.bounce(RECRUITER).await;
            // Where it cannot be noted, the message comes again.
            assert!(world.send_by(&mail, &Refusing, &Stopped::Failing).await.is_err());
        }
        let applications = world.stored_applications().applications;
        for outcome in [ended, Outcome::Nothing] {
            assert_eq!(world.send_by(&mail, &Refusing, &applications).await.unwrap(), outcome);
        }
        assert_eq!(world.status_of(&application).await["status"], "bounced");
        let told = world.due_to(Template::ApplicationUndelivered, APPLICANT).await;
        assert!(matches!(&told[..], [Mail::ApplicationUndelivered(_)]), "{told:?}");
    }
}

#[tokio::test]
async fn a_mail_of_which_nobody_will_ever_know_whether_it_left_is_told_to_the_applicant_once() {
    let world = World::new().await;
    let (mail, application) = world.handed_on().await;
    let applications = world.stored_applications().applications;
    let first = world.send_later(0, &mail, &Silent, &applications).await;
    assert_eq!(first.unwrap(), Outcome::UnknownToResend);
    assert!(world.due_to(Template::ApplicationUndelivered, APPLICANT).await.is_empty(), "it is sent again");
    let again = i64::from(WORD_SECONDS);
    // Where it cannot be told, the message comes again.
    assert!(world.send_later(again, &mail, &Silent, &Stopped::Failing).await.is_err());
    let lapsed = again + i64::from(LEASE_SECONDS);
    let last = world.send_later(lapsed, &mail, &Silent, &applications).await;
    assert_eq!(last.unwrap(), Outcome::UnknownLeft);
    assert_eq!(world.send_later(lapsed, &mail, &Silent, &applications).await.unwrap(), Outcome::Nothing);
    assert_eq!(world.status_of(&application).await["status"], "sending", "it may have arrived");
    let told = world.due_to(Template::ApplicationUndelivered, APPLICANT).await;
    assert!(matches!(&told[..], [Mail::ApplicationUndelivered(mail)] if mail.uncertain), "{told:?}");
}
