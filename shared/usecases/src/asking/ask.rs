//! Somebody asks a training centre for an appointment.

use domain::application::Applicant;
use domain::appointment::{AppointmentId, Asker, Eligibility, Facts, Letter, Reason, Referrer, Stage};
use domain::email::Email;
use domain::event::{AppointmentRequested, Event};
use domain::link::{LinkAction, LinkId, LinkKey, LinkToken, StoredLink};
use domain::mail::{AppointmentAsked, AppointmentSent, DueMail, Mail, address_hash};
use domain::seal::ContactCipher;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::recall::{RecallAppointment, Recalled};
use super::sealed;
use crate::appointments::{FindOpen, NotOpen};
use crate::kept::new_person;
use crate::once::{Asked, Once, OnceError, Promise, Stop, message};
use crate::ports::{
    Clock, Consequences, Entropy, FindAppointment, FindPerson, FindSite, NewAppointment, PortError,
    RequestAppointment, RequestError, StoredAnswer,
};

/// How often it is tried where others change the same person.
const TRIES: usize = 12;

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who asks.
    pub applicant: Applicant,
    /// Who that is.
    pub asker: Asker,
    /// What they write.
    pub message: Option<String>,
    /// What they want to talk about.
    pub reasons: Vec<Reason>,
    /// The training, by its clé ministère éducatif.
    pub training: String,
    /// The site that they come from.
    pub referrer: Referrer,
}

/// Why an appointment was not asked for.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The training is not there, or not open.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// The same person asked about the same training a short while ago.
    #[error("the person asked about the training a short while ago")]
    Recent {
        /// When.
        since: Timestamp,
    },
    /// It was asked for and forgotten since.
    #[error("the appointment was forgotten")]
    Forgotten,
    /// Others were faster each time.
    #[error("the person is being changed by other requests")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// An appointment that was asked for.
#[derive(Debug, Clone)]
pub struct Requested {
    /// What is known of it.
    pub recalled: Recalled,
    /// Lets who asked see it, pick a slot, and take it back.
    pub token: LinkToken,
    /// Whether the same request was answered before.
    pub replayed: bool,
}

/// What is kept of a request that was answered: neither a person nor a token.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: AppointmentId,
    link: LinkId,
}

/// Takes requests.
#[derive(Clone, Copy)]
pub struct AskForAppointment<'a> {
    /// Makes it once.
    pub once: Once<'a>,
    /// Finds trainings.
    pub trainings: FindOpen<'a>,
    /// Tells which partner a site is.
    pub sites: &'a dyn FindSite,
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Stores appointments.
    pub store: &'a dyn RequestAppointment,
    /// Finds them.
    pub find: &'a dyn FindAppointment,
    /// Opens addresses of centres.
    pub cipher: &'a ContactCipher,
    /// Makes the links of mails.
    pub links: &'a LinkKey,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

/// The links of a new appointment: that of who asked, and the centre's.
struct NewLinks {
    own: LinkId,
    answer: LinkId,
    stored: Vec<StoredLink>,
}

impl AskForAppointment<'_> {
    /// Asks, or finds what was asked by the same request before. It and all that follows from it is stored by then.
    pub async fn run(&self, asked: Asked<'_>, wish: &Wish) -> Result<Requested, OnceError<AskError>> {
        let answered = self.once.run(asked, async |promise| self.work(wish, promise).await).await?;
        let kept: Kept = serde_json::from_str(&answered.answer.body)
            .map_err(|error| PortError::new("read the answer to a request", error))?;
        let recall = RecallAppointment { find: self.find, people: self.people, clock: self.clock };
        let recalled = recall.run(&kept.id).await?;
        Ok(Requested {
            recalled: recalled.ok_or(OnceError::Work(AskError::Forgotten))?,
            token: self.links.token(&kept.link),
            replayed: answered.replayed,
        })
    }

    async fn work(&self, wish: &Wish, promise: Promise) -> Result<StoredAnswer, Stop<AskError>> {
        let open = self.trainings.find(&wish.training, Some(wish.referrer)).await.map_err(AskError::from)?;
        // An address that does not open is as good as none.
        let address = open.address().and_then(|(sealed, _)| self.cipher.open(sealed, &open.training.id).ok());
        let address = address.ok_or(AskError::NotOpen(NotOpen::Closed))?;
        let partner = self.sites.find_site(wish.referrer).await.map_err(AskError::from)?;
        let facts = facts(wish, &open, partner, self.clock.now());
        for _ in 0..TRIES {
            match self.attempt(wish, &open, &address, &facts, promise.clone()).await {
                Err(Stop::Because(AskError::Busy)) => {}
                ended => return ended,
            }
        }
        Err(AskError::Busy.into())
    }

    async fn attempt(
        &self,
        wish: &Wish,
        open: &Eligibility,
        address: &Email,
        facts: &Facts,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<AskError>> {
        let hash = address_hash(&wish.applicant.email);
        let known = self.people.find_person(&hash).await.map_err(AskError::from)?;
        let is_first = known.is_none();
        let person = known.unwrap_or_else(|| new_person(&hash, self.entropy));
        let id = AppointmentId::from_random(self.entropy.bytes());
        let letter = letter(wish, open, address);
        let new = NewAppointment {
            facts: facts.clone(),
            is_first,
            letter: sealed(&id, &letter, &person).map_err(AskError::from)?,
            address: address_hash(address),
            person,
            id,
        };
        let links = self.links(&new.id, promise.now);
        let body = serde_json::to_string(&Kept { id: new.id.clone(), link: links.own.clone() });
        let body = body.map_err(|error| AskError::Failed(PortError::new("write an answer", error)))?;
        let answer = StoredAnswer { status: 200, body, etag: None };
        let requested = Event::AppointmentRequested(AppointmentRequested::of(new.id.as_str(), &new.facts));
        let consequences = Consequences {
            mails: mails(&new, &letter, open, &links),
            events: vec![message(new.id.as_str(), requested, facts.partner.as_deref(), self.clock)],
            links: links.stored,
            ..promise.answered(answer.clone())
        };
        match self.store.request_appointment(&new, &consequences).await {
            Ok(()) => Ok(answer),
            Err(RequestError::NotFirst) => Err(Stop::NotFirst),
            Err(RequestError::Recent { since }) => {
                let since = Timestamp::from_second(i64::from(since)).unwrap_or_default();
                Err(AskError::Recent { since }.into())
            }
            Err(RequestError::Closed) => Err(AskError::NotOpen(NotOpen::Closed).into()),
            Err(RequestError::Overtaken) => Err(AskError::Busy.into()),
            Err(RequestError::Failed(error)) => Err(AskError::Failed(error).into()),
        }
    }

    fn links(&self, id: &AppointmentId, now: u32) -> NewLinks {
        let [own, answer] = [(); 2].map(|()| LinkId::from_random(self.entropy.bytes()));
        let stored = vec![
            self.links.stored(&own, LinkAction::OwnAppointment { appointment_id: id.clone() }, now),
            self.links.stored(&answer, LinkAction::AnswerAppointment { appointment_id: id.clone() }, now),
        ];
        NewLinks { own, answer, stored }
    }
}

fn facts(wish: &Wish, open: &Eligibility, partner: Option<String>, now: Timestamp) -> Facts {
    Facts {
        training: open.training.id.clone(),
        trainer: open.training.trainer.clone(),
        manager: open.training.manager.clone(),
        referrer: wish.referrer,
        partner,
        asker: wish.asker,
        reasons: wish.reasons.clone(),
        created_at: now,
        stage: Stage::Requested,
        updated_at: now,
        intention: None,
        answered_at: None,
        slots: Vec::new(),
        again: 0,
        picked: None,
    }
}

fn letter(wish: &Wish, open: &Eligibility, address: &Email) -> Letter {
    let training = &open.training;
    Letter {
        applicant: wish.applicant.clone(),
        message: wish.message.clone(),
        training: training.title.clone(),
        centre: training.trainer_name.clone(),
        address: address.clone(),
        street: training.street.clone(),
        zip: training.zip.clone(),
        city: training.city.clone(),
        reply: None,
    }
}

/// To the centre and to who asks.
fn mails(new: &NewAppointment, letter: &Letter, open: &Eligibility, links: &NewLinks) -> Vec<DueMail> {
    let Applicant { first_name, last_name, email, phone } = letter.applicant.clone();
    let asked = Mail::AppointmentAsked(AppointmentAsked {
        appointment_id: new.id.clone(),
        referrer: new.facts.referrer,
        departement: open.training.departement.clone(),
        first_name: first_name.clone(),
        last_name: last_name.clone(),
        email: email.as_str().to_owned(),
        phone,
        asker: new.facts.asker,
        reasons: new.facts.reasons.clone(),
        message: letter.message.clone(),
        centre: letter.centre.clone(),
        training: letter.training.clone(),
        place: letter.place(),
        answer: links.answer.clone(),
    });
    let sent = Mail::AppointmentSent(AppointmentSent {
        first_name,
        last_name,
        centre: letter.centre.clone(),
        training: letter.training.clone(),
        place: letter.place(),
        own: links.own.clone(),
    });
    let due = |to: &Email, mail| DueMail::new(new.id.as_str(), to.clone(), mail).about(&new.person);
    vec![due(&letter.address, asked), due(&email, sent)]
}
