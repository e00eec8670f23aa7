//! What is known of a person, given to that person or forgotten, at the word of whoever reads its mails (contract 3.6).

use domain::application::{ApplicationId, Facts, Letter};
use domain::email::Email;
use domain::link::{LinkAction, LinkId, LinkKey};
use domain::mail::{DueMail, Mail, PersonalData, address_hash};

use super::{cv_key, opened};
use crate::asking::{self, KnownAppointment, OwnAppointment};
use crate::ports::{
    Clock, CommitError, Consequences, DeleteCv, Entropy, FindApplication, FindAppointment, FindPerson,
    ForgetPerson, ListPersonal, PortError, WriteConsequences,
};

/// How often somebody may ask for the same mail, in seconds.
const AGAIN_SECONDS: u32 = 3_600;

/// Sends whoever asks the links to its data: to the address alone, so that nobody learns whether it is known here.
#[derive(Clone, Copy)]
pub struct AskForData<'a> {
    /// Lists what is a person's.
    pub list: &'a dyn ListPersonal,
    /// Makes the mail due.
    pub write: &'a dyn WriteConsequences,
    /// Makes links.
    pub links: &'a LinkKey,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Makes ids.
    pub entropy: &'a dyn Entropy,
}

impl AskForData<'_> {
    /// Makes the mail due, once an hour at most; none to an address that nothing is known of, or anybody could have our mails
    /// come back by the thousand.
    pub async fn run(&self, email: &Email) -> Result<(), PortError> {
        let (now, hash) = (self.clock.seconds(), address_hash(email));
        let personal = self.list.list_personal(&hash).await?;
        if personal.applications.is_empty() && personal.appointments.is_empty() {
            return Ok(());
        }
        let [export, erase] = [(); 2].map(|()| LinkId::from_random(self.entropy.bytes()));
        let links = vec![
            self.links.stored(&export, LinkAction::ExportPerson { person: hash.clone() }, now),
            self.links.stored(&erase, LinkAction::ErasePerson { person: hash.clone() }, now),
        ];
        let cause = format!("{hash} {}", now / AGAIN_SECONDS);
        let mail = DueMail::new(&cause, email.clone(), Mail::PersonalData(PersonalData { export, erase }));
        match self
            .write
            .write_consequences(&Consequences { mails: vec![mail], links, ..Consequences::none(now) })
            .await
        {
            // It is on its way already.
            Ok(()) | Err(CommitError::Taken) => Ok(()),
            Err(error) => Err(error.unexpected("send somebody the links to its data")),
        }
    }
}

/// What is known of one application.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: ApplicationId,
    /// What names nobody.
    pub facts: Facts,
    /// What the person wrote.
    pub letter: Letter,
}

/// All that is known of a person.
#[derive(Debug, Default)]
pub struct Export {
    /// What they applied for.
    pub applications: Vec<Known>,
    /// What they asked for.
    pub appointments: Vec<KnownAppointment>,
}

/// Gives, and forgets.
#[derive(Clone, Copy)]
pub struct Privacy<'a> {
    /// Finds people.
    pub people: &'a dyn FindPerson,
    /// Lists what is a person's.
    pub list: &'a dyn ListPersonal,
    /// Finds applications.
    pub find: &'a dyn FindApplication,
    /// Finds appointments.
    pub appointments: &'a dyn FindAppointment,
    /// Gives back what they picked of centres' time.
    pub own: OwnAppointment<'a>,
    /// Forgets people.
    pub forget: &'a dyn ForgetPerson,
    /// Forgets CVs.
    pub cvs: &'a dyn DeleteCv,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl Privacy<'_> {
    /// All that is known of the person whose address has this hash.
    pub async fn export(&self, hash: &str) -> Result<Export, PortError> {
        let mut export = Export::default();
        let personal = self.list.list_personal(hash).await?;
        for id in personal.applications {
            let Some(found) = self.find.find_application(&id, self.clock.seconds()).await? else { continue };
            if let Some((letter, _)) = opened(self.people, &found).await? {
                export.applications.push(Known { id, facts: found.facts, letter });
            }
        }
        for id in personal.appointments {
            let found = self.appointments.find_appointment(&id, self.clock.seconds()).await?;
            let Some(found) = found else { continue };
            if let Some((letter, _)) = asking::opened(self.people, &found).await? {
                export.appointments.push(KnownAppointment { id, facts: found.facts, letter });
            }
        }
        Ok(export)
    }

    /// Forgets the person: of how many applications and appointments. Centres that wait for them are told first, while it is
    /// known whom they wait for. Then the key goes, and all that was sealed under it is lost with it; whoever is killed
    /// afterwards leaves what nobody can read, and may begin again.
    pub async fn erase(&self, hash: &str) -> Result<usize, PortError> {
        let personal = self.list.list_personal(hash).await?;
        for id in &personal.appointments {
            self.own.release(id).await?;
        }
        self.forget.forget_person(hash, &personal).await?;
        for id in &personal.applications {
            self.cvs.delete_cv(&cv_key(id)).await?;
        }
        Ok(personal.applications.len() + personal.appointments.len())
    }
}
