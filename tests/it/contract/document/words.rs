//! What each schema and each field is, in French. The code's own comments are in English, for those who write it;
//! the document is read by partners.

mod appointments;
mod trainings;

use serde_json::{Map, Value};

/// A schema, a field of one schema, or a field wherever it has no words of its own.
const WORDS: &[(&str, &str)] = &[
    (
        "JobsAnswer",
        "Ce que chaque source a trouvé : `results`, une erreur, ou `null` si elle n'était pas demandée.",
    ),
    ("CompanyAnswer", "Une société, seule dans sa liste."),
    ("MatchaAnswer", "Une offre déposée sur La bonne alternance, seule dans sa liste."),
    ("PartnerOfferAnswer", "Une offre de France Travail, seule dans sa liste."),
    ("Counted", "Un objet vide."),
    ("MetiersAnswer", "Métiers trouvés."),
    ("JobsAndDiplomasAnswer", "Métiers et certifications trouvés."),
    ("MetierLabelsAnswer", "Noms de métiers."),
    ("AppellationsAnswer", "Appellations trouvées."),
    ("LabelAndRomes", "Métier, ou certification."),
    ("RomeTitle", "Code ROME et son libellé."),
    ("AppellationRome", "Appellation et son code ROME."),
    ("RomeSheet", "Ce qui est connu d'un code ROME. La définition et les compétences n'y sont pas."),
    ("RomeDomain", "Domaine professionnel."),
    ("RomeFamily", "Grand domaine."),
    ("RomeName", "Appellation."),
    ("ExportAnswer", "Le dernier export : où le lire, ce qu'il contient, et quoi demander ensuite."),
    ("ExportCounts", "Nombre d'éléments par source."),
    ("TrainingLinks", "Les liens d'un vœu."),
    ("TrainingLinks.id", "L'identifiant du vœu, tel que vous l'avez envoyé."),
    ("TrainingLinks.lien_prdv", "Formulaire de demande de rendez-vous ; vide quand il n'y en a pas."),
    ("TrainingLinks.lien_lba", "Recherche d'emploi dans les métiers de la formation, 60 km autour d'elle."),
    (
        "TrainingLinksBody",
        "De 0 à 100 vœux. Un champ vide ou `null` compte comme absent, un champ inconnu est refusé.",
    ),
    ("Taken", "La candidature est prise."),
    ("Taken.result", "`ok`."),
    ("Taken.message", "`messages sent` : le recruteur aura le sien une fois le CV vérifié."),
    ("Id", "Un identifiant."),
    ("Id.id", "L'identifiant de la candidature."),
    ("UploadAnswer", "Le formulaire qui envoie un fichier, et l'identifiant de ce fichier."),
    ("UploadAnswer.id", "À donner comme `applicant_attachment_id`. Il ne vaut que pour vous."),
    ("UploadAnswer.url", "Où envoyer le formulaire, par `POST`."),
    (
        "UploadAnswer.fields",
        "Les champs du formulaire, tous et tels quels ; le fichier vient en dernier, sous le nom `file`. Quiconque les a peut \
         envoyer ce fichier, et rien d'autre.",
    ),
    ("UploadAnswer.expires_at", "Jusqu'à quand le formulaire peut être envoyé, ISO 8601 en UTC."),
    ("ApplicationError", "Une candidature refusée : un mot du contrat, et rien d'autre."),
    ("ApplicationError.error", "Pourquoi."),
    ("HealthAnswer", "État du service."),
    ("Healthcheck", "Ce qui a été vérifié."),
    ("VersionAnswer", "Version en service."),
    ("Outcome_PeJob", "Résultats de France Travail, ou l'erreur de cette source."),
    ("Outcome_LbaJob", "Résultats de La bonne alternance, ou l'erreur de cette source."),
    ("Outcome_LbaCompany", "Sociétés susceptibles de recruter, ou l'erreur de cette source."),
    ("PeJob", "Offre de France Travail."),
    ("PeJobCompany", "Entreprise d'une offre de France Travail."),
    ("PeJobDetail", "Le poste."),
    ("LbaJob", "Offre déposée sur La bonne alternance."),
    ("LbaJobCompany", "Entreprise qui recrute."),
    ("LbaJobDetail", "Le poste."),
    ("LbaCompany", "Société susceptible de recruter."),
    ("LbaCompanyEmployer", "La société."),
    ("Opco", "Opérateur de compétences."),
    ("Contact", "Comment joindre le recruteur. Un champ que la source ne donne pas est absent."),
    ("Place", "Lieu. Un champ que la source ne donne pas est absent."),
    ("PartialPlace", "Adresse. Un champ que la source ne donne pas est absent."),
    ("Rome", "Métier du répertoire ROME."),
    ("Naf", "Secteur d'activité."),
    ("ZApiError", "Panne d'une source, ou rien de trouvé."),
    ("BareNotFound", "Rien de trouvé."),
    ("ZLbacError", "Règles enfreintes par les paramètres."),
    ("ZLbarError", "Règle du service enfreinte par un dépôt."),
    ("ZResError", "Refus du cadre (type, clé, taille, débit) ou défaillance du service."),
    ("JobsAnswer.peJobs", "Offres de France Travail, au plus 150."),
    ("JobsAnswer.matchas", "Offres déposées sur La bonne alternance, de 250 recruteurs au plus."),
    ("JobsAnswer.lbaCompanies", "Sociétés susceptibles de recruter, au plus 150."),
    ("JobsAnswer.lbbCompanies", "Source retirée : toujours `null`."),
    ("CompanyAnswer.lbaCompanies", "La société."),
    ("MatchaAnswer.matchas", "L'offre."),
    ("PartnerOfferAnswer.peJobs", "L'offre."),
    ("LabelAndRomes.label", "Nom du métier ou de la certification."),
    ("LabelAndRomes.romes", "Codes ROME."),
    ("LabelAndRomes.rncps", "Codes RNCP, pour autant qu'ils sont connus."),
    ("LabelAndRomes.type", "`job` : métier ; `diploma` : certification."),
    ("LabelAndRomes.romeTitles", "Codes ROME avec leurs libellés."),
    ("RomeSheet.code", "Code ROME."),
    ("RomeSheet.metier", "Métier auquel le code appartient."),
    ("RomeDomain.code", "Trois premiers caractères des codes ROME du domaine."),
    ("RomeFamily.code", "Première lettre des codes ROME du grand domaine."),
    ("ExportAnswer.url", "Le fichier. Quiconque a ce lien peut le lire : ne le publiez pas."),
    (
        "ExportAnswer.expires_at",
        "Fin de validité du lien, ISO 8601 en UTC. Un téléchargement commencé se poursuit.",
    ),
    ("ExportAnswer.generated_at", "Début de l'export, ISO 8601 en UTC."),
    (
        "ExportAnswer.updated_until",
        "Valeur de `updated_since` à envoyer une fois le fichier lu, ISO 8601 en UTC.",
    ),
    ("ExportAnswer.format", "Un élément par ligne en JSON (UTF-8), compressé avec gzip."),
    ("ExportAnswer.bytes", "Taille du fichier en octets."),
    ("ExportAnswer.sha256", "Empreinte SHA-256 du fichier, en hexadécimal."),
    ("ExportAnswer.items", "Ce que contient le fichier."),
    ("ExportCounts.offres", "Offres de France Travail."),
    ("ExportCounts.matcha", "Offres déposées sur La bonne alternance."),
    ("ExportCounts.lba", "Sociétés susceptibles de recruter."),
    ("HealthAnswer.env", "Environnement."),
    ("HealthAnswer.healthcheck", "Ce qui a été vérifié."),
    ("Healthcheck.mongodb", "Si la base répond. Le nom est celui de l'API d'origine."),
    ("VersionAnswer.version", "Le plus souvent un commit."),
    ("ZLbacError.error", "Toujours `wrong_parameters`."),
    ("ZLbacError.error_messages", "Tous les messages à la fois, chacun précédé du nom du paramètre."),
    ("ZLbarError.error", "Toujours `true`."),
    ("BareNotFound.error", "Toujours `not_found`."),
    ("ZApiError.error", "Ce qui a échoué, en un mot."),
    ("ZApiError.result", "`error` ou `not_found`."),
    ("ZApiError.status", "Statut HTTP équivalent."),
    ("ZApiError.statusText", "Libellé du statut."),
    ("ZResError.statusCode", "Statut HTTP."),
    ("ZResError.error", "Libellé du statut."),
    (
        "ZResError.data",
        "Ce qu'un programme peut utiliser : `validationError` (erreurs de type) ou `request_id`.",
    ),
    ("LbaCompany.url", "Toujours `null` : il n'y a pas d'offre vers laquelle mener."),
    ("PeJob.url", "L'offre sur le site de France Travail."),
    ("LbaJob.id", "Identifiant du recruteur et rang de l'offre ; celui de l'offre est `job.id`."),
    ("LbaJobCompany.place", "Adresse du CFA qui publie pour l'entreprise."),
    ("LbaCompanyEmployer.url", "Site de la société."),
    (
        "Contact.email",
        "Offres de La bonne alternance et sociétés : adresse chiffrée, à renvoyer telle quelle pour \
      postuler. Offres de France Travail : adresse en clair.",
    ),
    ("Contact.iv", "Vecteur qui va avec l'adresse chiffrée, à renvoyer avec elle."),
    ("Contact.name", "Nom du contact."),
    ("Contact.phone", "Téléphone. Celui d'une société n'est donné qu'aux partenaires qui en ont le droit."),
    ("Contact.info", "Coordonnées en plusieurs lignes."),
    ("Place.distance", "Kilomètres depuis le centre de la recherche, deux décimales ; `null` sans lieu."),
    ("Rome.code", "Code ROME."),
    ("Rome.label", "Appellation, `null` si elle n'est pas connue."),
    ("Naf.code", "Code NAF."),
    ("Naf.label", "Libellé du secteur."),
    ("Opco.label", "Nom de l'OPCO."),
    ("Opco.url", "Site de l'OPCO."),
    ("PeJobCompany.siret", "SIRET, `null` dès que `caller` est donné."),
    ("address", "Adresse ; `null` quand elle n'est pas communiquée (offre publiée par un CFA)."),
    ("appellation", "Appellation, dans les deux genres quand elle en a deux."),
    ("appellation_code", "Code de l'appellation, que le dépôt d'une offre attend sous ce nom."),
    ("appellations", "Appellations, le libellé d'abord."),
    ("applicationCount", "Candidatures déjà envoyées par La bonne alternance."),
    ("cedex", "Cedex."),
    ("city", "Commune."),
    ("codeRome", "Code ROME."),
    ("company", "L'entreprise."),
    ("contact", "Comment joindre le recruteur."),
    ("contractDescription", "Contrat en toutes lettres."),
    ("contractType", "Type de contrat ; plusieurs sont séparés par une virgule."),
    ("coupleAppellationRomeMetier", "Les plus proches d'abord, au plus 20."),
    ("creationDate", "Date de création, ISO 8601 en UTC."),
    ("departementNumber", "Numéro du département."),
    ("description", "Description."),
    ("diplomaLevel", "Niveau de diplôme visé."),
    ("domaineProfessionnel", "Domaine du code ROME."),
    ("dureeContrat", "Durée du contrat en mois."),
    ("duration", "Durée du travail."),
    ("elligibleHandicap", "Si le poste est ouvert aux personnes en situation de handicap."),
    ("employeurDescription", "Présentation de l'employeur."),
    ("fullAddress", "Adresse sur une ligne ; `null` quand elle n'est pas communiquée."),
    ("grandDomaine", "Grand domaine."),
    ("id", "Identifiant de l'offre, qui sert à la relire."),
    ("ideaType", "Nature de l'élément."),
    ("insee", "Code INSEE de la commune."),
    ("intitule", "Libellé du code ROME."),
    ("job", "Le poste."),
    ("jobStartDate", "Début du contrat, ISO 8601 en UTC."),
    ("labelsAndRomes", "Métiers, les meilleurs d'abord, au plus 20."),
    ("labelsAndRomesForDiplomas", "Certifications, les meilleures d'abord, au plus 20."),
    ("latitude", "Latitude, degrés décimaux (WGS 84)."),
    ("libelle", "Libellé."),
    ("logo", "Adresse du logo."),
    ("longitude", "Longitude, degrés décimaux (WGS 84)."),
    ("mandataire", "Si un CFA publie pour l'entreprise."),
    ("message", "Message à lire : il dit quoi faire."),
    ("metiers", "Noms de métiers, triés."),
    ("nafs", "Secteurs d'activité."),
    ("name", "Nom."),
    ("opco", "Opérateur de compétences."),
    ("place", "Le lieu."),
    ("quantiteContrat", "Nombre de contrats proposés."),
    ("region", "Région."),
    ("remoteOnly", "Si tout se fait à distance."),
    (
        "results",
        "Du plus proche au plus loin ; sans lieu, du plus récent au plus ancien, les formations par intitulé.",
    ),
    ("romeDetails", "Fiche du métier, telle que la source la donne."),
    ("romes", "Métiers."),
    ("rythmeAlternance", "Rythme de l'alternance."),
    ("siret", "SIRET, 14 chiffres."),
    ("size", "Tranche d'effectif."),
    ("status", "État de l'offre."),
    ("title", "Intitulé."),
    ("zipCode", "Code postal."),
];

/// Schemas that are written by hand, in French already.
const IN_FRENCH: &[&str] = &[
    "AccountsAnswer",
    "AnswerBody",
    "ApplicationBody",
    "ApplicationByIdBody",
    "ChangedWebhookBody",
    "CreatedWebhook",
    "DelegationBody",
    "DelegationCfa",
    "DepositedOffer",
    "EstablishmentBody",
    "FollowedApplication",
    "Job",
    "MailEventBody",
    "NamedOfferBody",
    "OfferBody",
    "OfferOfMany",
    "OfferPatchBody",
    "OffersAnswer",
    "OffersBody",
    "PersonalDataBody",
    "PublicationAnswer",
    "PublishedAnswer",
    "PublishedOffer",
    "Recruiter",
    "RecruitersAnswer",
    "RefusalCode",
    "RefusedOffer",
    "ShortOffer",
    "TestedWebhook",
    "UnsubscribeBody",
    "WaitingAccount",
    "AnswerBody",
    "ApplicationBody",
    "ApplicationByIdBody",
    "AppointmentContextBody",
    "AppointmentLinkBody",
    "TrainingContactBody",
    "AppointmentRequestBody",
    "FollowedAppointment",
    "FollowedApplication",
    "PersonalDataBody",
    "UploadBody",
    "Webhook",
    "WebhookBody",
    "Webhooks",
    "ReplyBody",
];

/// Gives a schema and its fields their words in place of the code's comments.
///
/// Panics where there are none: a field without words is not documented.
pub(super) fn describe(name: &str, schema: &mut Value) {
    if IN_FRENCH.contains(&name) {
        return;
    }
    let fields = schema.as_object_mut().unwrap();
    fields.insert(
        "description".to_owned(),
        words(name).unwrap_or_else(|| panic!("no words for {name}")).into(),
    );
    describe_fields(name, fields);
    // The two outcomes of a source are written in its own schema.
    for way in fields.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        let way = way.as_object_mut().unwrap();
        way.remove("description");
        describe_fields(name, way);
    }
}

fn describe_fields(name: &str, schema: &mut Map<String, Value>) {
    for (field, inside) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        let text = words(&format!("{name}.{field}")).or_else(|| words(field));
        let text = text.unwrap_or_else(|| panic!("no words for {name}.{field}"));
        inside.as_object_mut().unwrap().insert("description".to_owned(), text.into());
        // An optional object is `null` or it: the words belong to the whole, not to either.
        for way in inside.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
            way.as_object_mut().unwrap().remove("description");
        }
    }
}

fn words(name: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .chain(trainings::WORDS)
        .chain(appointments::WORDS)
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
