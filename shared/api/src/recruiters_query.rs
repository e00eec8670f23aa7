//! What partners ask about their own establishments: `GET /v1/jobs/establishment` and `GET /v1/jobs/bulk`.
//!
//! Every value that is missing or malformed is told at once, as values of a wrong type are everywhere.

use std::str::FromStr;

use domain::email::Email;
use domain::opco::Opco;
use domain::recruiter::RecruiterStatus;
use domain::siret::Siret;
use usecases::accounts::PageAsked;
use usecases::ports::RecruiterFilter;

use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

/// Recruiters of a page, unless another number is asked.
pub const DEFAULT_LIMIT: usize = 10;
/// The most that may be asked.
pub const MAX_LIMIT: usize = 100;
/// The highest page: beyond it there is nothing, whatever the limit.
pub const MAX_PAGE: usize = 1_000_000;
/// The states of an account, in the words of the contract.
pub const STATES: [(&str, RecruiterStatus); 3] = [
    ("Actif", RecruiterStatus::Actif),
    ("Archivé", RecruiterStatus::Archive),
    ("En attente de validation", RecruiterStatus::EnAttente),
];
const MAX_ORIGIN_CHARS: usize = 100;
const REQUIRED: &str = "Paramètre obligatoire";
/// The original took filters in the language of its store; what they could reach was anybody's guess.
const NO_MORE: &str = "Ce paramètre n'existe plus : filtrez avec establishment_siret, email, status, opco, origin, et avancez \
                       avec page et limit.";

/// The SIRET and the address of the establishment that is looked for.
pub fn establishment(request: &Request) -> Result<(Siret, Email), ApiError> {
    let mut query = Query { request, issues: Vec::new() };
    let siret = query.parsed("establishment_siret");
    let email = query.parsed("email");
    for (name, is_there) in [("establishment_siret", siret.is_some()), ("email", email.is_some())] {
        query.required(name, is_there);
    }
    query.finish(siret.zip(email))
}

/// Which recruiters are wanted, and which page of them.
pub fn recruiters(request: &Request) -> Result<(RecruiterFilter, PageAsked), ApiError> {
    let mut query = Query { request, issues: Vec::new() };
    for name in ["query", "select"] {
        if request.query_names(name) {
            query.refuse(name, Issue::unknown_field(NO_MORE));
        }
    }
    let filter = RecruiterFilter {
        siret: query.parsed("establishment_siret"),
        email: query.parsed("email"),
        status: query.one_of("status", &STATES.map(|(word, _)| word), |text| {
            STATES.into_iter().find(|(word, _)| *word == text).map(|(_, status)| status)
        }),
        opco: query.one_of("opco", &Opco::ALL.map(Opco::short), Opco::from_short),
        origin: query.origin(),
    };
    let page = query.number("page", MAX_PAGE).unwrap_or(1);
    let limit = query.number("limit", MAX_LIMIT).unwrap_or(DEFAULT_LIMIT);
    query.finish(Some((filter, PageAsked { page, limit })))
}

/// A query, and what was found wrong with it.
struct Query<'a> {
    request: &'a Request,
    issues: Vec<Issue>,
}

impl Query<'_> {
    fn refuse(&mut self, name: &'static str, issue: Issue) {
        self.issues.push(issue.at([Step::Name(name)]));
    }

    fn parsed<T: FromStr<Err: ToString>>(&mut self, name: &'static str) -> Option<T> {
        let text = self.request.query_value(name)?;
        let refused = |error: T::Err| self.refuse(name, Issue::bad_format(name, error.to_string()));
        text.parse().map_err(refused).ok()
    }

    fn one_of<T>(
        &mut self,
        name: &'static str,
        words: &[&str],
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = find(&self.request.query_value(name)?);
        if found.is_none() {
            let message = format!("Valeur attendue : une de {}", words.join(" · "));
            self.refuse(name, Issue::bad_format(name, message));
        }
        found
    }

    fn origin(&mut self) -> Option<String> {
        let origin = self.request.query_value("origin")?;
        if origin.chars().count() > MAX_ORIGIN_CHARS {
            self.refuse("origin", Issue::too_big(format!("Au plus {MAX_ORIGIN_CHARS} caractères")));
        }
        Some(origin)
    }

    /// A whole number from 1 on.
    fn number(&mut self, name: &'static str, most: usize) -> Option<usize> {
        let text = self.request.query_value(name)?;
        let number = text.parse().ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let message = format!("Nombre entier attendu, de 1 à {most}");
            self.refuse(name, Issue::wrong_type("number", message));
        }
        number
    }

    fn required(&mut self, name: &'static str, is_there: bool) {
        // Where it is there and wrong, that was said already.
        if !is_there && self.request.query_value(name).is_none() {
            self.refuse(name, Issue::missing(REQUIRED));
        }
    }

    /// What was read, unless something was wrong: then all of it. `read` is none only where an issue says why.
    fn finish<T>(self, read: Option<T>) -> Result<T, ApiError> {
        match read {
            Some(read) if self.issues.is_empty() => Ok(read),
            _ => Err(Schema { context: Context::Querystring, issues: self.issues }.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIRET: &str = "00004154100012";

    fn asked(query: &[(&str, &str)]) -> Request {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Request { query, ..Request::default() }
    }

    fn told<T: std::fmt::Debug>(outcome: Result<T, ApiError>) -> String {
        outcome.unwrap_err().response("").body.text()
    }

    #[test]
    fn an_establishment_is_asked_by_both_its_siret_and_its_address() {
        let (siret, email) =
            establishment(&asked(&[("establishment_siret", SIRET), ("email", "RH@exemple.invalid")]))
                .unwrap();
        assert_eq!((siret.as_str(), email.as_str()), (SIRET, "rh@exemple.invalid"));
        let missing = told(establishment(&asked(&[("email", "")])));
        assert!(missing.contains("querystring.establishment_siret: Paramètre obligatoire"), "{missing}");
        assert!(missing.contains("querystring.email: Paramètre obligatoire"), "{missing}");
        let wrong = told(establishment(&asked(&[("establishment_siret", "1"), ("email", "rh")])));
        assert_eq!(wrong.matches("querystring.").count(), 2, "{wrong}");
    }

    #[test]
    fn what_is_not_asked_lets_any_recruiter_pass() {
        let (filter, page) = recruiters(&asked(&[("caller", "somebody"), ("status", "")])).unwrap();
        assert_eq!(filter, RecruiterFilter::default());
        assert_eq!(page, PageAsked { page: 1, limit: DEFAULT_LIMIT });
    }

    #[test]
    fn every_filter_is_read() {
        let (filter, page) = recruiters(&asked(&[
            ("establishment_siret", SIRET),
            ("email", "rh@exemple.invalid"),
            ("status", "En attente de validation"),
            ("opco", "ep"),
            ("origin", "formulaire"),
            ("page", "3"),
            ("limit", "100"),
        ]))
        .unwrap();
        assert_eq!((filter.status, filter.opco), (Some(RecruiterStatus::EnAttente), Some(Opco::Ep)));
        assert_eq!((filter.origin.as_deref(), filter.siret.is_some()), (Some("formulaire"), true));
        assert_eq!(page, PageAsked { page: 3, limit: 100 });
    }

    #[test]
    fn a_filter_that_is_wrong_is_refused_with_its_name_and_never_left_out() {
        for (name, value) in [
            ("establishment_siret", "1"),
            ("email", "rh"),
            ("status", "actif"),
            ("opco", "nobody"),
            ("page", "0"),
            ("page", "-1"),
            ("limit", "101"),
            ("limit", "1.5"),
            ("origin", &"x".repeat(101)),
        ] {
            let told = told(recruiters(&asked(&[(name, value)])));
            assert!(told.contains(&format!("querystring.{name}")), "{name}={value}: {told}");
        }
    }

    #[test]
    fn the_filters_of_the_original_are_refused_with_the_names_of_ours() {
        for name in ["query", "select"] {
            let told = told(recruiters(&asked(&[(name, "{}")])));
            assert!(told.contains(&format!("querystring.{name}: {NO_MORE}")), "{told}");
        }
    }
}
