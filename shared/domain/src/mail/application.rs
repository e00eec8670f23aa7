//! What the mails on applications tell. `Debug` leaves out people, companies, texts and links.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::event::ApplicationAnswer;
use crate::link::LinkId;

/// The CV that goes with a mail: where it lies until it has left, and how its receiver sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailedCv {
    /// Where it lies.
    pub key: String,
    /// Its name, harmless.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
}

/// What « Candidature en alternance » tells a recruiter, or « Candidature spontanée en alternance ».
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationReceived {
    /// The application: its state follows what becomes of the mail.
    pub application_id: String,
    /// Of the applicant.
    pub first_name: String,
    /// Of the applicant.
    pub last_name: String,
    /// Of the applicant.
    pub email: String,
    /// Of the applicant.
    pub phone: String,
    /// What the applicant writes, where it writes something.
    pub message: Option<String>,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade of an application that no offer asked for.
    pub title: String,
    /// Whether no offer asked for it.
    pub spontaneous: bool,
    /// The CV.
    pub cv: MailedCv,
    /// The link that says: let us meet.
    pub meet: LinkId,
    /// The link that says: not decided yet.
    pub undecided: LinkId,
    /// The link that says: no.
    pub refuse: LinkId,
    /// The link that closes the offer, since somebody was hired; none where there is no offer.
    pub filled: Option<LinkId>,
}

/// What « Votre candidature chez … » tells an applicant.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationSent {
    /// Of the applicant.
    pub first_name: String,
    /// Of the applicant.
    pub last_name: String,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade.
    pub title: String,
    /// Whether no offer asked for it.
    pub spontaneous: bool,
}

/// What « Echec d'envoi de votre candidature » tells an applicant: the CV was not taken.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationRefused {
    /// Of the applicant.
    pub first_name: String,
    /// Of the applicant.
    pub last_name: String,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade.
    pub title: String,
    /// Whether a scanner took the file for a dangerous one; else its form is not what we send on.
    pub infected: bool,
}

/// What « Votre candidature n'a pas pu être envoyée à … » tells an applicant: whyever, the recruiter will not
/// get it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationUndelivered {
    /// Of the applicant.
    pub first_name: String,
    /// Of the applicant.
    pub last_name: String,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade.
    pub title: String,
    /// Whether it may have arrived after all: nobody can know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
}

/// What « Réponse positive de … » tells an applicant, or « Réponse de … », or « Réponse négative de … ».
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationReplied {
    /// Of the applicant.
    pub first_name: String,
    /// Of the applicant.
    pub last_name: String,
    /// The company, as the public knows it.
    pub company: String,
    /// The offer, or the trade.
    pub title: String,
    /// What the recruiter answers.
    pub answer: ApplicationAnswer,
    /// What the recruiter writes, where it writes something.
    pub comment: Option<String>,
    /// Where the applicant may write to the recruiter, if it says so.
    pub email: Option<String>,
    /// Where the applicant may call the recruiter, if it says so.
    pub phone: Option<String>,
}

/// What « Votre offre d'alternance a été dépubliée » tells a recruiter: its offer has as many applications as one gets.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferFull {
    /// Of the recruiter.
    pub first_name: String,
    /// Of the recruiter.
    pub last_name: String,
    /// The company that recruits, as the public knows it.
    pub company: String,
    /// The offer that was closed.
    pub offer_title: String,
    /// How many applications it got.
    pub applications: u32,
}

/// What « Vos données personnelles » tells whoever asked for them, or to have them erased: an address alone proves who
/// somebody is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonalData {
    /// The link that gives them.
    pub export: LinkId,
    /// The link that erases them.
    pub erase: LinkId,
}

impl fmt::Debug for MailedCv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailedCv").finish_non_exhaustive()
    }
}

impl fmt::Debug for ApplicationReceived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationReceived").finish_non_exhaustive()
    }
}

impl fmt::Debug for ApplicationSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationSent").finish_non_exhaustive()
    }
}

impl fmt::Debug for ApplicationRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationRefused").finish_non_exhaustive()
    }
}

impl fmt::Debug for ApplicationUndelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationUndelivered").finish_non_exhaustive()
    }
}

impl fmt::Debug for ApplicationReplied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationReplied").finish_non_exhaustive()
    }
}

impl fmt::Debug for OfferFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferFull").finish_non_exhaustive()
    }
}

impl fmt::Debug for PersonalData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonalData").finish_non_exhaustive()
    }
}
