//! A recruiter answers an application, from the mail: once, whatever the number of clicks. Who does not know yet may
//! decide later.

use std::fmt;

use domain::application::{Applicant, ApplicationId, Facts, Stage};
use domain::event::{ApplicationAnswer, ApplicationAnswered, Event};
use domain::mail::{ApplicationReplied, DueMail, Mail};

use super::opened;
use crate::once::message;
use crate::ports::{ChangeApplication, Clock, Consequences, FindApplication, FindPerson, PortError};

/// What a recruiter answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether they want to meet.
    pub answer: ApplicationAnswer,
    /// What they write.
    pub comment: Option<String>,
    /// Where the applicant may write to them.
    pub email: Option<String>,
    /// Where the applicant may call them.
    pub phone: Option<String>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("answer", &self.answer).finish_non_exhaustive()
    }
}

/// Why an application was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// There is no such application any more, or whoever made it was forgotten.
    #[error("there is no such application")]
    Gone,
    /// It was answered before: the first answer stands.
    #[error("the application was answered already")]
    Answered,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// Answers applications.
#[derive(Clone, Copy)]
pub struct AnswerApplication<'a> {
    /// Finds applications.
    pub find: &'a dyn FindApplication,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Changes applications.
    pub change: &'a dyn ChangeApplication,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl AnswerApplication<'_> {
    /// Notes what the recruiter intends, of which nobody is told yet.
    pub async fn intend(&self, id: &ApplicationId, intention: ApplicationAnswer) -> Result<(), AnswerError> {
        let now = self.clock.seconds();
        loop {
            let found = self.find.find_application(id, now).await?.ok_or(AnswerError::Gone)?;
            if found.facts.intention == Some(intention) {
                return Ok(());
            }
            let facts = Facts { intention: Some(intention), ..found.facts.clone() };
            let follows = Consequences::none(now);
            if self.change.change_application(&found, &facts, &follows).await? {
                return Ok(());
            }
        }
    }

    /// Answers it, and makes the mail to the applicant due.
    pub async fn run(&self, id: &ApplicationId, answer: &Answer) -> Result<(), AnswerError> {
        let now = self.clock.seconds();
        loop {
            let found = self.find.find_application(id, now).await?.ok_or(AnswerError::Gone)?;
            match found.facts.answer {
                None => {}
                Some(ApplicationAnswer::Undecided) if answer.answer != ApplicationAnswer::Undecided => {}
                Some(_) => return Err(AnswerError::Answered),
            }
            let (letter, person) = opened(self.people, &found).await?.ok_or(AnswerError::Gone)?;
            let Applicant { first_name, last_name, email, .. } = letter.applicant;
            let mail = Mail::ApplicationReplied(ApplicationReplied {
                first_name,
                last_name,
                company: letter.company,
                title: letter.title,
                answer: answer.answer,
                comment: answer.comment.clone(),
                email: answer.email.clone(),
                phone: answer.phone.clone(),
            });
            // One that was undecided may be decided, which is another answer.
            let cause = format!("{id} {:?}", answer.answer);
            let event = Event::ApplicationAnswered(ApplicationAnswered {
                application_id: id.to_string(),
                answer: answer.answer,
            });
            let event = message(&cause, event, Some(&found.facts.partner), self.clock);
            let due = DueMail::new(&cause, email, mail).about(&person);
            let facts = Facts {
                stage: Stage::Answered,
                answer: Some(answer.answer),
                intention: Some(answer.answer),
                updated_at: self.clock.now(),
                ..found.facts.clone()
            };
            let follows = Consequences { mails: vec![due], events: vec![event], ..Consequences::none(now) };
            if self.change.change_application(&found, &facts, &follows).await? {
                return Ok(());
            }
        }
    }
}
