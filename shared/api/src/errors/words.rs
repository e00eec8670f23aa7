//! What callers read of errors that no route has words of its own for.

use crate::request::{BadRequest, MAX_BODY_BYTES, MAX_QUERY_PARAMETERS};

pub(super) const TIMED_OUT: &str = "Le service n'a pas répondu à temps : réessayez dans quelques secondes.";
pub(super) const BAD_IDEMPOTENCY_KEY: &str =
    "L'en-tête Idempotency-Key doit avoir de 1 à 255 caractères ASCII visibles : un UUID convient.";
pub(super) const OTHER_BODY: &str =
    "Cette Idempotency-Key a déjà servi pour une autre requête : utilisez-en une nouvelle.";
pub(super) const STILL_RUNNING: &str = "La même requête est encore en cours, ou une autre change le même établissement : réessayez après le délai de Retry-After.";
pub(super) const CHANGED: &str =
    "L'offre a changé depuis que vous l'avez lue : relisez-la, puis recommencez avec son nouvel ETag.";
pub(super) const NO_RIGHT: &str = "Votre clé ne donne pas ce droit : demandez-le à l'équipe du service.";
pub(super) const WRONG_SECRET: &str = "Clé refusée : vérifiez le paramètre apiKey.";
pub(super) const WRONG_TOKEN: &str =
    "Jeton refusé : utilisez le lien du mail qui s'y rapporte, en entier ; il sert pendant 30 jours.";
pub(super) const UNKNOWN_KEY: &str =
    "Clé d'API inconnue : vérifiez l'en-tête x-api-key, ou demandez une nouvelle clé.";
pub(super) const SUSPENDED: &str =
    "L'accès de votre organisation est suspendu : contactez l'équipe pour le rétablir.";

pub(super) fn too_many_message(seconds: u32) -> String {
    format!("Trop d'appels : réessayez dans {seconds} s.")
}

pub(super) fn bad_request_message(bad: BadRequest) -> String {
    match bad {
        BadRequest::Unreadable => {
            "La requête contient des caractères illisibles : encodez-la en UTF-8 valide.".to_owned()
        }
        BadRequest::Nul => "La requête contient un caractère nul (%00) : retirez-le.".to_owned(),
        BadRequest::MalformedEscape => {
            "La requête contient un « % » qui n'est pas suivi de deux chiffres hexadécimaux : retirez-le, \
             ou encodez la valeur (RFC 3986)."
                .to_owned()
        }
        BadRequest::TooManyParameters => {
            format!("La requête contient plus de {MAX_QUERY_PARAMETERS} paramètres : réduisez leur nombre.")
        }
        BadRequest::MalformedBody => "Le corps de la requête n'est pas du base64 valide.".to_owned(),
        BadRequest::TooLarge => {
            format!("Le corps de la requête dépasse {} Mo : réduisez-le.", MAX_BODY_BYTES / 1024 / 1024)
        }
    }
}
