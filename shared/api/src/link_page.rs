//! The pages behind the links of mails. They are for people, in French, and work without any script.

mod appointment;
mod delegation;
#[cfg(test)]
mod tests;

use askama::Template;
use domain::event::ApplicationAnswer;
use domain::link::LinkAction;
use usecases::deposit::Followed;
use usecases::links::{LinkRefusal, LinkState};

use self::appointment::appointment;
use self::delegation::delegation;

use crate::applications_answer::personal;
use crate::errors::ApiError;
use crate::response::Response;

#[derive(Template)]
#[template(path = "link.html")]
struct Page<'a> {
    title: &'a str,
    text: &'a str,
    button: Option<&'a str>,
}

/// The page by which a recruiter answers: the answer is the link's, and a few words may go with it.
#[derive(Template)]
#[template(path = "answer.html")]
struct AnswerPage {
    title: &'static str,
    text: &'static str,
    button: &'static str,
}

fn answer(answer: ApplicationAnswer) -> AnswerPage {
    let (title, text, button) = match answer {
        ApplicationAnswer::Meeting => (
            "Rencontrer le candidat",
            "Le candidat apprendra par mail que vous souhaitez le rencontrer. Dites-lui comment vous joindre, ou quand.",
            "Envoyer ma réponse positive",
        ),
        ApplicationAnswer::Undecided => (
            "Pas encore décidé",
            "Le candidat apprendra par mail que vous étudiez sa candidature. Vous pourrez lui répondre plus tard par les \
             autres liens du mail.",
            "Prévenir le candidat",
        ),
        ApplicationAnswer::Refused => (
            "Refuser la candidature",
            "Le candidat apprendra par mail que sa candidature n'est pas retenue. Quelques mots l'aideront à progresser.",
            "Envoyer mon refus",
        ),
    };
    AnswerPage { title, text, button }
}

/// The page behind a link, before it acts.
pub fn show(shown: &Followed) -> Result<Response, ApiError> {
    match shown {
        Followed::Appointment(page) => appointment(page),
        Followed::State(state) => ask(state),
        Followed::Delegation(_) | Followed::Personal(_) => gone(),
    }
}

/// The page that asks before a link acts. It changes nothing: mail scanners open every link.
fn ask(state: &LinkState) -> Result<Response, ApiError> {
    let (title, text, button) = match state {
        LinkState::Open(LinkAction::ConfirmAddress { .. }) => (
            "Confirmez votre adresse mail",
            "Confirmez que vous recevez bien nos mails : les candidatures à vos offres vous seront envoyées à cette \
             adresse.",
            "Confirmer mon adresse",
        ),
        LinkState::Open(LinkAction::Unsubscribe { .. }) => (
            "Ne plus recevoir ces mails",
            "Vous ne recevrez plus nos mails d'information. Les candidatures à vos offres vous seront toujours \
             envoyées.",
            "Me désinscrire",
        ),
        LinkState::Open(LinkAction::FillOffer(_)) => {
            ("Votre offre est pourvue", "L'offre ne sera plus montrée aux candidats.", "Fermer mon offre")
        }
        LinkState::Open(LinkAction::ExtendOffer(_)) => (
            "Prolonger votre offre",
            "L'offre restera montrée aux candidats deux mois de plus à partir d'aujourd'hui.",
            "Prolonger mon offre",
        ),
        LinkState::Open(LinkAction::ReadDelegation { .. }) => (
            "Une entreprise recrute dans votre domaine",
            "Elle cherche un alternant et vous a choisi pour l'aider à le trouver.",
            "Voir l'entreprise et son offre",
        ),
        LinkState::Open(LinkAction::AnswerApplication { answer: chosen, .. }) => {
            return html(200, &answer(*chosen));
        }
        LinkState::Open(LinkAction::ExportPerson { .. }) => (
            "Recevoir mes données",
            "Vous recevrez un fichier de ce que nous savons de vous : vos candidatures et vos demandes de rendez-vous, et ce que vous y avez écrit. Le lien \
             ne sert qu'une fois.",
            "Télécharger mes données",
        ),
        LinkState::Open(LinkAction::ErasePerson { .. }) => (
            "Effacer mes données",
            "Vos candidatures, vos demandes de rendez-vous, vos messages et vos CV seront effacés pour toujours. Une candidature qui n'est pas encore partie \
             ne partira pas. Ce que les recruteurs et les centres ont déjà reçu reste chez eux.",
            "Effacer pour toujours",
        ),
        LinkState::Open(LinkAction::AnswerAppointment { .. } | LinkAction::OwnAppointment { .. })
        | LinkState::Used
        | LinkState::Gone
        | LinkState::Refused(_) => return over(state),
    };
    html(200, &Page { title, text, button: Some(button) })
}

/// The page that tells what a link has just done, or shows what it shows.
pub fn done(followed: &Followed) -> Result<Response, ApiError> {
    let state = match followed {
        Followed::State(state) => state,
        Followed::Delegation(delegated) => return delegation(delegated),
        Followed::Personal(known) => return Ok(personal(known)),
        Followed::Appointment(page) => return appointment(page),
    };
    let (title, text) = match state {
        LinkState::Open(LinkAction::ConfirmAddress { .. }) => {
            ("Votre adresse est confirmée", "Merci. Vous pouvez fermer cette page.")
        }
        LinkState::Open(LinkAction::Unsubscribe { .. }) => {
            ("Vous êtes désinscrit", "Vous ne recevrez plus ces mails. Vous pouvez fermer cette page.")
        }
        LinkState::Open(LinkAction::FillOffer(_)) => (
            "Votre offre est fermée",
            "Elle n'est plus montrée aux candidats. Vous pouvez fermer cette page.",
        ),
        LinkState::Open(LinkAction::ExtendOffer(_)) => (
            "Votre offre est prolongée",
            "Elle est montrée deux mois de plus. Vous pouvez fermer cette page.",
        ),
        LinkState::Open(LinkAction::ReadDelegation { .. }) => {
            ("Une entreprise recrute dans votre domaine", "Vous pouvez fermer cette page.")
        }
        LinkState::Open(LinkAction::AnswerApplication { .. }) => {
            ("Votre réponse est envoyée", "Le candidat la recevra par mail. Vous pouvez fermer cette page.")
        }
        LinkState::Open(LinkAction::ExportPerson { .. }) => ("Vos données", "Vous pouvez fermer cette page."),
        LinkState::Open(LinkAction::ErasePerson { .. }) => {
            ("Vos données sont effacées", "Il ne reste rien qui vous désigne. Vous pouvez fermer cette page.")
        }
        LinkState::Open(LinkAction::AnswerAppointment { .. } | LinkAction::OwnAppointment { .. })
        | LinkState::Used
        | LinkState::Gone
        | LinkState::Refused(_) => return over(state),
    };
    html(200, &Page { title, text, button: None })
}

fn over(state: &LinkState) -> Result<Response, ApiError> {
    let (title, text) = match state {
        LinkState::Used => ("Ce lien a déjà servi", "C'est fait : vous n'avez rien de plus à faire."),
        LinkState::Refused(refusal) => refused(*refusal),
        LinkState::Open(_) | LinkState::Gone => (
            "Ce lien ne fonctionne plus",
            "Il a expiré, ou son adresse est incomplète : ouvrez-le depuis le mail, en entier.",
        ),
    };
    html(410, &Page { title, text, button: None })
}

const fn refused(refusal: LinkRefusal) -> (&'static str, &'static str) {
    match refusal {
        LinkRefusal::OfferClosed => (
            "Cette offre est déjà fermée",
            "Les candidats ne la voient plus. Vous cherchez toujours ? Déposez une nouvelle offre.",
        ),
        LinkRefusal::ExtendedAlready => (
            "Cette offre ne peut pas être prolongée davantage aujourd'hui",
            "Les candidats la voient encore pendant deux mois : vous n'avez rien de plus à faire.",
        ),
        LinkRefusal::Answered => (
            "Vous avez déjà répondu à cette candidature",
            "Le candidat a reçu votre première réponse : vous n'avez rien de plus à faire.",
        ),
        LinkRefusal::ApplicationGone => (
            "Cette candidature n'existe plus",
            "Le candidat l'a effacée, ou elle date de plus d'un an : vous n'avez rien de plus à faire.",
        ),
        LinkRefusal::OfferGone => {
            ("Cette offre n'existe plus", "Elle a été retirée : vous n'avez rien de plus à faire.")
        }
    }
}

/// What is told of a text that is no token: the same as of a link that has expired.
pub fn gone() -> Result<Response, ApiError> {
    over(&LinkState::Gone)
}

fn html(status: u16, page: &impl Template) -> Result<Response, ApiError> {
    Ok(Response::html(status, &page.render().map_err(ApiError::internal)?))
}
