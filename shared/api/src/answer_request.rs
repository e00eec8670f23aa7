//! What a recruiter answers an application, and whoever asks for its data: JSON of version 1 (contract 1.10), and the
//! forms of our own pages.

use domain::application::{self, MAX_MESSAGE_CHARS, words};
use domain::appointment::TypedSlot;
use domain::appointment::slot::MAX_SLOTS;
use domain::email::Email;
use domain::event::ApplicationAnswer;
use domain::link::LinkToken;
use usecases::applications::Answer;
use usecases::links::Said;

use crate::body::Body;
use crate::errors::ApiError;
use crate::request::Request;

/// Characters of an address or a number that a recruiter gives.
const MAX_CONTACT_CHARS: usize = 254;

/// The body of `POST /application/intention/{id}`.
pub fn intention(request: &Request) -> Result<ApplicationAnswer, ApiError> {
    let mut body = Body::read(request, &["company_recruitment_intention"])?;
    let answer = intended(&mut body);
    body.finish(answer)
}

/// The body of `POST /application/intentionComment/{id}`.
pub fn comment(request: &Request) -> Result<Answer, ApiError> {
    let mut body =
        Body::read(request, &["company_recruitment_intention", "company_feedback", "email", "phone"])?;
    let answer = intended(&mut body);
    let comment = body.prose("company_feedback", MAX_MESSAGE_CHARS).map(|text| words::message(&text));
    let email = body.parsed::<Email>("email").map(|email| email.as_str().to_owned());
    let phone = body.line("phone", MAX_CONTACT_CHARS).map(|phone| words::without_addresses(&phone));
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let read = answer.map(|answer| Answer { answer, comment: filled(comment), email, phone: filled(phone) });
    body.finish(read)
}

fn intended(body: &mut Body) -> Option<ApplicationAnswer> {
    let answer = body.checked("company_recruitment_intention", |text| {
        application::answer_of(text)
            .ok_or_else(|| "Valeur attendue : entretien, ne_sais_pas ou refus".to_owned())
    });
    body.required("company_recruitment_intention", answer)
}

/// The token of the mail's link, by which a recruiter shows that the application came to it: in `Authorization: Bearer`,
/// or in the query.
pub fn token(request: &Request) -> Option<LinkToken> {
    let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let given = bearer.map(str::to_owned).or_else(|| request.query_value("token"));
    given?.trim().parse().ok()
}

/// A text as it was typed: a form sends the end of a line as two characters, where its `maxlength` counts one.
pub(crate) fn typed_lines(sent: &str) -> String {
    sent.replace("\r\n", "\n")
}

/// What was typed on the page of a link. A form that says nothing, or is none, says nothing.
pub fn said(request: &Request) -> Said {
    let body = request.body.as_deref().unwrap_or_default();
    let mut said = Said::default();
    for (name, value) in form_urlencoded::parse(body) {
        let text = words::message(&typed_lines(&value).chars().take(MAX_MESSAGE_CHARS).collect::<String>());
        let text = Some(text).filter(|text| !text.is_empty());
        match name.as_ref() {
            "comment" => said.comment = text,
            "email" => {
                said.email = text.and_then(|text| text.parse::<Email>().ok()).map(|email| email.to_string());
            }
            "phone" => {
                let phone = text.map(|text| words::without_addresses(&text));
                said.phone = phone.filter(|phone| !phone.is_empty() && phone.len() <= MAX_CONTACT_CHARS);
            }
            "slot" => said.picked = text,
            "action" => said.withdraw = text.as_deref() == Some("withdraw"),
            other => slot(&mut said.slots, other, text.unwrap_or_default()),
        }
    }
    said
}

/// A part of a slot: `day-1`, `hour-1`, `minutes-1`, up to five of them.
fn slot(slots: &mut Vec<TypedSlot>, name: &str, text: String) {
    let Some((part, number)) = name.split_once('-') else { return };
    let Some(place) = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) else { return };
    if place >= MAX_SLOTS || !["day", "hour", "minutes"].contains(&part) {
        return;
    }
    if slots.len() <= place {
        slots.resize(place + 1, TypedSlot::default());
    }
    let Some(slot) = slots.get_mut(place) else { return };
    match part {
        "day" => slot.day = text,
        "hour" => slot.hour = text,
        _ => slot.minutes = text,
    }
}

/// The body of `POST /personal-data`.
pub fn personal(request: &Request) -> Result<Email, ApiError> {
    let mut body = Body::read(request, &["email"])?;
    let email = body.parsed("email");
    let email = body.required("email", email);
    body.finish(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Request {
        Request { body: Some(body.as_bytes().to_vec()), ..Request::default() }
    }

    #[test]
    fn an_answer_is_read_and_its_words_are_made_fit() {
        let read = comment(&of(
            r#"{"company_recruitment_intention":"entretien","company_feedback":"Venez <b>lundi</b>","email":"RH@exemple.invalid","phone":""}"#,
        ));
        let answer = read.unwrap();
        assert_eq!(answer.answer, ApplicationAnswer::Meeting);
        assert_eq!(answer.comment.as_deref(), Some("Venez lundi"));
        assert_eq!((answer.email.as_deref(), answer.phone), (Some("rh@exemple.invalid"), None));
    }

    #[test]
    fn another_word_an_unknown_field_and_nothing_are_refused() {
        for body in ["{}", r#"{"company_recruitment_intention":"oui"}"#, r#"{"avis":"utile"}"#] {
            assert!(matches!(intention(&of(body)), Err(ApiError::Schema(_))), "{body}");
        }
    }

    #[test]
    fn a_form_is_read_and_what_is_none_says_nothing() {
        let form =
            said(&of("comment=Bonjour%2C%0D%0A%C3%A0+lundi&email=pas+une+adresse&phone=06+12&other=x"));
        assert_eq!(form.comment.as_deref(), Some("Bonjour,\nà lundi"));
        assert_eq!((form.email, form.phone.as_deref()), (None, Some("06 12")));
        assert!(said(&of("List-Unsubscribe=One-Click")) == Said::default());
    }

    #[test]
    fn the_end_of_a_line_counts_once_as_in_the_browser() {
        let lines = format!("{}%0D%0A", "a".repeat(99)).repeat(99);
        let form = said(&of(&format!("comment={lines}{}", "b".repeat(100))));
        let comment = form.comment.unwrap();
        assert_eq!((comment.chars().count(), comment.lines().count()), (MAX_MESSAGE_CHARS, 100));
        assert!(comment.ends_with(&"b".repeat(100)));
    }

    #[test]
    fn slots_of_a_form_are_read_in_their_places_and_no_sixth() {
        let form = said(&of(
            "day-2=2026-09-07&hour-2=14%3A30&minutes-2=45&day-6=x&day-0=x&day-x=x&year-1=x&slot=12&action=withdraw",
        ));
        assert_eq!(form.slots.len(), 2);
        assert!(form.slots[0].is_empty());
        assert_eq!((form.slots[1].day.as_str(), form.slots[1].hour.as_str()), ("2026-09-07", "14:30"));
        assert_eq!((form.picked.as_deref(), form.withdraw), (Some("12"), true));
    }
}
