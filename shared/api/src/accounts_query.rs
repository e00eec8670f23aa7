//! The parameters of the routes of accounts that wait: whose they are, and where a page begins.

use domain::opco::Opco;
use domain::partner::Partner;
use usecases::accounts::Verdict;

use crate::errors::{ApiError, Context, Issue, Schema};
use crate::request::Request;

/// Characters of an id of an establishment: those of a UUID.
const ID_CHARS: usize = 36;
const NO_OPCO: &str = "Cet OPCO est inconnu : donnez l'un des noms de la documentation, EP par exemple.";
const NOT_OWN: &str = "Votre clé est celle d'un autre OPCO, qui ne voit que les comptes de ses entreprises : retirez ce paramètre.";
const NO_ID: &str = "Ce n'est pas l'identifiant d'un compte : envoyez `next` tel que vous l'avez reçu.";

/// Whose accounts are meant: an OPCO's own; for the service's team those of the OPCO that it names by `opco`, or those of
/// none.
pub fn whose(partner: &Partner, request: &Request) -> Result<Option<Opco>, ApiError> {
    let Some(named) = request.query_value("opco") else { return Ok(partner.opco) };
    let named = Opco::from_short(&named).ok_or_else(|| refused("opco", NO_OPCO))?;
    match partner.opco {
        Some(own) if own != named => Err(refused("opco", NOT_OWN)),
        _ => Ok(Some(named)),
    }
}

/// `after`: the id of the last account of the page before; none for the first page.
pub fn after(request: &Request) -> Result<Option<String>, ApiError> {
    let after = request.query_value("after");
    let is_id = |text: &String| {
        text.len() == ID_CHARS && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    if after.as_ref().is_none_or(is_id) { Ok(after) } else { Err(refused("after", NO_ID)) }
}

/// What becomes of the account: the last word of the path. None where it is neither, which no route lets pass.
pub fn verdict(request: &Request) -> Option<Verdict> {
    match request.path.trim_end_matches('/').rsplit('/').next()? {
        "validation" => Some(Verdict::Validated),
        "refusal" => Some(Verdict::Refused),
        _ => None,
    }
}

fn refused(parameter: &'static str, message: &str) -> ApiError {
    Schema { context: Context::Querystring, issues: vec![Issue::refused(parameter, message)] }.into()
}

#[cfg(test)]
mod tests {
    use domain::partner::PartnerState;

    use super::*;

    fn partner(opco: Option<Opco>) -> Partner {
        Partner {
            partner: "one".to_owned(),
            organisation: "One".to_owned(),
            rights: Vec::new(),
            state: PartnerState::Active,
            origins: Vec::new(),
            opco,
            referrer: None,
        }
    }

    fn asking(name: &str, value: &str) -> Request {
        Request { query: vec![(name.to_owned(), value.to_owned())], ..Request::default() }
    }

    #[test]
    fn an_opco_sees_its_own_whether_it_names_itself_or_not() {
        let opco = partner(Some(Opco::Ep));
        for request in [Request::default(), asking("opco", ""), asking("opco", "ep")] {
            assert_eq!(whose(&opco, &request).unwrap(), Some(Opco::Ep));
        }
    }

    #[test]
    fn an_opco_that_names_another_is_told_so_in_a_400() {
        let error = whose(&partner(Some(Opco::Ep)), &asking("opco", "AKTO")).unwrap_err();
        assert_eq!(error.status(), 400);
        assert!(error.response("").body.text().contains("querystring.opco: Votre clé"));
    }

    #[test]
    fn the_team_names_an_opco_or_sees_those_of_none() {
        assert_eq!(whose(&partner(None), &Request::default()).unwrap(), None);
        assert_eq!(whose(&partner(None), &asking("opco", "akto")).unwrap(), Some(Opco::Akto));
        assert_eq!(whose(&partner(None), &asking("opco", "nobody")).unwrap_err().status(), 400);
    }

    #[test]
    fn a_page_begins_after_an_id_and_nothing_else() {
        let id = "00000000-0000-4000-8000-000000000001";
        assert_eq!(after(&Request::default()).unwrap(), None);
        assert_eq!(after(&asking("after", id)).unwrap().as_deref(), Some(id));
        for odd in ["1", "~", &"0".repeat(5_000), "é0000000-0000-4000-8000-00000000000"] {
            assert_eq!(after(&asking("after", odd)).unwrap_err().status(), 400, "{odd}");
        }
    }

    #[test]
    fn the_path_says_what_becomes_of_the_account() {
        let at = |path: &str| verdict(&Request { path: path.to_owned(), ..Request::default() });
        assert_eq!(at("/v1/accounts/1/validation"), Some(Verdict::Validated));
        assert_eq!(at("/V1/accounts/validation/refusal/"), Some(Verdict::Refused));
        assert_eq!((at("/v1/accounts/validation/other"), at("")), (None, None));
    }
}
