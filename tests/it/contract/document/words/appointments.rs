//! Words of the routes of appointments.

/// As in the file above.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("AppointmentContext", "Une formation sur laquelle on peut demander un rendez-vous."),
    ("AppointmentLink", "Une formation sur laquelle on peut demander un rendez-vous."),
    ("etablissement_formateur_entreprise_raison_sociale", "L'établissement qui donne la formation."),
    ("AppointmentContext.intitule_long", "Son intitulé."),
    ("AppointmentLink.intitule_long", "Son intitulé."),
    ("lieu_formation_adresse", "Voie du lieu où elle est donnée ; texte vide si elle n'est pas connue."),
    ("AppointmentContext.code_postal", "Code postal du lieu ; texte vide s'il n'est pas connu."),
    ("AppointmentLink.code_postal", "Code postal du lieu ; texte vide s'il n'est pas connu."),
    (
        "etablissement_formateur_siret",
        "SIRET de l'établissement qui la donne ; texte vide s'il n'est pas connu.",
    ),
    ("AppointmentContext.cfd", "Code formation diplôme ; texte vide s'il n'est pas connu."),
    ("AppointmentLink.cfd", "Code formation diplôme ; texte vide s'il n'est pas connu."),
    ("localite", "Commune du lieu ; texte vide si elle n'est pas connue."),
    ("AppointmentContext.id_rco_formation", "Identifiant au catalogue des Carif-Oref."),
    ("cle_ministere_educatif", "Clé ministère éducatif."),
    ("form_url", "Le formulaire : l'adresse où mener le candidat."),
    ("NotOpen", "On ne peut pas demander de rendez-vous sur cette formation, en venant de ce site."),
    ("NotOpen.error", "Toujours le même texte."),
    ("OpenTrainings", "Formations ouvertes aux rendez-vous de Parcoursup."),
    ("OpenTrainings.ids", "Leurs identifiants Parcoursup."),
    ("TrainingContact", "Où vont les demandes d'une formation."),
    (
        "TrainingContact.contact",
        "`by_hand` : à l'adresse choisie ; `catalogue` : à celle du catalogue ; `nobody` : il n'y en a pas.",
    ),
    ("TrainingContact.closed", "Fermée aux demandes."),
];
