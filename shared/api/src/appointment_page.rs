//! The pages by which somebody asks for an appointment. They are in French, work without any script, load nothing, and show
//! again what was typed where something is wrong.

use askama::Template;
use domain::appointment::{Asker, RdvTraining, Reason};
use domain::date;
use domain::hidden::is_hidden;
use jiff::Timestamp;

use crate::appointment_request::{Field, Mistake, TypedForm};
use crate::errors::{ApiError, AskingRefusal};
use crate::response::Response;

#[derive(Template)]
#[template(path = "appointment-form.html")]
struct FormPage<'a> {
    training: String,
    centre: String,
    place: Option<String>,
    typed: &'a TypedForm,
    mistakes: &'a [Mistake],
    askers: [Asker; 2],
    reasons: [Reason; 11],
}

impl FormPage<'_> {
    /// What is wrong with a field.
    fn wrong(&self, field: Field) -> Option<&str> {
        self.mistakes.iter().find(|mistake| mistake.field == field).map(|mistake| mistake.text.as_str())
    }
}

/// The form about a training, empty or as it was typed, with what is wrong.
pub fn form(
    status: u16,
    training: &RdvTraining,
    typed: &TypedForm,
    mistakes: &[Mistake],
) -> Result<Response, ApiError> {
    let town = [&training.zip, &training.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let place = [training.street.clone(), Some(town)].into_iter().flatten().filter(|part| !part.is_empty());
    let place = place.map(|part| line(&part)).collect::<Vec<_>>().join(", ");
    let page = FormPage {
        training: line(&training.title),
        centre: line(&training.trainer_name),
        place: Some(place).filter(|place| !place.is_empty()),
        typed,
        mistakes,
        askers: Asker::ALL,
        reasons: Reason::ALL,
    };
    html(status, &page)
}

#[derive(Template)]
#[template(path = "appointment-requested.html")]
struct RequestedPage {
    training: String,
    centre: String,
}

/// The page that says that a request is on its way.
pub fn requested(training: &str, centre: &str) -> Result<Response, ApiError> {
    html(200, &RequestedPage { training: line(training), centre: line(centre) })
}

#[derive(Template)]
#[template(path = "appointment-closed.html")]
struct ClosedPage<'a> {
    search_url: &'a str,
}

/// The page of a training that nobody can be asked about: not any more, or not from there. It leads to the search.
pub fn closed(public_url: &str) -> Result<Response, ApiError> {
    html(404, &ClosedPage { search_url: &format!("{public_url}/recherche-formation") })
}

/// What a form is told that is right and could not be taken all the same, with the status for it; none of what is our own
/// failure, or of a training that is not open.
pub fn refusal(error: &ApiError) -> Option<(u16, Mistake)> {
    match error {
        ApiError::Asking(AskingRefusal::Recent { since }) => Some((400, recent(*since))),
        ApiError::StillRunning { .. } => {
            let text = "Votre demande est en cours d'envoi : patientez quelques secondes, puis renvoyez-la.";
            Some((409, Mistake::new(Field::Whole, text)))
        }
        ApiError::Unavailable(_) => {
            let text =
                "Le service n'a pas répondu : patientez quelques secondes, puis renvoyez votre demande.";
            Some((503, Mistake::new(Field::Whole, text)))
        }
        _ => None,
    }
}

fn recent(since: Timestamp) -> Mistake {
    let day = date::in_words(date::paris_day(since));
    let text = format!(
        "Vous avez déjà demandé un rendez-vous pour cette formation le {day}. Si le centre ne vous répond pas, ou si \
         vous avez retiré cette demande, vous pourrez en faire une autre quatre jours après."
    );
    Mistake::new(Field::Whole, text)
}

/// On one line, with nothing that hides.
fn line(text: &str) -> String {
    let visible: String =
        text.chars().filter(|&c| !is_hidden(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html(status: u16, page: &impl Template) -> Result<Response, ApiError> {
    Ok(Response::html(status, &page.render().map_err(ApiError::internal)?))
}

#[cfg(test)]
mod tests;
