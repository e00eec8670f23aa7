//! The pages behind the links of an appointment: the centre's, by which it answers, and that of who asked. Nothing of a person
//! is on them but what was just typed.

use askama::Template;
use domain::appointment::slot::{MAX_SLOTS, USUAL_MINUTES};
use domain::appointment::{Facts, Intention, Slot, SlotError, Stage, TypedSlot};
use domain::mail::Side;
use usecases::asking::{AppointmentPage, Mistake, Tried};
use usecases::links::Said;

use super::{Page, html};
use crate::errors::ApiError;
use crate::response::Response;

#[derive(Template)]
#[template(path = "appointment-answer.html")]
struct AnswerPage<'a> {
    message: &'a str,
    slots: Vec<Row>,
    is_empty: bool,
    /// The field that each is about, and its words.
    mistakes: Vec<(String, String)>,
}

/// A slot of the form.
struct Row {
    number: usize,
    typed: TypedSlot,
    wrong: Option<SlotError>,
}

impl Row {
    /// Whether this part of it is what is wrong.
    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.is_some_and(|error| part(error) == name)
    }
}

/// The part of a slot that is to be typed otherwise.
const fn part(error: SlotError) -> &'static str {
    match error {
        SlotError::Day | SlotError::Past | SlotError::TooFar | SlotError::Twice => "day",
        SlotError::Hour => "hour",
        SlotError::Minutes => "minutes",
    }
}

#[derive(Template)]
#[template(path = "appointment-own.html")]
struct OwnPage<'a> {
    title: &'a str,
    text: String,
    mistake: Option<&'static str>,
    slots: Vec<Choice>,
    may_pick: bool,
    button: Option<&'static str>,
}

/// A slot to pick.
struct Choice {
    seconds: i64,
    words: String,
    is_over: bool,
}

/// The page, after what was tried.
pub(super) fn appointment(page: &AppointmentPage) -> Result<Response, ApiError> {
    let Some(facts) = &page.facts else {
        let text = "Il a été effacé, ou date de plus d'un an : vous n'avez rien de plus à faire.";
        return html(410, &Page { title: "Ce rendez-vous n'existe plus", text, button: None });
    };
    match page.side {
        Side::Centre => centre(page, facts),
        Side::Applicant => applicant(page, facts),
    }
}

fn centre(page: &AppointmentPage, facts: &Facts) -> Result<Response, ApiError> {
    let (status, said, mistake) = match &page.tried {
        Tried::Nothing if facts.may_be_answered(page.now) => (200, &Said::default(), None),
        Tried::Mistaken(said, mistake) => (400, &**said, Some(mistake)),
        Tried::Done => {
            let text = if facts.slots.is_empty() {
                "Le candidat la recevra par mail. Vous pouvez fermer cette page."
            } else {
                "Le candidat recevra par mail vos créneaux et en choisira un : vous en serez prévenu. Vous pouvez fermer cette \
                 page."
            };
            return html(200, &Page { title: "Votre réponse est envoyée", text, button: None });
        }
        _ => return settled(facts),
    };
    let mistakes: &[(usize, SlotError)] = match mistake {
        Some(Mistake::Slots(wrong)) => wrong,
        _ => &[],
    };
    let row = |place: usize| Row {
        number: place + 1,
        typed: said.slots.get(place).cloned().unwrap_or_default(),
        wrong: mistakes.iter().find(|(wrong, _)| *wrong == place).map(|(_, error)| *error),
    };
    let mut slots: Vec<Row> = (0..MAX_SLOTS).map(row).collect();
    for slot in slots.iter_mut().filter(|slot| slot.typed.minutes.is_empty()) {
        slot.typed.minutes = USUAL_MINUTES.to_string();
    }
    let is_empty = mistake == Some(&Mistake::Empty);
    let about = |(place, error): &(usize, SlotError)| {
        let number = place + 1;
        (format!("{}-{number}", part(*error)), format!("Créneau {number}. {error}"))
    };
    let mistakes = mistakes.iter().map(about).collect();
    let message = said.comment.as_deref().unwrap_or_default();
    html(status, &AnswerPage { message, slots, is_empty, mistakes })
}

/// What is told a centre that has nothing to answer any more.
fn settled(facts: &Facts) -> Result<Response, ApiError> {
    let picked;
    let (title, text) = match facts.stage {
        Stage::Withdrawn => {
            ("Cette demande a été retirée", "Le candidat y a renoncé : vous n'avez rien de plus à faire.")
        }
        Stage::Picked => {
            picked = facts.picked.as_ref().map(Slot::in_words).unwrap_or_default();
            ("Le rendez-vous est fixé", picked.as_str())
        }
        Stage::Undelivered => {
            ("Cette demande est close", "Le candidat sait qu'elle ne vous est pas parvenue par mail.")
        }
        _ => (
            "Vous avez déjà répondu à cette demande",
            "Le candidat a reçu votre première réponse : vous n'avez rien de plus à faire.",
        ),
    };
    html(410, &Page { title, text, button: None })
}

fn applicant(page: &AppointmentPage, facts: &Facts) -> Result<Response, ApiError> {
    let is_done = matches!(page.tried, Tried::Done);
    let picked = facts.picked.as_ref().map(Slot::in_words).unwrap_or_default();
    let (title, text) = match facts.stage {
        Stage::Withdrawn => {
            ("Votre demande est retirée", "Le centre de formation est prévenu. Vous pouvez fermer cette page.".to_owned())
        }
        Stage::Picked => ("Votre rendez-vous est fixé", format!("{picked}, heure de Paris.")),
        Stage::Undelivered if facts.picked.is_some() => (
            "Le centre de formation n'a pas pu être prévenu",
            "Notre mail ne lui est pas parvenu : ne vous déplacez pas sans l'avoir joint par son site ou par téléphone."
                .to_owned(),
        ),
        Stage::Undelivered => (
            "Votre demande n'a pas pu être remise",
            "Notre mail n'est pas parvenu au centre de formation : joignez-le par son site ou par téléphone.".to_owned(),
        ),
        Stage::Proposed if !facts.may_be_picked(page.now) => (
            "Ces créneaux sont passés",
            "Le centre de formation peut vous en proposer d'autres : écrivez-lui à l'adresse du mail qu'il vous a envoyé."
                .to_owned(),
        ),
        Stage::Proposed => {
            ("Choisissez un créneau", "Le centre de formation vous propose ces créneaux, à l'heure de Paris.".to_owned())
        }
        Stage::Answered if facts.intention == Some(Intention::PersonalisedAnswer) => (
            "Le centre de formation vous a répondu",
            "Sa réponse est dans le mail que vous avez reçu.".to_owned(),
        ),
        Stage::Answered | Stage::Requested => (
            "Votre demande de rendez-vous",
            "Elle est transmise au centre de formation, qui vous répondra par mail ou par téléphone.".to_owned(),
        ),
    };
    let choice = |slot: &Slot| Choice {
        seconds: slot.starts_at.as_second(),
        words: slot.in_words(),
        is_over: slot.starts_at <= page.now,
    };
    let mistake = match &page.tried {
        Tried::Mistaken(_, Mistake::PastSlot) => Some("Ce rendez-vous est déjà passé."),
        Tried::Mistaken(..) => Some("Choisissez un des créneaux proposés."),
        _ => None,
    };
    let is_ahead = facts.picked.is_none_or(|slot| slot.starts_at > page.now);
    let button = match facts.stage {
        Stage::Picked => "Annuler le rendez-vous",
        _ => "Retirer ma demande",
    };
    let status = match &page.tried {
        Tried::Mistaken(..) => 400,
        Tried::Refused => 410,
        Tried::Nothing | Tried::Done => 200,
    };
    let page = OwnPage {
        title,
        text,
        mistake,
        may_pick: facts.may_be_picked(page.now),
        slots: if facts.stage == Stage::Proposed {
            facts.slots.iter().map(choice).collect()
        } else {
            Vec::new()
        },
        button: Some(button).filter(|_| facts.may_be_withdrawn() && is_ahead && !is_done),
    };
    html(status, &page)
}
