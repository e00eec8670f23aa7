//! The bodies by which offers are put.

use std::borrow::Cow;

use serde_json::{Value, json};
use usecases::deposit::MAX_ITEMS;
use utoipa::openapi::schema::{Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::super::deposit::{ABSENT, OFFER};
use super::super::fields::{Field, closed, list, text};
use super::{an_offer, reference};

/// The body of `POST /v1/jobs/bulk`.
#[derive(Debug)]
pub struct OffersBody;

impl ToSchema for OffersBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OffersBody")
    }
}

impl PartialSchema for OffersBody {
    fn schema() -> RefOr<Schema> {
        closed("Les offres. Un champ inconnu est refusé.", &["offers"], &OFFERS)
            .examples([json!({"offers": [of_many()]})])
            .into()
    }
}

const OFFERS: [Field; 1] = [("offers", offers, "De 1 à 100 offres ; le corps fait 6 Mo au plus.")];

fn offers() -> Schema {
    let items = list(Ref::from_schema_name(OfferOfMany::name()));
    items.min_items(Some(1)).max_items(Some(MAX_ITEMS)).build().into()
}

/// One of its offers.
#[derive(Debug)]
pub struct OfferOfMany;

impl ToSchema for OfferOfMany {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OfferOfMany")
    }
}

impl PartialSchema for OfferOfMany {
    fn schema() -> RefOr<Schema> {
        let fields = [&[ESTABLISHMENT, PARTNER_JOB_ID], &OFFER[..]].concat();
        closed(&format!("Une offre, et son établissement. {ABSENT}"), &required(), &fields)
            .examples([of_many()])
            .into()
    }
}

/// The body of `PUT /v1/jobs/by-reference/{reference}`.
#[derive(Debug)]
pub struct NamedOfferBody;

impl ToSchema for NamedOfferBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("NamedOfferBody")
    }
}

impl PartialSchema for NamedOfferBody {
    fn schema() -> RefOr<Schema> {
        let fields = [&[ESTABLISHMENT], &OFFER[..]].concat();
        let text = format!("L'offre en entier : ce qui n'est pas dit ne l'est plus. {ABSENT}");
        closed(&text, &required(), &fields).examples([an_offer()]).into()
    }
}

const ESTABLISHMENT: Field =
    ("establishment_id", text, "`establishment_id` d'un établissement que vous avez créé.");
const PARTNER_JOB_ID: Field = (
    "partner_job_id",
    reference_or_null,
    "Votre référence pour cette offre, celle de `PUT /v1/jobs/by-reference/{reference}`, sans encodage : si vous en avez déjà \
     une sous cette référence, elle est mise à jour.",
);

fn reference_or_null() -> Schema {
    let mut reference = reference();
    reference.schema_type = SchemaType::from_iter([Type::String, Type::Null]);
    // An empty text counts as absent.
    reference.min_length = None;
    reference.pattern = reference.pattern.map(|pattern| pattern.replace('+', "*"));
    reference.into()
}

fn required() -> [&'static str; 6] {
    ["establishment_id", "job_level_label", "job_duration", "job_type", "job_start_date", "appellation_code"]
}

fn of_many() -> Value {
    let mut offer = an_offer();
    if let Some(fields) = offer.as_object_mut() {
        fields.insert("partner_job_id".to_owned(), json!("REF-2027-001"));
    }
    offer
}

#[cfg(test)]
mod tests {
    use super::super::super::deposit::{bearing, refusal};
    use super::*;
    use crate::deposit_request;
    use crate::errors::ItemError;

    #[test]
    fn the_bodies_of_the_examples_are_read() {
        let named = deposit_request::named(&bearing(&an_offer()));
        assert!(named.is_ok(), "{named:?}");
        let many = deposit_request::many(&bearing(&json!({"offers": [of_many()]}))).unwrap();
        assert!(many[0].is_ok(), "{many:?}");
    }

    /// A field that the parser does not know would be refused by name.
    #[test]
    fn the_tables_name_the_fields_that_are_read_and_no_others() {
        let unknown = json!({"unknown": 1});
        let named = refusal(deposit_request::named(&bearing(&unknown)));
        let many = deposit_request::many(&bearing(&json!({"offers": [unknown]}))).unwrap();
        let (_, of_many) = many.into_iter().next().unwrap().unwrap_err();
        for (error, schema) in [(named, NamedOfferBody::schema()), (of_many, OfferOfMany::schema())] {
            let told = ItemError::new(&error, &[]).message;
            let (_, told) = told.split_once("les champs sont : ").unwrap();
            let schema = serde_json::to_value(schema).unwrap();
            let said: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
            let mut known: Vec<&str> =
                told.split(' ').take(said.len()).map(|name| name.trim_end_matches([',', ';'])).collect();
            known.sort_unstable();
            assert_eq!(known, said);
        }
    }
}
