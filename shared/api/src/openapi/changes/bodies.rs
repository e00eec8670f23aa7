//! The bodies by which offers are changed.

use std::borrow::Cow;

use serde_json::{Value, json};
use usecases::delegation::nearest::MAX_CFAS;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::super::deposit::{ABSENT, OFFER};
use super::super::fields::{Field, closed, list, short};
use crate::deposit_request::CHOSEN;

/// The body of `PATCH /v1/jobs/{id}`.
#[derive(Debug)]
pub struct OfferPatchBody;

impl ToSchema for OfferPatchBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OfferPatchBody")
    }
}

impl PartialSchema for OfferPatchBody {
    fn schema() -> RefOr<Schema> {
        let text = format!(
            "Les champs à changer : ceux qui manquent restent comme ils sont. L'appellation ne change pas : pour un autre \
             métier, déposez une autre offre. {ABSENT}"
        );
        closed(&text, &[], &patch_fields()).examples([patch()]).into()
    }
}

fn patch_fields() -> Vec<Field> {
    OFFER.into_iter().filter(|(name, ..)| *name != "appellation_code").collect()
}

fn patch() -> Value {
    json!({"job_count": 2, "job_description": "Pétrir, façonner, enfourner, vendre."})
}

/// The body of `POST /v1/jobs/delegations/{id}`.
#[derive(Debug)]
pub struct DelegationBody;

impl ToSchema for DelegationBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DelegationBody")
    }
}

impl PartialSchema for DelegationBody {
    fn schema() -> RefOr<Schema> {
        closed("Les CFA à solliciter. Un champ inconnu est refusé.", &[CHOSEN], &[CHOICE])
            .examples([choice()])
            .into()
    }
}

const CHOICE: Field = (
    CHOSEN,
    || list(short(24)).min_items(Some(1)).max_items(Some(MAX_CFAS)).build().into(),
    "Des `_id` que `GET /v1/jobs/delegations/{id}` propose pour cette offre. Un CFA sollicité déjà ne l'est pas deux fois.",
);

fn choice() -> Value {
    json!({CHOSEN: ["5e8df9003c1f0123456789ab"]})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deposit_request;
    use crate::openapi::deposit::bearing;
    use crate::openapi::fields::names;

    #[test]
    fn the_bodies_of_the_examples_are_read() {
        assert!(deposit_request::patch(&bearing(&patch())).is_ok());
        assert_eq!(deposit_request::chosen_cfas(&bearing(&choice())).unwrap().len(), 1);
    }

    /// A field that the parser does not know would be refused by name.
    #[test]
    fn the_table_names_the_fields_that_may_change_and_no_others() {
        let refused = deposit_request::patch(&bearing(&json!({"unknown": 1}))).err().unwrap();
        let told = refused.response("").body.text();
        let (_, known) = told.split_once("les champs sont : ").unwrap();
        let known = known.split('"').next().unwrap();
        let mut known: Vec<&str> = known.split(", ").map(|name| name.trim_end_matches('.')).collect();
        let mut said = names(&patch_fields());
        known.sort_unstable();
        said.sort_unstable();
        assert_eq!(known, said);
    }

    #[test]
    fn one_to_ten_schools_are_chosen_by_texts_and_nothing_else_is_said() {
        let read = |body: Value| deposit_request::chosen_cfas(&bearing(&body));
        assert_eq!(read(json!({CHOSEN: vec!["a"; 10]})).unwrap().len(), 10);
        for wrong in [
            json!({CHOSEN: []}),
            json!({CHOSEN: vec!["a"; 11]}),
            json!({CHOSEN: [1]}),
            json!({CHOSEN: "a"}),
            json!({CHOSEN: ["a"], "more": 1}),
            json!({}),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
