//! What the pages say by which an establishment refuses requests for appointments, or answers for a platform.

use domain::appointment::Premium;

/// Title, text and button of a page that asks.
type Asked = (&'static str, &'static str, &'static str);
/// Title and text of a page that tells what was done.
type Done = (&'static str, &'static str);

pub(super) const ASK_REFUSE_RDV: Asked = (
    "Refuser la prise de RDV",
    "Les candidats ne pourront pas vous demander de rendez-vous depuis La bonne alternance, Onisep et 1jeune1solution. Ce que \
     vous avez accepté pour Parcoursup ou Affelnet ne change pas.",
    "Refuser la prise de RDV",
);

pub(super) const REFUSED_RDV: Done = (
    "Votre refus est enregistré",
    "La prise de RDV n'est pas, ou n'est plus, activée pour votre établissement. Vous pouvez fermer cette page.",
);

pub(super) const fn ask_accept(premium: Premium) -> Asked {
    match premium {
        Premium::Parcoursup => (
            "Accepter les demandes de Parcoursup",
            "Les candidats qui découvrent vos formations sur Parcoursup pourront vous poser leurs questions et vous demander un \
             rendez-vous. Chaque demande vous parviendra par mail.",
            "Accepter",
        ),
        Premium::Affelnet => (
            "Accepter les demandes d'Affelnet",
            "Les candidats qui découvrent vos formations sur Affelnet pourront vous poser leurs questions et vous demander un \
             rendez-vous. Chaque demande vous parviendra par mail.",
            "Accepter",
        ),
    }
}

pub(super) const fn accepted(premium: Premium) -> Done {
    match premium {
        Premium::Parcoursup => (
            "La prise de RDV est activée sur Parcoursup",
            "Vous changez d'avis ? L'autre lien du mail la désactive. Vous pouvez fermer cette page.",
        ),
        Premium::Affelnet => (
            "La prise de RDV est activée sur Affelnet",
            "Vous changez d'avis ? L'autre lien du mail la désactive. Vous pouvez fermer cette page.",
        ),
    }
}

pub(super) const fn ask_refuse(premium: Premium) -> Asked {
    match premium {
        Premium::Parcoursup => (
            "Refuser les demandes de Parcoursup",
            "Les candidats ne pourront pas vous demander de rendez-vous depuis Parcoursup. Nous ne vous le proposerons plus \
             avant la prochaine campagne.",
            "Refuser",
        ),
        Premium::Affelnet => (
            "Refuser les demandes d'Affelnet",
            "Les candidats ne pourront pas vous demander de rendez-vous depuis Affelnet. Nous ne vous le proposerons plus avant \
             la prochaine campagne.",
            "Refuser",
        ),
    }
}

pub(super) const fn refused(premium: Premium) -> Done {
    match premium {
        Premium::Parcoursup => (
            "Votre refus est enregistré",
            "La prise de RDV n'est pas, ou n'est plus, activée sur Parcoursup. Vous pouvez fermer cette page.",
        ),
        Premium::Affelnet => (
            "Votre refus est enregistré",
            "La prise de RDV n'est pas, ou n'est plus, activée sur Affelnet. Vous pouvez fermer cette page.",
        ),
    }
}
