//! The form by which somebody asks for an appointment, as a browser sends it. Whatever is wrong with it is told at once, and
//! what was typed is shown again.

use domain::application::{Applicant, MAX_MESSAGE_CHARS, words};
use domain::appointment::{Asker, Reason, Referrer};
use domain::email::Email;
use usecases::asking::Wish;

use crate::answer_request::typed_lines;
use crate::application_request::common::{MAX_NAME_CHARS, MAX_PHONE_CHARS, dialled};
use crate::request::Request;

/// What is too long is told, and shown again whole, so that it can be shortened: up to here, so that the page of whatever a
/// robot sends still fits into an answer.
const MAX_SHOWN_CHARS: usize = 5 * MAX_MESSAGE_CHARS;

/// A field of the form, which a mistake leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who asks.
    Asker,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Address.
    Email,
    /// Telephone number.
    Phone,
    /// What they write.
    Message,
    /// The field that no person fills in.
    Trap,
    /// The form as a whole.
    Whole,
}

impl Field {
    /// The id of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asker => "type-etudiant",
            Self::FirstName => "firstname",
            Self::LastName => "lastname",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Message => "message",
            Self::Trap => "website",
            Self::Whole => "form",
        }
    }
}

/// Something wrong with a form, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub field: Field,
    /// What to do.
    pub text: String,
}

impl Mistake {
    /// Of a field.
    pub fn new(field: Field, text: impl Into<String>) -> Self {
        Self { field, text: text.into() }
    }
}

/// A form as it was sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedForm {
    /// Who asks.
    pub asker: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// What they want to talk about: what is no reason is left out.
    pub reasons: Vec<Reason>,
    /// What they write.
    pub message: String,
    /// What a robot writes.
    pub trap: String,
}

/// People are in it.
impl std::fmt::Debug for TypedForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypedForm").finish_non_exhaustive()
    }
}

impl TypedForm {
    /// Of a request. A body that is no form says nothing.
    pub fn read(request: &Request) -> Self {
        let mut typed = Self::default();
        for (name, value) in form_urlencoded::parse(request.body.as_deref().unwrap_or_default()) {
            let text: String = typed_lines(&value).chars().take(MAX_SHOWN_CHARS).collect();
            match name.as_ref() {
                "type" => typed.asker = text,
                "firstname" => typed.first_name = text,
                "lastname" => typed.last_name = text,
                "email" => typed.email = text,
                "phone" => typed.phone = text,
                "message" => typed.message = text,
                "website" => typed.trap = text,
                "reasons" => typed.reasons.extend(Reason::of(&text)),
                _ => {}
            }
        }
        typed.reasons.sort_unstable();
        typed.reasons.dedup();
        typed
    }

    /// What is asked for about a training, or everything that is wrong.
    pub fn wish(&self, training: &str, referrer: Referrer) -> Result<Wish, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let asker = Asker::of(&self.asker);
        if asker.is_none() {
            mistakes.push(Mistake::new(Field::Asker, "Dites si vous êtes étudiant ou parent."));
        }
        let first_name = name(&mut mistakes, Field::FirstName, &self.first_name, "votre prénom");
        let last_name = name(&mut mistakes, Field::LastName, &self.last_name, "votre nom");
        let email = self.email.parse::<Email>().ok();
        if email.is_none() {
            let text = "Indiquez votre adresse mail, par exemple prenom.nom@exemple.fr.";
            mistakes.push(Mistake::new(Field::Email, text));
        }
        let phone = phone(&mut mistakes, &self.phone);
        if self.message.chars().count() > MAX_MESSAGE_CHARS {
            let text = format!("Raccourcissez votre message : {MAX_MESSAGE_CHARS} caractères au plus.");
            mistakes.push(Mistake::new(Field::Message, text));
        }
        if !self.trap.trim().is_empty() {
            mistakes
                .push(Mistake::new(Field::Trap, "Laissez vide le champ « Site web » : il piège les robots."));
        }
        let message = Some(words::message(&self.message)).filter(|message| !message.is_empty());
        let read = (|| {
            let applicant =
                Applicant { first_name: first_name?, last_name: last_name?, email: email?, phone: phone? };
            let (training, reasons) = (training.to_owned(), self.reasons.clone());
            Some(Wish { applicant, asker: asker?, message, reasons, training, referrer })
        })();
        match read {
            Some(wish) if mistakes.is_empty() => Ok(wish),
            _ => Err(mistakes),
        }
    }
}

fn name(mistakes: &mut Vec<Mistake>, field: Field, typed: &str, what: &str) -> Option<String> {
    let name = words::without_addresses(typed);
    if name.is_empty() {
        mistakes.push(Mistake::new(field, format!("Indiquez {what}.")));
        return None;
    }
    if name.chars().count() > MAX_NAME_CHARS {
        let text = format!("Raccourcissez {what} : {MAX_NAME_CHARS} caractères au plus.");
        mistakes.push(Mistake::new(field, text));
        return None;
    }
    Some(name)
}

fn phone(mistakes: &mut Vec<Mistake>, typed: &str) -> Option<String> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    if digits < 8 || typed.chars().count() > MAX_PHONE_CHARS {
        let text = "Indiquez votre numéro de téléphone, par exemple 06 12 34 56 78.";
        mistakes.push(Mistake::new(Field::Phone, text));
        return None;
    }
    Some(dialled(typed.trim()))
}
