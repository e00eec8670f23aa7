//! The routes by which OPCOs validate accounts.

use std::borrow::Cow;

use domain::opco::Opco;
use serde_json::{Value, json};
use usecases::accounts::WaitingPage;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::deposit::{BAD_KEY, OTHER_BODY, OTHER_BODY_TEXT, RUNNING, later, replayed};
use super::fields::{
    Field, closed, count, date_or_null, email, list_of, names, pattern_or_null, siret, text, text_or_null,
};
use super::one_of;
use super::parameters::{path, query};
use super::recruiter::{self, ESTABLISHMENT_ID};
use crate::accounts_answer::{AccountsAnswer, WaitingAccount};
use crate::accounts_query;
use crate::errors::shapes::ZResError;
use crate::errors::{ApiError, DepositRefusal};
use crate::request::Request;

/// Those of `GET /v1/accounts/waiting`.
#[derive(Debug)]
pub struct WaitingParameters;

impl IntoParams for WaitingParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let after = ObjectBuilder::new().schema_type(Type::String).pattern(Some(ID)).build();
        vec![opco(), query("after", after, AFTER_TEXT, Value::Null), if_none_match()]
    }
}

/// Those of the routes by which an account is settled, beside `Idempotency-Key`.
#[derive(Debug)]
pub struct AccountParameters;

impl IntoParams for AccountParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        let text = "`establishment_id` d'un compte de `GET /v1/accounts/waiting`.";
        vec![path("id", id, text, ESTABLISHMENT_ID), opco()]
    }
}

fn opco() -> Parameter {
    query("opco", one_of(Opco::ALL.map(Opco::short)), OPCO_TEXT, Value::Null)
}

const ID: &str = "^[0-9a-fA-F-]{36}$";
const OPCO_TEXT: &str = "Pour l'équipe du service : les comptes de cet OPCO ; sans lui, ceux dont l'OPCO n'est pas connu. Un OPCO \
     ne voit que les siens, et n'a pas à se nommer.";
const AFTER_TEXT: &str = "Le `next` de la page précédente. Sans lui, la première page.";

/// `GET /v1/accounts/waiting`.
#[derive(Debug)]
pub struct WaitingResponses;

impl IntoResponses for WaitingResponses {
    fn responses() -> Responses {
        let text = "Les comptes qui attendent, 50 au plus par page, dans l'ordre de leurs identifiants.";
        let refused = vec![NOT_OWN.example(), UNREADABLE.example()];
        validating()
            .found::<AccountsAnswer<'_>>(text, vec![("waiting", "Un compte", example())])
            .with("400", answers::error::<ZResError>("Paramètres refusés, ou requête illisible.", refused))
            .build()
    }
}

/// `POST /v1/accounts/{id}/validation` and `/refusal`.
#[derive(Debug)]
pub struct SettledResponses;

impl IntoResponses for SettledResponses {
    fn responses() -> Responses {
        let done = ResponseBuilder::new().description("C'est fait. Sans corps.");
        let refused = [UNKNOWN_ACCOUNT, NOT_OWN, BAD_KEY, UNREADABLE].iter().map(Shown::example).collect();
        validating()
            .with("204", done.header("idempotency-replayed", replayed()))
            .with("400", answers::families_of_deposits(REFUSED_TEXT, refused))
            .with("409", later::<ZResError>(RUNNING_TEXT, &RUNNING))
            .with("422", answers::error::<ZResError>(OTHER_BODY_TEXT, vec![OTHER_BODY.example()]))
            .with("503", later::<ZResError>(UNAVAILABLE_TEXT, &answers::TIMED_OUT))
            .build()
    }
}

fn validating() -> Answers {
    Answers::with_right("Clé refusée, ou sans le droit `accounts:validate`.")
}

const REFUSED_TEXT: &str = "Compte inconnu, d'un autre OPCO, ou qui n'attend plus (`error` est alors `true`, et rien n'a changé) ; \
     paramètres ou `Idempotency-Key` refusés.";
const RUNNING_TEXT: &str =
    "D'autres requêtes changent ce compte : renvoyez la même après le délai de `Retry-After`.";
const UNAVAILABLE_TEXT: &str = "Le service n'a pas répondu à temps : renvoyez la même requête après le délai de `Retry-After`. Elle \
     reprend où elle s'est arrêtée ; si le compte n'attend plus, elle avait abouti.";
const NOT_OWN: Shown = Shown::new("otherOpco", "Un autre OPCO est nommé", || {
    let partner = serde_json::from_value(json!({
        "partner": "opco", "organisation": "OPCO", "state": "active", "opco": Opco::Ep.short(),
    }));
    let query = vec![("opco".to_owned(), Opco::Akto.short().to_owned())];
    let request = Request { query, ..Request::default() };
    let refused = partner.map(|partner| accounts_query::whose(&partner, &request));
    refused.ok().and_then(Result::err).unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const UNKNOWN_ACCOUNT: Shown =
    Shown::new("unknownAccount", "Aucun compte n'attend sous cet identifiant", || {
        ApiError::Deposit(DepositRefusal::UnknownAccount)
    });

impl ToSchema for AccountsAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AccountsAnswer")
    }
}

impl PartialSchema for AccountsAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Une page de comptes qui attendent leur validation.", &names(&ANSWER), &ANSWER).into()
    }
}

impl ToSchema for WaitingAccount<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("WaitingAccount")
    }
}

impl PartialSchema for WaitingAccount<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Un compte qui attend sa validation.", &names(&ACCOUNT), &ACCOUNT).into()
    }
}

const ANSWER: [Field; 2] = [
    ("accounts", || list_of("WaitingAccount"), "Les comptes."),
    ("next", text_or_null, "Valeur de `after` pour la page suivante, `null` sur la dernière."),
];

const ACCOUNT: [Field; 15] = [
    ("establishment_id", text, "Identifiant du compte, un UUID."),
    ("establishment_siret", siret, "SIRET, 14 chiffres."),
    ("establishment_raison_sociale", text_or_null, "Raison sociale, d'après le registre."),
    ("establishment_enseigne", text_or_null, "Enseigne, d'après le registre."),
    ("address", text_or_null, "Adresse sur une ligne, d'après le registre."),
    ("naf_code", || pattern_or_null("^[0-9]{4}[A-Z]$"), "Code NAF, sans point."),
    ("naf_label", text_or_null, "Libellé du code NAF."),
    ("first_name", text_or_null, "Prénom de la personne qui dépose."),
    ("last_name", text_or_null, "Nom de la personne qui dépose."),
    ("email", email, "Son adresse mail."),
    ("phone", text_or_null, "Son téléphone."),
    ("opco", text_or_null, "OPCO de l'entreprise."),
    ("origin", text_or_null, "Le partenaire par lequel le compte a été créé."),
    ("createdAt", date_or_null, "Création du compte, ISO 8601 en UTC : il attend depuis."),
    ("offers", count, "Offres qui attendent avec lui."),
];

/// Written by the type that answers, of the recruiter that other examples show.
fn example() -> Value {
    let recruiter = serde_json::from_value(recruiter::created()).ok();
    let page = WaitingPage { accounts: recruiter.map(|one| (one, 1)).into_iter().collect(), next: None };
    serde_json::to_value(AccountsAnswer::from(&page)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_the_fields_that_are_answered_and_no_others() {
        let answered = example();
        let mut said = names(&ACCOUNT);
        said.sort_unstable();
        assert_eq!(answered["accounts"][0].as_object().unwrap().keys().collect::<Vec<_>>(), said);
    }

    #[test]
    fn the_example_of_a_refusal_is_the_one_of_a_foreign_opco() {
        assert!(NOT_OWN.example().2["message"].as_str().unwrap().contains("querystring.opco"));
    }
}
