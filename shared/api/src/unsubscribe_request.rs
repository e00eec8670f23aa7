//! The body of `POST /unsubscribe` (contract 1.13).

use domain::email::Email;

use crate::body::Body;
use crate::errors::ApiError;
use crate::request::Request;

/// Why mails are not wanted any more, in the words of the contract.
pub const REASONS: [&str; 7] = [
    "Nous avons déjà trouvé nos alternants pour l’année en cours",
    "Les candidatures ne correspondent pas aux activités de mon entreprise",
    "J'utilise d'autres canaux pour mes recrutements d'alternants",
    "Mon entreprise n’a pas la capacité financière pour recruter un alternant",
    "Mon entreprise ne recrute pas en alternance",
    "L’entreprise est fermée",
    "Autre",
];

/// A wish to get no more mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The address.
    pub email: Email,
    /// Which of [`REASONS`] was given, counted from 0: what is logged of it.
    pub reason: usize,
}

/// Reads and checks the fields. Never panics, whatever the request.
pub fn parse(request: &Request) -> Result<Unsubscribe, ApiError> {
    let mut body = Body::read(request, &["email", "reason"])?;
    let email = body.parsed("email");
    let email = body.required("email", email);
    let reason = body.checked("reason", reason);
    let reason = body.required("reason", reason);
    let read = email.zip(reason).map(|(email, reason)| Unsubscribe { email, reason });
    body.finish(read)
}

fn reason(text: &str) -> Result<usize, String> {
    // Either apostrophe: which one is written depends on the keyboard.
    let folded = |text: &str| text.replace('’', "'");
    REASONS
        .iter()
        .position(|known| folded(known) == folded(text))
        .ok_or_else(|| format!("Valeur attendue : une de {}", REASONS.join(" · ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Unsubscribe, ApiError> {
        parse(&Request { body: Some(body.as_bytes().to_vec()), ..Request::default() })
    }

    #[test]
    fn a_reason_of_the_contract_is_read_with_either_apostrophe() {
        for reason in ["L’entreprise est fermée", "L'entreprise est fermée"] {
            let asked = read(&format!(r#"{{"email":"RH@exemple.invalid","reason":"{reason}"}}"#)).unwrap();
            assert_eq!((asked.email.as_str(), asked.reason), ("rh@exemple.invalid", 5));
        }
    }

    #[test]
    fn another_reason_a_wrong_address_and_an_absent_one_are_refused() {
        for body in [
            r#"{"email":"rh@exemple.invalid","reason":"parce que"}"#,
            r#"{"email":"rh","reason":"Autre"}"#,
            r#"{"reason":"Autre"}"#,
            r#"{"email":"rh@exemple.invalid"}"#,
        ] {
            assert!(matches!(read(body), Err(ApiError::Schema(_))), "{body}");
        }
    }
}
