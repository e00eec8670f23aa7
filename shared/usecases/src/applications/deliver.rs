//! What became of the recruiter's mail of an application, or of a centre's of an appointment: the provider has it, or it
//! came back.

use domain::application::{ApplicationId, Facts, Stage};
use domain::event::{ApplicationMoved, Event};
use domain::mail::{DueMail, Mail};

use super::{cv_key, cv_purpose, opened, undelivered};
use crate::asking::UndeliverAppointment;
use crate::once::message;
use crate::ports::{
    ChangeApplication, Clock, Consequences, DeleteCv, FindApplication, FindPerson, GetCv, MailEntry,
    PortError,
};

/// Notes what became of it. Each is done once, however often it is told.
#[derive(Clone, Copy)]
pub struct Deliver<'a> {
    /// Finds applications.
    pub find: &'a dyn FindApplication,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Changes applications.
    pub change: &'a dyn ChangeApplication,
    /// Forgets CVs.
    pub cvs: &'a dyn DeleteCv,
    /// Notes that requests for appointments did not arrive.
    pub appointments: UndeliverAppointment<'a>,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

/// What whoever sends mails needs of applications and appointments.
#[derive(Clone, Copy)]
pub struct HandOn<'a> {
    /// Reads CVs.
    pub cvs: &'a dyn GetCv,
    /// Notes what became of them.
    pub deliver: Deliver<'a>,
}

impl HandOn<'_> {
    /// The CV that goes with a mail; none where none does, or where it is there no more.
    pub(crate) async fn cv_of(&self, due: &DueMail) -> Result<Option<Vec<u8>>, PortError> {
        let (Mail::ApplicationReceived(mail), Some(person)) = (&due.mail, &due.about) else {
            return Ok(None);
        };
        let sealed = self.cvs.get_cv(&mail.cv.key).await?;
        Ok(sealed.and_then(|sealed| person.key.open(&cv_purpose(&mail.cv.key), &sealed).ok()))
    }
}

impl Deliver<'_> {
    /// The provider has the mail, and the CV with it: ours is forgotten.
    pub async fn delivered(&self, id: &ApplicationId) -> Result<(), PortError> {
        self.moved(id, Stage::Delivered).await?;
        self.cvs.delete_cv(&cv_key(id)).await
    }

    /// The mail came back for good: the applicant is told.
    pub async fn bounced(&self, id: &ApplicationId) -> Result<(), PortError> {
        self.moved(id, Stage::Bounced).await
    }

    /// A mail did not arrive, or nobody will ever know whether it did: whoever applied or asked by it is told. Nothing, of a mail
    /// that hands on neither.
    pub(crate) async fn lost(&self, mail: &MailEntry, uncertain: bool) -> Result<(), PortError> {
        match (&mail.application, &mail.appointment) {
            (Some(id), _) if uncertain => self.doubted(id).await,
            (Some(id), _) => self.bounced(id).await,
            (None, Some(id)) if uncertain => self.appointments.doubted(id, mail.template).await,
            (None, Some(id)) => self.appointments.run(id, mail.template).await,
            (None, None) => Ok(()),
        }
    }

    /// Nobody will ever know whether the mail left: the applicant is told so. Once, since the mail has one cause; and not where
    /// somebody was faster, for then more is known by now.
    async fn doubted(&self, id: &ApplicationId) -> Result<(), PortError> {
        let now = self.clock.seconds();
        let found = self.find.find_application(id, now).await?;
        let Some(found) = found.filter(|found| found.facts.stage == Stage::Sending) else { return Ok(()) };
        let Some((letter, person)) = opened(self.people, &found).await? else { return Ok(()) };
        let mails = vec![undelivered(id, letter, true).about(&person)];
        let follows = Consequences { mails, ..Consequences::none(now) };
        self.change.change_application(&found, &found.facts, &follows).await.map(drop)
    }

    async fn moved(&self, id: &ApplicationId, stage: Stage) -> Result<(), PortError> {
        let now = self.clock.seconds();
        loop {
            let Some(found) = self.find.find_application(id, now).await? else { return Ok(()) };
            let is_before = match stage {
                Stage::Delivered => found.facts.stage == Stage::Sending,
                _ => matches!(found.facts.stage, Stage::Sending | Stage::Delivered),
            };
            if !is_before {
                return Ok(());
            }
            let mut mails = Vec::new();
            if stage == Stage::Bounced
                && let Some((letter, person)) = opened(self.people, &found).await?
            {
                mails.push(undelivered(id, letter, false).about(&person));
            }
            let moved = ApplicationMoved::of(id, &found.facts, stage);
            let event = match stage {
                Stage::Delivered => Event::ApplicationDelivered(moved),
                _ => Event::ApplicationBounced(moved),
            };
            let event = message(id.as_str(), event, Some(&found.facts.partner), self.clock);
            let facts = Facts { stage, updated_at: self.clock.now(), ..found.facts.clone() };
            let follows = Consequences { mails, events: vec![event], ..Consequences::none(now) };
            if self.change.change_application(&found, &facts, &follows).await? {
                return Ok(());
            }
        }
    }
}
