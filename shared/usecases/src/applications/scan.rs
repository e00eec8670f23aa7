//! Looks at the CV of an application: what is harmless goes on to the recruiter, what is not goes nowhere, what nobody
//! could look at waits, and what waited for longer than CVs are kept is given up.

use attachment::Kind;
use domain::application::{Applicant, ApplicationId, Facts, Letter, Stage, Target};
use domain::event::{ApplicationMoved, Event};
use domain::link::{LinkAction, LinkId, LinkKey, StoredLink};
use domain::mail::{ApplicationReceived, ApplicationRefused, DueMail, Mail};
use domain::person::Person;

use super::{cv_purpose, opened, undelivered};
use crate::once::message;
use crate::ports::{
    ChangeApplication, Clock, Consequences, Entropy, FindApplication, FindPerson, GetCv, PortError, ScanFile,
    Scanned, StoredApplication,
};

/// What became of a CV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanOutcome {
    /// It is harmless: the recruiter's mail is due.
    Clean,
    /// Its form is not what we send on, and the applicant is told.
    Refused,
    /// The scanner takes it for a dangerous one, and the applicant is told.
    Infected,
    /// It is there no more: nobody will get it, and the applicant is told.
    Gone,
    /// It was looked at before, or whose it was is forgotten.
    Nothing,
}

/// Looks at CVs.
#[derive(Clone, Copy)]
pub struct ScanCv<'a> {
    /// Finds applications.
    pub find: &'a dyn FindApplication,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Reads CVs.
    pub cvs: &'a dyn GetCv,
    /// Looks for malware.
    pub scanner: &'a dyn ScanFile,
    /// Changes applications.
    pub change: &'a dyn ChangeApplication,
    /// Makes the links of mails.
    pub links: &'a LinkKey,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

impl ScanCv<'_> {
    /// Looks at one. An error means that nothing is known of it: it is looked at again.
    pub async fn run(&self, id: &ApplicationId) -> Result<ScanOutcome, PortError> {
        let Some(found) = self.find.find_application(id, self.clock.seconds()).await? else {
            return Ok(ScanOutcome::Nothing);
        };
        if !matches!(found.facts.stage, Stage::Received | Stage::Scanning) {
            return Ok(ScanOutcome::Nothing);
        }
        let Some((letter, person)) = opened(self.people, &found).await? else {
            // Whose it was is forgotten: nothing may be sent, and nothing is left to look at.
            self.change(&found, Stage::Refused, Vec::new(), Vec::new()).await?;
            return Ok(ScanOutcome::Nothing);
        };
        let outcome = match self.look(&letter, &person).await {
            Ok(outcome) => outcome,
            Err(error) => {
                if found.facts.stage == Stage::Received {
                    self.change(&found, Stage::Scanning, Vec::new(), Vec::new()).await?;
                }
                return Err(error);
            }
        };
        let (stage, mail, links) = match outcome {
            ScanOutcome::Clean => {
                let (mail, links) = self.handed_on(id, &found.facts, &letter);
                let due =
                    DueMail::new(id.as_str(), letter.recruiter.clone(), Mail::ApplicationReceived(mail));
                (Stage::Sending, due, links)
            }
            ScanOutcome::Gone => (Stage::Bounced, undelivered(id, letter, false), Vec::new()),
            _ => (Stage::Refused, refused(id, &letter, outcome == ScanOutcome::Infected), Vec::new()),
        };
        let changed = self.change(&found, stage, vec![mail.about(&person)], links).await?;
        Ok(if changed { outcome } else { ScanOutcome::Nothing })
    }

    async fn look(&self, letter: &Letter, person: &Person) -> Result<ScanOutcome, PortError> {
        let key = &letter.cv.key;
        // It was there before the application was, so it comes no more: the bucket has forgotten it, or somebody has.
        let Some(sealed) = self.cvs.get_cv(key).await? else { return Ok(ScanOutcome::Gone) };
        let bytes = person.key.open(&cv_purpose(key), &sealed);
        let bytes = bytes.map_err(|error| PortError::new("open a CV", error))?;
        let kind = [Kind::Pdf, Kind::Docx].into_iter().find(|kind| kind.media_type() == letter.cv.media_type);
        if kind.is_none_or(|kind| attachment::inspect(kind, &bytes).is_err()) {
            return Ok(ScanOutcome::Refused);
        }
        Ok(match self.scanner.scan_file(&bytes).await? {
            Scanned::Clean => ScanOutcome::Clean,
            Scanned::Infected => ScanOutcome::Infected,
        })
    }

    async fn change(
        &self,
        seen: &StoredApplication,
        stage: Stage,
        mails: Vec<DueMail>,
        links: Vec<StoredLink>,
    ) -> Result<bool, PortError> {
        let moved = ApplicationMoved::of(&seen.id, &seen.facts, stage);
        let event = match stage {
            Stage::Refused => Some(Event::ApplicationRefused(moved)),
            Stage::Bounced => Some(Event::ApplicationBounced(moved)),
            _ => None,
        };
        let told = |event| message(seen.id.as_str(), event, Some(&seen.facts.partner), self.clock);
        let events = event.map(told).into_iter().collect();
        let facts = Facts { stage, updated_at: self.clock.now(), ..seen.facts.clone() };
        let follows = Consequences { mails, events, links, ..Consequences::none(self.clock.seconds()) };
        self.change.change_application(seen, &facts, &follows).await
    }

    fn handed_on(
        &self,
        id: &ApplicationId,
        facts: &Facts,
        letter: &Letter,
    ) -> (ApplicationReceived, Vec<StoredLink>) {
        use domain::event::ApplicationAnswer::{Meeting, Refused, Undecided};
        let now = self.clock.seconds();
        let mut links = Vec::new();
        let mut link = |action| {
            let link = LinkId::from_random(self.entropy.bytes());
            links.push(self.links.stored(&link, action, now));
            link
        };
        let answer = |answer| LinkAction::AnswerApplication { application_id: id.clone(), answer };
        let Applicant { first_name, last_name, email, phone } = letter.applicant.clone();
        let mail = ApplicationReceived {
            application_id: id.to_string(),
            first_name,
            last_name,
            email: email.as_str().to_owned(),
            phone,
            message: letter.message.clone(),
            company: letter.company.clone(),
            title: letter.title.clone(),
            spontaneous: matches!(facts.target, Target::Company { .. }),
            cv: letter.cv.clone(),
            meet: link(answer(Meeting)),
            undecided: link(answer(Undecided)),
            refuse: link(answer(Refused)),
            filled: match &facts.target {
                Target::Offer(offer) if !letter.is_test => Some(link(LinkAction::FillOffer(offer.clone()))),
                Target::Offer(_) | Target::Company { .. } => None,
            },
        };
        (mail, links)
    }
}

fn refused(id: &ApplicationId, letter: &Letter, infected: bool) -> DueMail {
    let Applicant { first_name, last_name, email, .. } = letter.applicant.clone();
    let (company, title) = (letter.company.clone(), letter.title.clone());
    let mail = ApplicationRefused { first_name, last_name, company, title, infected };
    DueMail::new(id.as_str(), email, Mail::ApplicationRefused(mail))
}
