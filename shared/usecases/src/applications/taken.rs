//! What follows from an application that is taken: the answer, the applicant's mail, the event.

use domain::application::{Applicant, ApplicationId, Letter};
use domain::event::{ApplicationSubmitted, Event};
use domain::mail::{ApplicationSent, DueMail, Mail};

use crate::once::{Promise, message};
use crate::ports::{Clock, Consequences, NewApplication, PortError, StoredAnswer};

/// What is written with it.
pub(super) fn consequences(
    new: &NewApplication,
    letter: &Letter,
    promise: Promise,
    answer: StoredAnswer,
    clock: &dyn Clock,
) -> Consequences {
    let Applicant { first_name, last_name, email, .. } = letter.applicant.clone();
    let mail = Mail::ApplicationSent(ApplicationSent {
        first_name,
        last_name,
        company: letter.company.clone(),
        title: letter.title.clone(),
        spontaneous: new.offer.is_none(),
    });
    let submitted = Event::ApplicationSubmitted(ApplicationSubmitted {
        application_id: new.id.to_string(),
        offer_id: new.offer.as_ref().map(|(offer, _)| offer.offer_id.clone()),
        siret: Some(new.facts.siret.clone()),
        romes: new.facts.romes.clone(),
    });
    Consequences {
        mails: vec![DueMail::new(new.id.as_str(), email, mail).about(&new.person)],
        events: vec![message(new.id.as_str(), submitted, Some(&new.facts.partner), clock)],
        ..promise.answered(answer)
    }
}

/// What its partner is told.
pub(super) fn answer(id: &ApplicationId) -> Result<StoredAnswer, PortError> {
    let body = serde_json::to_string(&serde_json::json!({ "id": id }));
    let body = body.map_err(|error| PortError::new("write an answer", error))?;
    Ok(StoredAnswer { status: 202, body, etag: None })
}
