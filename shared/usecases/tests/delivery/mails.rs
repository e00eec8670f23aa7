//! Invented mails.

use domain::appointment::{AppointmentId, Asker, Premium, Referrer, Slot};
use domain::event::ApplicationAnswer;
use domain::link::LinkId;
use domain::mail::{
    AccountRefused, AccountsWaiting, ApplicationReceived, ApplicationRefused, ApplicationReplied,
    ApplicationSent, ApplicationUndelivered, AppointmentAsked, AppointmentFixed, AppointmentReplied,
    AppointmentSent, AppointmentUndelivered, AppointmentWithdrawn, ConfirmAddress, DelegationAsked, Mail,
    MailedCv, OfferExpired, OfferExpiresSoon, OfferFull, OfferPublished, PersonalData, PremiumAsked,
    PremiumReminded, RdvActivated, RdvInvited, Side, Template,
};
use jiff::civil::date;

/// One of this template, which says nothing: how mails look is not what is judged here.
pub(crate) fn mail(template: Template) -> Mail {
    let (first_name, last_name) = (String::new(), String::new());
    let (company, offer_title, link) = (String::new(), String::new(), LinkId::from_random([0; 16]));
    match template {
        Template::ConfirmAddress => Mail::ConfirmAddress(ConfirmAddress {
            first_name,
            last_name,
            company,
            offer_title,
            link,
            waiting: false,
        }),
        Template::OfferPublished => Mail::OfferPublished(OfferPublished {
            first_name,
            last_name,
            company,
            offer_title,
            shown_until: date(2027, 3, 1),
            unsubscribe: link,
            others: false,
        }),
        Template::OfferExpiresSoon => Mail::OfferExpiresSoon(OfferExpiresSoon {
            first_name,
            last_name,
            company,
            days: 1,
            offers: Vec::new(),
            unsubscribe: link,
        }),
        Template::OfferExpired => Mail::OfferExpired(OfferExpired {
            first_name,
            last_name,
            company,
            offer_title,
            unsubscribe: link,
        }),
        Template::DelegationAsked => Mail::DelegationAsked(DelegationAsked {
            cfa: String::new(),
            company,
            city: None,
            offer_title,
            link: link.clone(),
            unsubscribe: link,
        }),
        Template::AccountsWaiting => {
            Mail::AccountsWaiting(AccountsWaiting { opco: String::new(), count: 1, oldest: date(2027, 3, 1) })
        }
        Template::AccountRefused => Mail::AccountRefused(AccountRefused { first_name, last_name, company }),
        Template::ApplicationReceived => Mail::ApplicationReceived(ApplicationReceived {
            application_id: String::new(),
            first_name,
            last_name,
            email: String::new(),
            phone: String::new(),
            message: None,
            company,
            title: offer_title,
            spontaneous: false,
            cv: MailedCv { key: String::new(), file_name: String::new(), media_type: String::new() },
            meet: link.clone(),
            undecided: link.clone(),
            refuse: link,
            filled: None,
        }),
        Template::ApplicationSent => Mail::ApplicationSent(ApplicationSent {
            first_name,
            last_name,
            company,
            title: offer_title,
            spontaneous: false,
        }),
        Template::ApplicationRefused => Mail::ApplicationRefused(ApplicationRefused {
            first_name,
            last_name,
            company,
            title: offer_title,
            infected: false,
        }),
        Template::ApplicationUndelivered => Mail::ApplicationUndelivered(ApplicationUndelivered {
            first_name,
            last_name,
            company,
            title: offer_title,
            uncertain: false,
        }),
        Template::ApplicationReplied => Mail::ApplicationReplied(ApplicationReplied {
            first_name,
            last_name,
            company,
            title: offer_title,
            answer: ApplicationAnswer::Undecided,
            comment: None,
            email: None,
            phone: None,
        }),
        Template::OfferFull => {
            Mail::OfferFull(OfferFull { first_name, last_name, company, offer_title, applications: 80 })
        }
        Template::PersonalData => Mail::PersonalData(PersonalData { export: link.clone(), erase: link }),
        template => to_establishment(template, &link).unwrap_or_else(|| of_an_appointment(template, link)),
    }
}

fn to_establishment(template: Template, link: &LinkId) -> Option<Mail> {
    let (establishment, day) = (String::new(), date(2026, 1, 1));
    Some(match template {
        Template::RdvInvited => {
            let refuse = link.clone();
            Mail::RdvInvited(RdvInvited { establishment, scheduled: day, trainings: 1, refuse })
        }
        Template::RdvActivated => {
            Mail::RdvActivated(RdvActivated { establishment, trainings: 1, refuse: link.clone() })
        }
        Template::PremiumInvited => Mail::PremiumInvited(asked(link)),
        Template::PremiumFollowUp => Mail::PremiumFollowUp(asked(link)),
        Template::PremiumReminder => Mail::PremiumReminder(PremiumReminded {
            establishment,
            premium: Premium::Affelnet,
            trainings: 1,
            accepted: day,
            refuse: link.clone(),
            unsubscribe: link.clone(),
        }),
        _ => return None,
    })
}

fn asked(link: &LinkId) -> PremiumAsked {
    PremiumAsked {
        establishment: String::new(),
        premium: Premium::Parcoursup,
        trainings: 1,
        accept: link.clone(),
        refuse: link.clone(),
        unsubscribe: link.clone(),
    }
}

fn of_an_appointment(template: Template, link: LinkId) -> Mail {
    let [first_name, last_name, email, phone, centre, training] = [(); 6].map(|()| String::new());
    let appointment_id = AppointmentId::from_random([0; 16]);
    let slot = Slot { starts_at: jiff::Timestamp::UNIX_EPOCH, minutes: 30 };
    match template {
        Template::AppointmentAsked => Mail::AppointmentAsked(AppointmentAsked {
            appointment_id,
            referrer: Referrer::Lba,
            departement: None,
            first_name,
            last_name,
            email,
            phone,
            asker: Asker::Etudiant,
            reasons: Vec::new(),
            message: None,
            centre,
            training,
            place: None,
            answer: link,
        }),
        Template::AppointmentSent => Mail::AppointmentSent(AppointmentSent {
            first_name,
            last_name,
            centre,
            training,
            place: None,
            own: link,
        }),
        Template::AppointmentReplied => Mail::AppointmentReplied(AppointmentReplied {
            first_name,
            last_name,
            centre,
            training,
            message: None,
            email: None,
            slots: vec![slot],
            own: link,
        }),
        Template::AppointmentFixed => Mail::AppointmentFixed(AppointmentFixed {
            appointment_id,
            side: Side::Centre,
            first_name,
            last_name,
            email: None,
            phone: None,
            centre,
            training,
            place: None,
            slot,
            own: None,
        }),
        Template::AppointmentWithdrawn => Mail::AppointmentWithdrawn(AppointmentWithdrawn {
            appointment_id,
            side: Side::Centre,
            first_name,
            last_name,
            centre,
            training,
            place: None,
            slot: None,
        }),
        Template::AppointmentUndelivered => Mail::AppointmentUndelivered(AppointmentUndelivered {
            first_name,
            last_name,
            centre,
            training,
            slot: None,
            uncertain: false,
        }),
        other => panic!("{other:?} is about no appointment"),
    }
}
