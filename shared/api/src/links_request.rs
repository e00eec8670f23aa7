//! The body of `POST /traininglinks` (contract 1.13): a list of wishes, strict, every mistake told at once.
//!
//! Where the contract leaves room: `null` and an empty text count as absent, since spreadsheets send them; the
//! format of a code is checked, since a code with a typing error would find nothing and nobody would know why.

use std::str::FromStr;

use domain::insee::Insee;
use serde_json::{Map, Value};
use usecases::training_links::Wish;

use crate::errors::{ApiError, Context, Issue, Schema, Step};
use crate::request::Request;

/// Most wishes of one request (contract 1.13).
pub const MAX_WISHES: usize = 100;
/// Longest body, in bytes: 100 wishes take some 40 KB.
pub const MAX_BYTES: usize = 512 * 1024;

/// A wish, under the name its sender gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedWish {
    /// Its name: it comes back with the links.
    pub id: String,
    /// The wish.
    pub wish: Wish,
}

const FIELDS: [&str; 10] = [
    "id",
    "cle_ministere_educatif",
    "mef",
    "cfd",
    "rncp",
    "code_postal",
    "uai_lieu_formation",
    "uai_formateur",
    "uai_formateur_responsable",
    "code_insee",
];
const NOT_A_LIST: &str = "Le corps doit être une liste JSON de vœux, chacun avec un id.";
const RNCP: &str = "Un code RNCP est fait de RNCP et de 2 à 5 chiffres. ex : RNCP37537";
const POSTAL_CODE: &str = "Un code postal est fait de 5 chiffres. ex : 57000";
const INSEE: &str = "Un code INSEE est fait de 5 caractères. ex : 57463 ou 2A004";

/// Reads and checks every wish. Never panics, whatever the request.
pub fn parse(request: &Request) -> Result<Vec<NamedWish>, ApiError> {
    let body = request.body.as_deref().unwrap_or_default();
    if body.len() > MAX_BYTES {
        return refuse(Issue::too_big(format!(
            "Le corps dépasse {} Ko : envoyez au plus {MAX_WISHES} vœux.",
            MAX_BYTES / 1024
        )));
    }
    let Ok(Value::Array(items)) = serde_json::from_slice(body) else {
        return refuse(Issue::wrong_type("array", NOT_A_LIST));
    };
    if items.len() > MAX_WISHES {
        return refuse(Issue::too_big(format!(
            "La liste a {} vœux : envoyez-en au plus {MAX_WISHES} à la fois.",
            items.len()
        )));
    }
    let mut issues = Vec::new();
    let wishes: Vec<NamedWish> =
        items.iter().enumerate().filter_map(|(at, item)| wish(at, item, &mut issues)).collect();
    if issues.is_empty() { Ok(wishes) } else { Err(Schema { context: Context::Body, issues }.into()) }
}

fn refuse<T>(issue: Issue) -> Result<T, ApiError> {
    Err(Schema { context: Context::Body, issues: vec![issue] }.into())
}

/// The wish at this place of the list; where there is an issue, what is returned is thrown away.
fn wish(at: usize, item: &Value, issues: &mut Vec<Issue>) -> Option<NamedWish> {
    let Value::Object(map) = item else {
        issues.push(Issue::wrong_type("object", "Un vœu est un objet JSON").at([Step::At(at)]));
        return None;
    };
    if map.keys().any(|name| !FIELDS.contains(&name.as_str())) {
        let message = format!("Champ inconnu ; les champs d'un vœu sont : {}", FIELDS.join(", "));
        issues.push(Issue::unknown_field(message).at([Step::At(at)]));
    }
    let mut fields = Fields { at, map, issues };
    let id = fields.text("id");
    if id.as_ref().is_none_or(|id| id.trim().is_empty()) && !fields.is_wrong("id") {
        fields.refuse("id", Issue::refused("", "L'id est obligatoire et ne peut être vide"));
    }
    let wish = Wish {
        training: fields.text("cle_ministere_educatif"),
        lieu: fields.code("uai_lieu_formation"),
        formateur: fields.code("uai_formateur"),
        responsable: fields.code("uai_formateur_responsable"),
        cfd: fields.code("cfd"),
        rncp: fields.checked("rncp", |text| text.parse().map_err(|_| RNCP.to_owned())),
        mef: fields.code("mef"),
        insee: fields.checked("code_insee", |text| text.parse::<Insee>().map_err(|_| INSEE.to_owned())),
        postal_code: fields.checked("code_postal", postal_code),
    };
    Some(NamedWish { id: id?, wish })
}

fn postal_code(text: &str) -> Result<String, String> {
    let is_code = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| text.to_owned()).ok_or_else(|| POSTAL_CODE.to_owned())
}

/// The fields of one wish, and where what is wrong with them is told.
struct Fields<'a> {
    at: usize,
    map: &'a Map<String, Value>,
    issues: &'a mut Vec<Issue>,
}

impl Fields<'_> {
    /// A text that is not blank.
    fn text(&mut self, name: &'static str) -> Option<String> {
        match self.map.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Some(_) => {
                self.refuse(name, Issue::wrong_type("string", "Texte attendu"));
                None
            }
        }
    }

    /// A code whose type tells what is wrong with it.
    fn code<T: FromStr<Err: ToString>>(&mut self, name: &'static str) -> Option<T> {
        self.checked(name, |text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    fn checked<T>(&mut self, name: &'static str, check: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(name)?;
        check(text.trim()).map_err(|message| self.refuse(name, Issue::bad_format(name, message))).ok()
    }

    fn is_wrong(&self, name: &'static str) -> bool {
        matches!(self.map.get(name), Some(value) if !value.is_null() && !value.is_string())
    }

    fn refuse(&mut self, name: &'static str, issue: Issue) {
        self.issues.push(issue.at([Step::At(self.at), Step::Name(name)]));
    }
}

#[cfg(test)]
mod tests;
