//! What each message and each of its fields is, in French, for partners.

use serde_json::{Map, Value, json};

/// A type, a schema, a field of one schema, or a field wherever it has no words of its own.
const WORDS: &[(&str, &str)] = &[
    ("offer.published", "Une offre peut désormais être trouvée."),
    ("offer.closed", "Une offre n'est plus montrée."),
    ("application.submitted", "Une candidature a été envoyée."),
    ("application.delivered", "Le fournisseur de mails du recruteur a la candidature."),
    (
        "application.bounced",
        "Le recruteur n'aura pas la candidature : son adresse refuse les mails, ou le mail n'a pas pu partir.",
    ),
    ("application.refused", "La candidature ne part pas : son CV n'a pas été accepté."),
    ("application.answered", "Un recruteur a répondu à une candidature."),
    ("appointment.requested", "Un rendez-vous a été demandé pour une formation."),
    ("appointment.answered", "Le centre de formation a répondu à une demande de rendez-vous."),
    ("appointment.picked", "Le candidat a choisi un des créneaux proposés."),
    ("appointment.withdrawn", "Le candidat a retiré sa demande, ou renoncé au rendez-vous."),
    ("appointment.undelivered", "La demande n'a pas pu être remise au centre de formation."),
    ("mail.bounced", "Un mail n'est pas arrivé, et plus aucun n'est envoyé à son adresse."),
    ("webhook.disabled", "Un webhook n'est plus appelé, jusqu'à ce que son partenaire le réactive."),
    ("EventMessage", "Un message. Un champ inconnu est à ignorer."),
    ("EventMessage.id", "Identifiant, le même à chaque livraison."),
    ("EventMessage.version", "Version des messages."),
    ("EventMessage.occurred_at", "Quand cela s'est passé, ISO 8601 en UTC."),
    ("EventMessage.partner", "Partenaire par lequel c'est passé ; absent s'il n'y en a pas."),
    ("EventMessage.type", "Ce qui s'est passé."),
    ("EventMessage.data", "Les faits."),
    ("Attributes", "Attributs du message : les filtres des abonnements les lisent."),
    ("Attributes.type", "Comme dans le message."),
    ("Attributes.version", "Comme dans le message, en texte."),
    ("Attributes.partner", "Comme dans le message."),
    ("OfferPublished", "Offre publiée."),
    ("OfferPublished.expires_at", "Fin de l'affichage, ISO 8601 en UTC."),
    ("OfferClosed", "Offre fermée."),
    ("OfferClosed.reason", "Motif."),
    (
        "ClosingReason",
        "`filled` : pourvue ; `canceled` : abandonnée par le recruteur ; `expired` : arrivée à son terme ; \
         `archived` : recruteur archivé, avec toutes ses offres.",
    ),
    ("ApplicationSubmitted", "Candidature envoyée. Rien n'y dit qui candidate."),
    ("ApplicationSubmitted.offer_id", "Identifiant de l'offre ; absent pour une candidature spontanée."),
    ("ApplicationSubmitted.siret", "SIRET de l'entreprise, s'il est connu."),
    ("ApplicationSubmitted.romes", "Codes ROME de l'offre ou de l'entreprise."),
    ("ApplicationMoved", "Candidature dont l'état a changé. Rien n'y dit qui candidate."),
    ("ApplicationMoved.offer_id", "Identifiant de l'offre ; absent pour une candidature spontanée."),
    ("ApplicationMoved.romes", "Codes ROME de l'offre ou de l'entreprise."),
    ("ApplicationMoved.status", "Son état, comme `GET /v1/applications/{id}` le dit."),
    ("ApplicationAnswered", "Candidature qui a reçu une réponse."),
    ("ApplicationAnswered.answer", "Réponse."),
    (
        "ApplicationAnswer",
        "`meeting` : le recruteur veut rencontrer le candidat ; `undecided` : il ne sait pas encore ; \
         `refused` : il refuse la candidature.",
    ),
    ("AppointmentRequested", "Rendez-vous demandé. Rien n'y dit par qui."),
    ("AppointmentRequested.cle_ministere_educatif", "Clé de la formation au catalogue."),
    ("AppointmentRequested.siret", "SIRET de l'établissement de formation, s'il est connu."),
    ("AppointmentRequested.referrer", "Le site d'où vient le candidat."),
    ("AppointmentAnswered", "Réponse du centre. Ce qu'il écrit n'y est pas."),
    (
        "AppointmentAnswered.intention",
        "`personalised_answer` : le candidat a reçu un message ou des créneaux ; `other_channel` : répondu autrement ; \
         `no_answer` : candidat injoignable.",
    ),
    ("AppointmentAnswered.slots", "Combien de créneaux il propose."),
    ("AppointmentPicked", "Créneau choisi."),
    ("AppointmentPicked.starts_at", "Début du rendez-vous."),
    ("AppointmentPicked.minutes", "Sa durée, en minutes."),
    ("AppointmentMoved", "Ce que devient une demande : le type du message le dit."),
    ("MailBounced", "Mail qui n'est pas arrivé."),
    ("MailBounced.mail_id", "Identifiant du mail, 32 chiffres hexadécimaux."),
    ("MailBounced.template", "Lequel c'était."),
    ("MailBounced.reason", "Motif."),
    (
        "BounceReason",
        "`hard_bounce` : l'adresse n'existe pas ou refuse définitivement ; `complaint` : le mail a été signalé comme \
         indésirable ; `unsubscribed` : le destinataire s'est désabonné.",
    ),
    ("WebhookDisabled", "Webhook désactivé."),
    ("WebhookDisabled.webhook_id", "Identifiant du webhook."),
    ("WebhookDisabled.reason", "Motif."),
    ("WebhookDisabled.failing_since", "Depuis quand chaque appel échoue, ISO 8601 en UTC."),
    ("DisabledReason", "`failing` : chaque appel a échoué pendant cinq jours ; `gone` : il a répondu 410."),
    ("application_id", "Identifiant de la candidature."),
    ("appointment_id", "Identifiant du rendez-vous."),
    ("establishment_id", "Identifiant du recruteur."),
    ("offer_id", "Identifiant de l'offre."),
    ("romes", "Codes ROME."),
    ("siret", "SIRET de l'entreprise qui recrute, 14 chiffres."),
];

/// The words of a type of message, or of a schema. Panics where there are none.
pub(super) fn of(name: &str) -> &'static str {
    find(name).unwrap_or_else(|| panic!("no words for {name}"))
}

/// Gives a schema and its fields their words in place of the code's comments. Panics where there are none.
pub(super) fn describe(name: &str, schema: &mut Value) {
    let fields = schema.as_object_mut().unwrap();
    if let Some(Value::Array(ways)) = fields.remove("oneOf") {
        // The derive writes a value of an enumeration as a schema, for its comment.
        let values: Vec<Value> = ways.into_iter().map(|way| way["const"].clone()).collect();
        fields.extend([("type".to_owned(), json!("string")), ("enum".to_owned(), json!(values))]);
    }
    fields.insert("description".to_owned(), of(name).into());
    let properties = fields.get_mut("properties").and_then(Value::as_object_mut);
    for (field, inside) in properties.into_iter().flatten() {
        let text = find(&format!("{name}.{field}")).unwrap_or_else(|| of(field));
        describe_field(inside.as_object_mut().unwrap(), text);
    }
}

/// Beside a reference nothing counts, so that it goes into a list of one.
fn describe_field(field: &mut Map<String, Value>, text: &str) {
    if let Some(reference) = field.remove("$ref") {
        field.insert("allOf".to_owned(), json!([{"$ref": reference}]));
    }
    field.insert("description".to_owned(), text.into());
}

fn find(name: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
