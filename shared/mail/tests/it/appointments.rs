//! Invented mails on appointments.

use domain::appointment::{AppointmentId, Asker, Reason, Referrer, Slot};
use domain::link::LinkId;
use domain::mail::{
    AppointmentAsked, AppointmentFixed, AppointmentReplied, AppointmentSent, AppointmentUndelivered,
    AppointmentWithdrawn, Mail, Side,
};

use crate::invented::Typed;

pub(crate) fn slot() -> Slot {
    Slot { starts_at: "2026-09-07T12:30:00Z".parse().unwrap(), minutes: 45 }
}

pub(crate) fn id() -> AppointmentId {
    AppointmentId::from_random([31; 16])
}

impl Typed {
    /// Each mail on appointments in each of its forms.
    pub(crate) fn on_appointments(&self) -> Vec<(&'static str, Mail)> {
        let said = Some(self.message.clone());
        let later = Slot { starts_at: "2026-09-08T07:00:00Z".parse().unwrap(), minutes: 30 };
        let slots = vec![slot(), later];
        vec![
            ("appointment-asked", Mail::AppointmentAsked(self.asked(said.clone()))),
            ("appointment-asked-bare", Mail::AppointmentAsked(self.asked_bare())),
            ("appointment-sent", Mail::AppointmentSent(self.sent())),
            ("appointment-replied", Mail::AppointmentReplied(self.proposed(said.clone(), Vec::new()))),
            ("appointment-replied-slots", Mail::AppointmentReplied(self.proposed(None, slots.clone()))),
            ("appointment-replied-both", Mail::AppointmentReplied(self.proposed(said, slots))),
            ("appointment-fixed", Mail::AppointmentFixed(self.fixed(Side::Applicant))),
            ("appointment-fixed-centre", Mail::AppointmentFixed(self.fixed(Side::Centre))),
            ("appointment-withdrawn", Mail::AppointmentWithdrawn(self.withdrawn(Side::Centre, None))),
            (
                "appointment-withdrawn-fixed",
                Mail::AppointmentWithdrawn(self.withdrawn(Side::Applicant, Some(slot()))),
            ),
            (
                "appointment-withdrawn-fixed-centre",
                Mail::AppointmentWithdrawn(self.withdrawn(Side::Centre, Some(slot()))),
            ),
            ("appointment-undelivered", Mail::AppointmentUndelivered(self.not_delivered(None, false))),
            (
                "appointment-undelivered-uncertain",
                Mail::AppointmentUndelivered(self.not_delivered(None, true)),
            ),
            (
                "appointment-undelivered-fixed",
                Mail::AppointmentUndelivered(self.not_delivered(Some(slot()), false)),
            ),
            (
                "appointment-undelivered-fixed-uncertain",
                Mail::AppointmentUndelivered(self.not_delivered(Some(slot()), true)),
            ),
            ("appointment-withdrawn-forgotten", Mail::AppointmentWithdrawn(self.forgotten())),
        ]
    }

    pub(crate) fn asked(&self, message: Option<String>) -> AppointmentAsked {
        let Self { first_name, last_name, cfa, offer_title, city, phone, .. } = self.clone();
        AppointmentAsked {
            appointment_id: id(),
            referrer: Referrer::Onisep,
            departement: Some("59".to_owned()),
            first_name,
            last_name,
            email: "elodie.ndiaye+rdv@exemple.fr".to_owned(),
            phone,
            asker: Asker::Etudiant,
            reasons: vec![Reason::Modalite, Reason::Frais],
            message,
            centre: cfa,
            training: offer_title,
            place: Some(city),
            answer: LinkId::from_random([32; 16]),
        }
    }

    fn asked_bare(&self) -> AppointmentAsked {
        let asked = self.asked(None);
        AppointmentAsked {
            departement: None,
            reasons: Vec::new(),
            place: None,
            asker: Asker::Parent,
            ..asked
        }
    }

    fn sent(&self) -> AppointmentSent {
        let Self { first_name, last_name, cfa, offer_title, city, .. } = self.clone();
        AppointmentSent {
            first_name,
            last_name,
            centre: cfa,
            training: offer_title,
            place: Some(city),
            own: LinkId::from_random([33; 16]),
        }
    }

    fn proposed(&self, message: Option<String>, slots: Vec<Slot>) -> AppointmentReplied {
        let Self { first_name, last_name, cfa, offer_title, .. } = self.clone();
        AppointmentReplied {
            first_name,
            last_name,
            centre: cfa,
            training: offer_title,
            message,
            slots,
            email: Some("rdv@cfa-invente.exemple.fr".to_owned()),
            own: LinkId::from_random([33; 16]),
        }
    }

    pub(crate) fn fixed(&self, side: Side) -> AppointmentFixed {
        let Self { first_name, last_name, cfa, offer_title, city, phone, .. } = self.clone();
        let is_centre = side == Side::Centre;
        AppointmentFixed {
            appointment_id: id(),
            side,
            first_name,
            last_name,
            email: Some(
                if is_centre { "elodie.ndiaye+rdv@exemple.fr" } else { "rdv@cfa-invente.exemple.fr" }
                    .to_owned(),
            ),
            phone: is_centre.then_some(phone),
            centre: cfa,
            training: offer_title,
            place: Some(city),
            slot: slot(),
            own: (!is_centre).then(|| LinkId::from_random([33; 16])),
        }
    }

    pub(crate) fn withdrawn(&self, side: Side, slot: Option<Slot>) -> AppointmentWithdrawn {
        let Self { first_name, last_name, cfa, offer_title, city, .. } = self.clone();
        AppointmentWithdrawn {
            appointment_id: id(),
            side,
            first_name,
            last_name,
            centre: cfa,
            training: offer_title,
            place: Some(city),
            slot,
        }
    }

    fn forgotten(&self) -> AppointmentWithdrawn {
        let nobody = String::new;
        AppointmentWithdrawn {
            first_name: nobody(),
            last_name: nobody(),
            ..self.withdrawn(Side::Centre, Some(slot()))
        }
    }

    fn not_delivered(&self, slot: Option<Slot>, uncertain: bool) -> AppointmentUndelivered {
        let Self { first_name, last_name, cfa, offer_title, .. } = self.clone();
        AppointmentUndelivered { first_name, last_name, centre: cfa, training: offer_title, slot, uncertain }
    }
}
