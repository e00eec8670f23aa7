//! Mails to establishments of RDV Apprentissage. Those that ask for something can be stopped; those that tell what is done
//! unless refused bear the refusal.

use askama::Template;
use domain::appointment::Premium;
use domain::mail::{PremiumAsked, PremiumReminded, RdvActivated, RdvInvited};

use super::french::{counted, in_words};
use super::{Rendered, stoppable, subject, written};
use crate::links::Links;
use crate::words::harmless;

const INVITED: &str = include_str!("../../templates/rdv-invited/subject.txt");
const ACTIVATED: &str = include_str!("../../templates/rdv-activated/subject.txt");

struct InvitedView {
    establishment: String,
    scheduled: String,
    trainings: String,
    refuse: String,
}

#[derive(Template)]
#[template(path = "rdv-invited/text.txt")]
struct InvitedText<'a> {
    view: &'a InvitedView,
}

#[derive(Template)]
#[template(path = "rdv-invited/body.html")]
struct InvitedHtml<'a> {
    view: &'a InvitedView,
}

pub(super) fn invited(mail: &RdvInvited, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &InvitedView {
        establishment: harmless(&mail.establishment),
        scheduled: in_words(mail.scheduled),
        trainings: trainings(mail.trainings),
        refuse: links.url(&mail.refuse),
    };
    written(INVITED, &InvitedText { view }, &InvitedHtml { view })
}

struct ActivatedView {
    establishment: String,
    trainings: String,
    refuse: String,
}

#[derive(Template)]
#[template(path = "rdv-activated/text.txt")]
struct ActivatedText<'a> {
    view: &'a ActivatedView,
}

#[derive(Template)]
#[template(path = "rdv-activated/body.html")]
struct ActivatedHtml<'a> {
    view: &'a ActivatedView,
}

pub(super) fn activated(mail: &RdvActivated, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &ActivatedView {
        establishment: harmless(&mail.establishment),
        trainings: trainings(mail.trainings),
        refuse: links.url(&mail.refuse),
    };
    written(ACTIVATED, &ActivatedText { view }, &ActivatedHtml { view })
}

/// What a platform is called, and nothing that anybody typed.
struct Platform {
    premium: &'static str,
}

#[derive(Template)]
#[template(path = "premium-invited/subject.txt")]
struct AskedSubject {
    view: Platform,
}

#[derive(Template)]
#[template(path = "premium-follow-up/subject.txt")]
struct FollowUpSubject {
    view: Platform,
}

struct AskedView {
    subject: String,
    establishment: String,
    premium: &'static str,
    from: &'static str,
    trainings: String,
    accept: String,
    refuse: String,
    unsubscribe: String,
}

impl AskedView {
    fn new(mail: &PremiumAsked, links: &Links, subject: String) -> Self {
        Self {
            subject,
            establishment: harmless(&mail.establishment),
            premium: mail.premium.full_name(),
            from: from(mail.premium),
            trainings: trainings(mail.trainings),
            accept: links.url(&mail.accept),
            refuse: links.url(&mail.refuse),
            unsubscribe: links.url(&mail.unsubscribe),
        }
    }
}

#[derive(Template)]
#[template(path = "premium-invited/text.txt")]
struct AskedText<'a> {
    view: &'a AskedView,
}

#[derive(Template)]
#[template(path = "premium-invited/body.html")]
struct AskedHtml<'a> {
    view: &'a AskedView,
}

pub(super) fn premium_invited(mail: &PremiumAsked, links: &Links) -> Result<Rendered, askama::Error> {
    let said = subject(&AskedSubject { view: Platform { premium: mail.premium.full_name() } })?;
    let view = &AskedView::new(mail, links, said);
    stoppable(&view.subject, &AskedText { view }, &AskedHtml { view }, &view.unsubscribe)
}

#[derive(Template)]
#[template(path = "premium-follow-up/text.txt")]
struct FollowUpText<'a> {
    view: &'a AskedView,
}

#[derive(Template)]
#[template(path = "premium-follow-up/body.html")]
struct FollowUpHtml<'a> {
    view: &'a AskedView,
}

pub(super) fn premium_follow_up(mail: &PremiumAsked, links: &Links) -> Result<Rendered, askama::Error> {
    let said = subject(&FollowUpSubject { view: Platform { premium: mail.premium.full_name() } })?;
    let view = &AskedView::new(mail, links, said);
    stoppable(&view.subject, &FollowUpText { view }, &FollowUpHtml { view }, &view.unsubscribe)
}

#[derive(Template)]
#[template(path = "premium-reminder/subject.txt")]
struct ReminderSubject {
    view: Platform,
}

struct ReminderView {
    subject: String,
    establishment: String,
    from: &'static str,
    trainings: String,
    accepted: String,
    refuse: String,
    unsubscribe: String,
}

#[derive(Template)]
#[template(path = "premium-reminder/text.txt")]
struct ReminderText<'a> {
    view: &'a ReminderView,
}

#[derive(Template)]
#[template(path = "premium-reminder/body.html")]
struct ReminderHtml<'a> {
    view: &'a ReminderView,
}

pub(super) fn premium_reminder(mail: &PremiumReminded, links: &Links) -> Result<Rendered, askama::Error> {
    let premium = mail.premium.full_name();
    let view = &ReminderView {
        subject: subject(&ReminderSubject { view: Platform { premium } })?,
        establishment: harmless(&mail.establishment),
        from: from(mail.premium),
        trainings: trainings(mail.trainings),
        accepted: in_words(mail.accepted),
        refuse: links.url(&mail.refuse),
        unsubscribe: links.url(&mail.unsubscribe),
    };
    stoppable(&view.subject, &ReminderText { view }, &ReminderHtml { view }, &view.unsubscribe)
}

/// From a platform, as French elides it.
const fn from(premium: Premium) -> &'static str {
    match premium {
        Premium::Parcoursup => "de Parcoursup",
        Premium::Affelnet => "d'Affelnet",
    }
}

fn trainings(count: u32) -> String {
    counted(count, "formation")
}
