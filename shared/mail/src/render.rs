//! What a mail says, as subject, text and HTML. A file for each family of mails; each mail is a view, whose words are
//! already harmless, and two templates over it.

mod account;
mod application;
mod appointment;
mod contact;
mod establishment;
mod french;
mod offer;
mod personal;
mod received;

use askama::Template;
use domain::email::Email;
use domain::mail::{DueMail, Mail};

use crate::links::Links;

/// What a mail says.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject: of the template alone, but for what the contract puts at its end, a title or the name of a company.
    /// Somebody typed those: they are one harmless line, short, and nothing that a reader decodes.
    pub subject: String,
    /// For those who read text.
    pub text: String,
    /// For those who read HTML.
    pub html: String,
    /// The address that stops mails like it, where the mail has one.
    pub unsubscribe: Option<String>,
}

/// Writes what a mail says. The same mail is always written the same. `contact` is where people may write to us, if
/// anywhere: the mails are from an address that nobody reads.
pub fn render(due: &DueMail, links: &Links, contact: Option<&Email>) -> Result<Rendered, askama::Error> {
    match &due.mail {
        Mail::ConfirmAddress(mail) => account::confirm(mail, links),
        Mail::OfferPublished(mail) => offer::published(mail, links),
        Mail::OfferExpiresSoon(mail) => offer::expires_soon(mail, links),
        Mail::OfferExpired(mail) => offer::expired(mail, links),
        Mail::DelegationAsked(mail) => offer::delegation_asked(mail, links),
        Mail::AccountsWaiting(mail) => account::waiting(mail),
        Mail::AccountRefused(mail) => account::refused(mail, contact),
        Mail::ApplicationReceived(mail) => received::received(mail, links),
        Mail::ApplicationSent(mail) => application::sent(mail),
        Mail::ApplicationRefused(mail) => application::refused(mail),
        Mail::ApplicationUndelivered(mail) => application::undelivered(mail),
        Mail::ApplicationReplied(mail) => application::replied(mail),
        Mail::OfferFull(mail) => received::offer_full(mail),
        Mail::PersonalData(mail) => personal::personal_data(mail, links),
        Mail::RdvInvited(mail) => establishment::invited(mail, links),
        Mail::RdvActivated(mail) => establishment::activated(mail, links),
        Mail::PremiumInvited(mail) => establishment::premium_invited(mail, links),
        Mail::PremiumFollowUp(mail) => establishment::premium_follow_up(mail, links),
        Mail::PremiumReminder(mail) => establishment::premium_reminder(mail, links),
        Mail::AppointmentAsked(mail) => appointment::asked(mail, links),
        Mail::AppointmentSent(mail) => appointment::sent(mail, links),
        Mail::AppointmentReplied(mail) => appointment::replied(mail, links),
        Mail::AppointmentFixed(mail) => appointment::fixed(mail, links),
        Mail::AppointmentWithdrawn(mail) => appointment::withdrawn(mail),
        Mail::AppointmentUndelivered(mail) => appointment::undelivered(mail),
    }
}

/// A subject that says more than its template does.
fn subject(template: &impl Template) -> Result<String, askama::Error> {
    Ok(template.render()?.trim_end().to_owned())
}

/// A mail that its receiver cannot stop.
fn written(subject: &str, text: &impl Template, html: &impl Template) -> Result<Rendered, askama::Error> {
    let subject = subject.trim_end().to_owned();
    Ok(Rendered { subject, text: text.render()?, html: html.render()?, unsubscribe: None })
}

/// A mail that its receiver stops by this address.
fn stoppable(
    subject: &str,
    text: &impl Template,
    html: &impl Template,
    unsubscribe: &str,
) -> Result<Rendered, askama::Error> {
    Ok(Rendered { unsubscribe: Some(unsubscribe.to_owned()), ..written(subject, text, html)? })
}
