//! The CFAs to which an offer may be delegated.

use std::borrow::Cow;

use serde_json::{Value, json};
use usecases::delegation::nearest::{MAX_CFAS, NearbyCfa};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::deposit::{CLOSED_OFFER, NO_PLACE, UNKNOWN_OFFER};
use super::fields::{Field, NO_SIRET, closed, list, names, pattern, text};
use super::responses::not_found;
use crate::delegations_answer::{DelegationCfa, delegations};
use crate::errors::NotFound;
use crate::errors::shapes::ZResError;

impl ToSchema for DelegationCfa<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("DelegationCfa")
    }
}

impl PartialSchema for DelegationCfa<'_> {
    fn schema() -> RefOr<Schema> {
        let optional = ["numero_voie", "type_voie", "nom_voie"];
        let always: Vec<_> = names(&CFA).into_iter().filter(|name| !optional.contains(name)).collect();
        closed("CFA auquel une offre peut être déléguée.", &always, &CFA).into()
    }
}

const CFA: [Field; 9] = [
    ("_id", text, "Identifiant du CFA : à donner dans `establishmentIds` pour lui déléguer l'offre."),
    ("numero_voie", text, "Numéro dans la voie, s'il est connu."),
    ("type_voie", text, "Type de la voie, s'il est connu."),
    ("nom_voie", text, "Nom de la voie, s'il est connu."),
    ("code_postal", || pattern("^[0-9]{5}$"), "Code postal."),
    ("nom_departement", text, "Nom du département."),
    ("entreprise_raison_sociale", text, "Raison sociale."),
    ("geo_coordonnees", text, "« latitude,longitude », degrés décimaux (WGS 84)."),
    ("distance_en_km", kilometres, "Distance au lieu de travail, en km, à deux décimales."),
];

fn kilometres() -> Schema {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).build().into()
}

/// `GET /v1/jobs/delegations/{id}`.
#[derive(Debug)]
pub struct DelegationsResponses;

impl IntoResponses for DelegationsResponses {
    fn responses() -> Responses {
        let cfas = list(Ref::from_schema_name(DelegationCfa::name())).max_items(Some(MAX_CFAS)).build();
        let text = "Les CFA les plus proches qui forment au métier de l'offre, du plus proche au plus loin : dix au plus, \
                    dont le gestionnaire est certifié (Qualiopi) et accepte nos mails.";
        let found = answers::list(text, cfas.into(), vec![("cfas", "Un CFA", example())]);
        let refused = [UNKNOWN_OFFER, CLOSED_OFFER, NO_PLACE, UNREADABLE];
        let refused = refused.iter().map(Shown::example).collect();
        let nobody = "Aucun CFA ne forme à ce métier à moins de 200 km du lieu de travail.";
        Answers::depositing()
            .kept(found)
            .with(
                "400",
                answers::families_of_deposits(
                    "Requête illisible, ou offre qui ne peut être déléguée.",
                    refused,
                ),
            )
            .with("404", not_found::<ZResError>(nobody, NotFound::Delegations))
            .build()
    }
}

/// Written by the type that answers.
fn example() -> Value {
    let cfa = json!({
        "id": "5e8df9003c1f0123456789ab", "siret": NO_SIRET, "name": "CFA IMAGINAIRE",
        "street": {"number": "9", "kind": "rue", "name": "des Exemples"},
        "zip": "57000", "departement": "Moselle", "point": "49.12,6.18",
        "email": {"email": "", "iv": ""}, "address_hash": "",
    });
    let near = serde_json::from_value(cfa).map(|cfa| NearbyCfa { cfa, distance_km: 3.27 });
    let written = near.and_then(|near| serde_json::to_value(delegations(&[near])));
    written.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_the_fields_that_are_answered_and_no_others() {
        let answered = example();
        let mut said = names(&CFA);
        said.sort_unstable();
        assert_eq!(answered[0].as_object().unwrap().keys().collect::<Vec<_>>(), said);
    }
}
