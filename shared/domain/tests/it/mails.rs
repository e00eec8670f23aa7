//! Mails as the ledger keeps them.

use domain::appointment::{AppointmentId, Asker, Premium, Reason, Referrer, Slot};
use domain::event::ApplicationAnswer;
use domain::link::LinkId;
use domain::mail::{
    AccountRefused, AccountsWaiting, ApplicationReceived, ApplicationRefused, ApplicationReplied,
    ApplicationSent, ApplicationUndelivered, AppointmentAsked, AppointmentFixed, AppointmentReplied,
    AppointmentSent, AppointmentUndelivered, AppointmentWithdrawn, ConfirmAddress, DelegationAsked,
    ExpiringOffer, Mail, MailedCv, OfferExpired, OfferExpiresSoon, OfferFull, OfferPublished, PersonalData,
    PremiumAsked, PremiumReminded, RdvActivated, RdvInvited, Side, Template, WhenUnknown,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const LINK: &str = "01010101010101010101010101010101";
const DAY: Date = date(2026, 11, 1);
const APPOINTMENT: &str = "01010101-0101-4101-8101-010101010101";
const CENTRE: &str = "CFA Inventé";
const TRAINING: &str = "BOULANGER (CAP)";
const PLACE: &str = "57000 METZ";

fn link() -> LinkId {
    LinkId::from_random([1; 16])
}

/// One of each, in the order of [`Template::ALL`].
fn mails() -> Vec<Mail> {
    on_offers()
        .into_iter()
        .chain(on_applications())
        .chain(to_establishments())
        .chain(on_appointments())
        .collect()
}

fn on_offers() -> [Mail; 7] {
    let [first_name, last_name, company, title] =
        ["Aucune", "PERSONNE", "Fournil Inventé", "Boulanger"].map(str::to_owned);
    let offer = ExpiringOffer { title: title.clone(), last_day: DAY, filled: link(), extend: link() };
    [
        Mail::ConfirmAddress(ConfirmAddress {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            offer_title: title.clone(),
            link: link(),
            waiting: true,
        }),
        Mail::OfferPublished(OfferPublished {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            offer_title: title.clone(),
            shown_until: DAY,
            unsubscribe: link(),
            others: true,
        }),
        Mail::OfferExpiresSoon(OfferExpiresSoon {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            days: 7,
            offers: vec![offer],
            unsubscribe: link(),
        }),
        Mail::OfferExpired(OfferExpired {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            offer_title: title.clone(),
            unsubscribe: link(),
        }),
        Mail::DelegationAsked(DelegationAsked {
            cfa: "CFA Inventé".to_owned(),
            company: company.clone(),
            city: Some("Lille".to_owned()),
            offer_title: title,
            link: link(),
            unsubscribe: link(),
        }),
        Mail::AccountsWaiting(AccountsWaiting { opco: "OPCO Inventé".to_owned(), count: 3, oldest: DAY }),
        Mail::AccountRefused(AccountRefused { first_name, last_name, company }),
    ]
}

fn on_applications() -> [Mail; 7] {
    let [first_name, last_name, company, title] =
        ["Aucune", "PERSONNE", "Fournil Inventé", "Boulanger"].map(str::to_owned);
    let [email, phone, text] = ["aucune@exemple.fr", "0600000000", "Bonjour"].map(str::to_owned);
    [
        Mail::ApplicationReceived(ApplicationReceived {
            application_id: "application-1".to_owned(),
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            email: email.clone(),
            phone: phone.clone(),
            message: Some(text.clone()),
            company: company.clone(),
            title: title.clone(),
            spontaneous: true,
            cv: MailedCv {
                key: "cv/application-1".to_owned(),
                file_name: "cv.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
            },
            meet: link(),
            undecided: link(),
            refuse: link(),
            filled: Some(link()),
        }),
        Mail::ApplicationSent(ApplicationSent {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            title: title.clone(),
            spontaneous: true,
        }),
        Mail::ApplicationRefused(ApplicationRefused {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            title: title.clone(),
            infected: true,
        }),
        Mail::ApplicationUndelivered(ApplicationUndelivered {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            title: title.clone(),
            uncertain: false,
        }),
        Mail::ApplicationReplied(ApplicationReplied {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            company: company.clone(),
            title: title.clone(),
            answer: ApplicationAnswer::Meeting,
            comment: Some(text),
            email: Some(email),
            phone: Some(phone),
        }),
        Mail::OfferFull(OfferFull { first_name, last_name, company, offer_title: title, applications: 80 }),
        Mail::PersonalData(PersonalData { export: link(), erase: link() }),
    ]
}

fn to_establishments() -> [Mail; 5] {
    let establishment = || "CFA Inventé".to_owned();
    let asked = |premium| PremiumAsked {
        establishment: establishment(),
        premium,
        trainings: 2,
        accept: link(),
        refuse: link(),
        unsubscribe: link(),
    };
    [
        Mail::RdvInvited(RdvInvited {
            establishment: establishment(),
            scheduled: DAY,
            trainings: 2,
            refuse: link(),
        }),
        Mail::RdvActivated(RdvActivated { establishment: establishment(), trainings: 2, refuse: link() }),
        Mail::PremiumInvited(asked(Premium::Parcoursup)),
        Mail::PremiumFollowUp(asked(Premium::Affelnet)),
        Mail::PremiumReminder(PremiumReminded {
            establishment: establishment(),
            premium: Premium::Affelnet,
            trainings: 2,
            accepted: DAY,
            refuse: link(),
            unsubscribe: link(),
        }),
    ]
}

fn on_appointments() -> [Mail; 6] {
    let [first_name, last_name, centre, training] =
        ["Aucune", "PERSONNE", "CFA Inventé", "BOULANGER (CAP)"].map(str::to_owned);
    let (id, place) = (AppointmentId::from_random([1; 16]), Some("57000 METZ".to_owned()));
    let slot = Slot { starts_at: "2026-11-01T08:00:00Z".parse().unwrap(), minutes: 30 };
    [
        Mail::AppointmentAsked(AppointmentAsked {
            appointment_id: id.clone(),
            referrer: Referrer::Jeune1Solution,
            departement: Some("57".to_owned()),
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            email: "aucune@exemple.fr".to_owned(),
            phone: "0600000000".to_owned(),
            asker: Asker::Parent,
            reasons: vec![Reason::Frais],
            message: Some("Bonjour".to_owned()),
            centre: centre.clone(),
            training: training.clone(),
            place: place.clone(),
            answer: link(),
        }),
        Mail::AppointmentSent(AppointmentSent {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            centre: centre.clone(),
            training: training.clone(),
            place: place.clone(),
            own: link(),
        }),
        Mail::AppointmentReplied(AppointmentReplied {
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            centre: centre.clone(),
            training: training.clone(),
            message: Some("Bonjour".to_owned()),
            email: None,
            slots: vec![slot],
            own: link(),
        }),
        Mail::AppointmentFixed(AppointmentFixed {
            appointment_id: id.clone(),
            side: Side::Centre,
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            email: Some("aucune@exemple.fr".to_owned()),
            phone: Some("0600000000".to_owned()),
            centre: centre.clone(),
            training: training.clone(),
            place: place.clone(),
            slot,
            own: Some(link()),
        }),
        Mail::AppointmentWithdrawn(AppointmentWithdrawn {
            appointment_id: id,
            side: Side::Applicant,
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            centre: centre.clone(),
            training: training.clone(),
            place,
            slot: Some(slot),
        }),
        Mail::AppointmentUndelivered(AppointmentUndelivered {
            first_name,
            last_name,
            centre,
            training,
            slot: None,
            uncertain: false,
        }),
    ]
}

/// What the ledger holds of each: mails that wait in it while the service is deployed anew must still be read.
fn stored() -> [Value; 25] {
    let (first, last, company) = ("Aucune", "PERSONNE", "Fournil Inventé");
    let slot = json!({"starts_at": "2026-11-01T08:00:00.000Z", "minutes": 30});
    [
        json!({"template": "confirm-address", "first_name": first, "last_name": last, "company": company,
            "offer_title": "Boulanger", "link": LINK, "waiting": true}),
        json!({"template": "offer-published", "first_name": first, "last_name": last, "company": company,
            "offer_title": "Boulanger", "shown_until": "2026-11-01", "unsubscribe": LINK, "others": true}),
        json!({"template": "offer-expires-soon", "first_name": first, "last_name": last, "company": company,
            "days": 7, "unsubscribe": LINK, "offers": [
                {"title": "Boulanger", "last_day": "2026-11-01", "filled": LINK, "extend": LINK}]}),
        json!({"template": "offer-expired", "first_name": first, "last_name": last, "company": company,
            "offer_title": "Boulanger", "unsubscribe": LINK}),
        json!({"template": "delegation-asked", "cfa": "CFA Inventé", "company": company, "city": "Lille",
            "offer_title": "Boulanger", "link": LINK, "unsubscribe": LINK}),
        json!({"template": "accounts-waiting", "opco": "OPCO Inventé", "count": 3, "oldest": "2026-11-01"}),
        json!({"template": "account-refused", "first_name": first, "last_name": last, "company": company}),
        json!({"template": "application-received", "application_id": "application-1", "first_name": first,
            "last_name": last, "email": "aucune@exemple.fr", "phone": "0600000000", "message": "Bonjour",
            "company": company, "title": "Boulanger", "spontaneous": true,
            "cv": {"key": "cv/application-1", "file_name": "cv.pdf", "media_type": "application/pdf"},
            "meet": LINK, "undecided": LINK, "refuse": LINK, "filled": LINK}),
        json!({"template": "application-sent", "first_name": first, "last_name": last, "company": company,
            "title": "Boulanger", "spontaneous": true}),
        json!({"template": "application-refused", "first_name": first, "last_name": last, "company": company,
            "title": "Boulanger", "infected": true}),
        json!({"template": "application-undelivered", "first_name": first, "last_name": last,
            "company": company, "title": "Boulanger"}),
        json!({"template": "application-replied", "first_name": first, "last_name": last, "company": company,
            "title": "Boulanger", "answer": "meeting", "comment": "Bonjour", "email": "aucune@exemple.fr",
            "phone": "0600000000"}),
        json!({"template": "offer-full", "first_name": first, "last_name": last, "company": company,
            "offer_title": "Boulanger", "applications": 80}),
        json!({"template": "personal-data", "export": LINK, "erase": LINK}),
        json!({"template": "rdv-invited", "establishment": "CFA Inventé", "scheduled": "2026-11-01",
            "trainings": 2, "refuse": LINK}),
        json!({"template": "rdv-activated", "establishment": "CFA Inventé", "trainings": 2, "refuse": LINK}),
        json!({"template": "premium-invited", "establishment": "CFA Inventé", "premium": "parcoursup",
            "trainings": 2, "accept": LINK, "refuse": LINK, "unsubscribe": LINK}),
        json!({"template": "premium-follow-up", "establishment": "CFA Inventé", "premium": "affelnet",
            "trainings": 2, "accept": LINK, "refuse": LINK, "unsubscribe": LINK}),
        json!({"template": "premium-reminder", "establishment": "CFA Inventé", "premium": "affelnet",
            "trainings": 2, "accepted": "2026-11-01", "refuse": LINK, "unsubscribe": LINK}),
        json!({"template": "appointment-asked", "appointment_id": APPOINTMENT, "referrer": "jeune_1_solution",
            "departement": "57", "first_name": first, "last_name": last, "email": "aucune@exemple.fr",
            "phone": "0600000000", "asker": "parent", "reasons": ["frais"], "message": "Bonjour", "centre": CENTRE,
            "training": TRAINING, "place": PLACE, "answer": LINK}),
        json!({"template": "appointment-sent", "first_name": first, "last_name": last, "centre": CENTRE,
            "training": TRAINING, "place": PLACE, "own": LINK}),
        json!({"template": "appointment-replied", "first_name": first, "last_name": last, "centre": CENTRE,
            "training": TRAINING, "message": "Bonjour", "slots": [slot], "own": LINK}),
        json!({"template": "appointment-fixed", "appointment_id": APPOINTMENT, "side": "centre", "first_name": first,
            "last_name": last, "email": "aucune@exemple.fr", "phone": "0600000000", "centre": CENTRE,
            "training": TRAINING, "place": PLACE, "slot": slot, "own": LINK}),
        json!({"template": "appointment-withdrawn", "appointment_id": APPOINTMENT, "side": "applicant",
            "first_name": first, "last_name": last, "centre": CENTRE, "training": TRAINING, "place": PLACE,
            "slot": slot}),
        json!({"template": "appointment-undelivered", "first_name": first, "last_name": last, "centre": CENTRE,
            "training": TRAINING}),
    ]
}

#[test]
fn each_mail_is_stored_as_it_always_was_and_read_back() {
    assert_eq!(mails().len(), Template::ALL.len());
    for ((mail, stored), template) in mails().into_iter().zip(stored()).zip(Template::ALL) {
        assert_eq!(serde_json::to_value(&mail).unwrap(), stored);
        assert_eq!((stored["template"].as_str(), mail.template()), (Some(template.as_str()), template));
        assert_eq!(serde_json::to_value(template).unwrap(), stored["template"]);
        assert_eq!(serde_json::from_value::<Mail>(stored).unwrap(), mail);
    }
}

#[test]
fn what_was_stored_before_a_field_came_is_still_read() {
    let before = r#"{"template":"confirm-address","first_name":"Aucune","last_name":"PERSONNE",
        "company":"Fournil Inventé","offer_title":"Boulanger","link":"01010101010101010101010101010101"}"#;
    let Mail::ConfirmAddress(confirm) = serde_json::from_str(before).unwrap() else { panic!("another mail") };
    assert!(!confirm.waiting && confirm.link == link());
    let before = r#"{"template":"offer-published","first_name":"Aucune","last_name":"PERSONNE",
        "company":"Fournil Inventé","offer_title":"Boulanger","shown_until":"2026-11-01",
        "unsubscribe":"01010101010101010101010101010101"}"#;
    let Mail::OfferPublished(published) = serde_json::from_str(before).unwrap() else {
        panic!("another mail")
    };
    assert!(!published.others && published.shown_until == DAY);
}

#[test]
fn debug_shows_nobody_and_no_link() {
    for mail in mails() {
        let shown = format!("{mail:?}");
        for hidden in [
            "Aucune",
            "PERSONNE",
            "Inventé",
            "Boulanger",
            "Lille",
            "exemple.fr",
            "0600000000",
            "Bonjour",
            "cv",
            LINK,
        ] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
    let offer =
        ExpiringOffer { title: "Boulanger".to_owned(), last_day: DAY, filled: link(), extend: link() };
    assert_eq!(format!("{offer:?}"), "ExpiringOffer { .. }");
}

#[test]
fn what_asks_to_act_on_an_account_is_never_stopped() {
    let stopped = Template::ALL.into_iter().filter(|template| template.may_be_stopped());
    let stopped: Vec<_> = stopped.map(Template::as_str).collect();
    let wanted = [
        "offer-published",
        "offer-expires-soon",
        "offer-expired",
        "delegation-asked",
        "premium-invited",
        "premium-follow-up",
        "premium-reminder",
    ];
    assert_eq!(stopped, wanted);
}

#[test]
fn what_somebody_waits_for_is_sent_once_more() {
    let again = Template::ALL.into_iter().filter(|one| one.when_unknown() == WhenUnknown::SendOnceMore);
    let again: Vec<_> = again.map(Template::as_str).collect();
    let wanted = [
        "confirm-address",
        "delegation-asked",
        "application-received",
        "application-replied",
        "personal-data",
        "rdv-invited",
        "rdv-activated",
        "appointment-asked",
        "appointment-replied",
        "appointment-fixed",
        "appointment-withdrawn",
    ];
    assert_eq!(again, wanted);
}
