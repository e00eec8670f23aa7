//! What the mails on appointments tell. `Debug` leaves out people, training centres, texts and links.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::appointment::{AppointmentId, Asker, Reason, Referrer, Slot};
use crate::link::LinkId;

/// What « Un candidat a un message pour vous » tells a training centre.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentAsked {
    /// The appointment: its state follows what becomes of the mail.
    pub appointment_id: AppointmentId,
    /// The site that who asks came from.
    pub referrer: Referrer,
    /// Code of the département of the establishment that teaches, where it is known.
    pub departement: Option<String>,
    /// Of who asks.
    pub first_name: String,
    /// Of who asks.
    pub last_name: String,
    /// Of who asks.
    pub email: String,
    /// Of who asks.
    pub phone: String,
    /// Who that is.
    pub asker: Asker,
    /// What they want to talk about.
    pub reasons: Vec<Reason>,
    /// What they write, where they write something.
    pub message: Option<String>,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// Where it is taught.
    pub place: Option<String>,
    /// The link by which the centre answers.
    pub answer: LinkId,
}

/// What « Votre demande de RDV auprès de … » tells who asked.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentSent {
    /// Of who asked.
    pub first_name: String,
    /// Of who asked.
    pub last_name: String,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// Where it is taught.
    pub place: Option<String>,
    /// The link by which the request is taken back.
    pub own: LinkId,
}

/// What « Le centre de formation vous répond » tells who asked.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentReplied {
    /// Of who asked.
    pub first_name: String,
    /// Of who asked.
    pub last_name: String,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// What the centre writes, where it writes something.
    pub message: Option<String>,
    /// What the centre proposes, where it proposes something.
    pub slots: Vec<Slot>,
    /// Where the centre is written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The link by which a slot is picked.
    pub own: LinkId,
}

/// To whom a mail goes that both sides of an appointment get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who asked.
    Applicant,
    /// The training centre.
    Centre,
}

impl Side {
    /// The cause of a mail to this side: both get one, of one cause each.
    pub fn cause(self, id: &AppointmentId) -> String {
        match self {
            Self::Applicant => format!("{id} applicant"),
            Self::Centre => format!("{id} centre"),
        }
    }
}

/// What « Votre rendez-vous est fixé » tells both sides, with an invitation for their calendars.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentFixed {
    /// The appointment: the invitation bears its id.
    pub appointment_id: AppointmentId,
    /// To whom it goes.
    pub side: Side,
    /// Of who asked.
    pub first_name: String,
    /// Of who asked.
    pub last_name: String,
    /// Where the other side is written to.
    pub email: Option<String>,
    /// Of who asked, for the centre.
    pub phone: Option<String>,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// Where it is taught.
    pub place: Option<String>,
    /// When it is.
    pub slot: Slot,
    /// The link by which who asked gives it up; none for the centre.
    pub own: Option<LinkId>,
}

/// What « La demande de RDV est retirée » tells the centre, and « Votre rendez-vous est annulé » both sides.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentWithdrawn {
    /// The appointment.
    pub appointment_id: AppointmentId,
    /// To whom it goes.
    pub side: Side,
    /// Of who asked; empty where they have asked to be forgotten.
    pub first_name: String,
    /// Of who asked, the same.
    pub last_name: String,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// Where it is taught.
    pub place: Option<String>,
    /// When it would have been: their calendars are told too.
    pub slot: Option<Slot>,
}

/// What « Votre demande de RDV n'a pas pu être envoyée à … » tells who asked, or « … n'a pas été prévenu de votre rendez-vous »
/// who picked a slot.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentUndelivered {
    /// Of who asked.
    pub first_name: String,
    /// Of who asked.
    pub last_name: String,
    /// The establishment that teaches, as the public knows it.
    pub centre: String,
    /// The training.
    pub training: String,
    /// What was picked, where the centre had proposed it and does not learn that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// Whether it may have arrived after all: nobody can know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
}

impl fmt::Debug for AppointmentAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentAsked").finish_non_exhaustive()
    }
}

impl fmt::Debug for AppointmentSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentSent").finish_non_exhaustive()
    }
}

impl fmt::Debug for AppointmentReplied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentReplied").finish_non_exhaustive()
    }
}

impl fmt::Debug for AppointmentFixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentFixed").finish_non_exhaustive()
    }
}

impl fmt::Debug for AppointmentWithdrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentWithdrawn").finish_non_exhaustive()
    }
}

impl fmt::Debug for AppointmentUndelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppointmentUndelivered").finish_non_exhaustive()
    }
}
