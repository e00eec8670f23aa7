//! The routes by which partners find, list and archive their establishments.

use std::borrow::Cow;

use domain::opco::Opco;
use serde_json::{Value, json};
use usecases::accounts::{PageAsked, RecruiterPage};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, Required};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::deposit::{BAD_KEY, UNKNOWN_ESTABLISHMENT, key_header, once, refusal};
use super::fields::{Field, NO_SIRET, between, closed, count, email, list_of, names};
use super::one_of;
use super::parameters::{path, query, text};
use super::recruiter::{self, ESTABLISHMENT_ID};
use crate::errors::shapes::ZResError;
use crate::errors::{ApiError, DepositRefusal};
use crate::recruiters_answer::RecruitersAnswer;
use crate::recruiters_query::{self, DEFAULT_LIMIT, MAX_LIMIT, MAX_PAGE, STATES};
use crate::request::Request;

/// Those of `GET /v1/jobs/establishment`.
#[derive(Debug)]
pub struct FindEstablishmentParameters;

impl IntoParams for FindEstablishmentParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut both = [
            query("establishment_siret", text("^[0-9]{14}$"), SIRET_TEXT, json!(NO_SIRET)),
            query("email", email(), EMAIL_TEXT, json!("rh@exemple.invalid")),
        ];
        for parameter in &mut both {
            parameter.required = Required::True;
        }
        both.into_iter().chain([if_none_match()]).collect()
    }
}

const SIRET_TEXT: &str = "SIRET de l'établissement : 14 chiffres, clé de Luhn juste.";
const EMAIL_TEXT: &str = "Adresse de la personne qui dépose, en majuscules ou en minuscules.";

/// `GET /v1/jobs/establishment`.
#[derive(Debug)]
pub struct FoundEstablishmentResponses;

impl IntoResponses for FoundEstablishmentResponses {
    fn responses() -> Responses {
        let id = ObjectBuilder::new().schema_type(Type::String).build();
        let text = "Son `establishment_id`, comme texte JSON.";
        let found = answers::list(text, id.into(), vec![("found", "Trouvé", json!(ESTABLISHMENT_ID))]);
        let refused = [NOTHING_ASKED, NO_SUCH_ESTABLISHMENT, UNREADABLE];
        let text = "Paramètres absents ou mal écrits, tous à la fois ; ou aucun établissement à vous.";
        Answers::depositing()
            .kept(found)
            .with("400", answers::families_of_deposits(text, refused.iter().map(Shown::example).collect()))
            .build()
    }
}

/// Those of `GET /v1/jobs/bulk`.
#[derive(Debug)]
pub struct RecruitersParameters;

impl IntoParams for RecruitersParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = |most: usize, default: usize| -> Object {
            let mut number = between(1, u32::try_from(most).unwrap_or(u32::MAX));
            number.default = Some(json!(default));
            number
        };
        let short = ObjectBuilder::new().schema_type(Type::String).max_length(Some(100)).build();
        vec![
            query("establishment_siret", text("^[0-9]{14}$"), SIRET_TEXT, Value::Null),
            query("email", email(), EMAIL_TEXT, Value::Null),
            query("status", one_of(STATES.map(|(word, _)| word)), "État du compte.", json!("Actif")),
            query("opco", one_of(Opco::ALL.map(Opco::short)), "Nom court de l'OPCO.", Value::Null),
            query("origin", short, "L'`origin` que vous avez donnée, sans votre nom devant.", Value::Null),
            query("page", number(MAX_PAGE, 1), "Numéro de la page.", json!(1)),
            query(
                "limit",
                number(MAX_LIMIT, DEFAULT_LIMIT),
                "Établissements par page.",
                json!(DEFAULT_LIMIT),
            ),
            if_none_match(),
        ]
    }
}

/// `GET /v1/jobs/bulk`.
#[derive(Debug)]
pub struct RecruitersResponses;

impl IntoResponses for RecruitersResponses {
    fn responses() -> Responses {
        let text = "Une page de vos établissements, avec leurs offres.";
        let refused = [WRONG_FILTERS, UNREADABLE].iter().map(Shown::example).collect();
        let refusals = "Filtres inconnus ou mal écrits, tous à la fois ; ou page trop lourde.";
        Answers::depositing()
            .found::<RecruitersAnswer<'_>>(text, vec![("page", "Un établissement", page())])
            .with("400", answers::error::<ZResError>(refusals, refused))
            .build()
    }
}

impl ToSchema for RecruitersAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RecruitersAnswer")
    }
}

impl PartialSchema for RecruitersAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Une page d'établissements.", &names(&ANSWER), &ANSWER).into()
    }
}

const ANSWER: [Field; 2] = [
    ("data", || list_of("Recruiter"), "Les établissements de la page, du plus ancien au plus récent."),
    ("pagination", pagination, "Où se trouve la page."),
];

fn pagination() -> Schema {
    closed("", &names(&PAGINATION), &PAGINATION).build().into()
}

const PAGINATION: [Field; 4] = [
    ("page", count, "Numéro de la page, à partir de 1."),
    ("result_per_page", count, "Établissements par page, tels que demandés."),
    ("number_of_page", count, "Nombre de pages ; 0 s'il n'y a rien."),
    ("total", count, "Nombre d'établissements sur toutes les pages."),
];

/// Those of `DELETE /v1/jobs/establishment/{id}`.
#[derive(Debug)]
pub struct ArchiveParameters;

impl IntoParams for ArchiveParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "`establishment_id` d'un établissement que vous avez créé.";
        vec![path("id", id, text, ESTABLISHMENT_ID), key_header(KEY_TEXT)]
    }
}

const KEY_TEXT: &str = "Nom que vous donnez à cette requête, 1 à 255 caractères ASCII visibles. Facultatif : archiver de nouveau \
     ce qui l'est déjà ne change rien.";

/// `DELETE /v1/jobs/establishment/{id}`.
#[derive(Debug)]
pub struct ArchiveResponses;

impl IntoResponses for ArchiveResponses {
    fn responses() -> Responses {
        let done = ResponseBuilder::new().description("L'établissement est archivé. Sans corps.");
        once(&[BAD_KEY, UNKNOWN_ESTABLISHMENT, UNREADABLE]).with("204", done).build()
    }
}

const NOTHING_ASKED: Shown = Shown::new("missing", "Paramètres absents", || {
    refusal(recruiters_query::establishment(&Request::default()))
});
const NO_SUCH_ESTABLISHMENT: Shown = Shown::new("notFound", "Aucun établissement à vous", || {
    ApiError::Deposit(DepositRefusal::NoSuchEstablishment)
});
const WRONG_FILTERS: Shown =
    Shown::new("wrongFilters", "Un filtre mal écrit, un autre qui n'existe plus", || {
        let query = [("query", "{}"), ("limit", "1000")];
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = Request { query, ..Request::default() };
        refusal(recruiters_query::recruiters(&request))
    });

/// Written by the type that answers.
fn page() -> Value {
    let recruiters = serde_json::from_value(recruiter::with_an_offer()).into_iter().collect();
    let found = RecruiterPage { recruiters, total: 1 };
    let answer = RecruitersAnswer::new(PageAsked { page: 1, limit: DEFAULT_LIMIT }, &found);
    serde_json::to_value(answer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_name_the_fields_that_are_answered_and_no_others() {
        let answered = page();
        for (value, table) in [(&answered, names(&ANSWER)), (&answered["pagination"], names(&PAGINATION))] {
            let mut said = table;
            said.sort_unstable();
            assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), said);
        }
        assert_eq!(answered["data"][0]["establishment_id"], json!(ESTABLISHMENT_ID));
    }

    #[test]
    fn the_parameters_of_the_table_are_read() {
        let parameters = RecruitersParameters::into_params(|| None);
        for parameter in &parameters {
            if parameter.parameter_in != ParameterIn::Query {
                continue;
            }
            let query = vec![(parameter.name.clone(), "\u{0}".repeat(101))];
            let refused = recruiters_query::recruiters(&Request { query, ..Request::default() });
            assert!(refused.is_err(), "{} is not looked at", parameter.name);
        }
    }
}
