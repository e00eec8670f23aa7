//! The answer of `GET /v1/jobs/delegations/{id}` (contract 1.11).

use domain::geo::Point;
use serde::Serialize;
use usecases::delegation::nearest::NearbyCfa;

/// A CFA as a recruiter chooses it: nothing of its manager's address, sealed or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DelegationCfa<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    numero_voie: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    type_voie: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nom_voie: Option<&'a str>,
    code_postal: &'a str,
    nom_departement: &'a str,
    entreprise_raison_sociale: &'a str,
    geo_coordonnees: Point,
    distance_en_km: f64,
}

impl<'a> From<&'a NearbyCfa> for DelegationCfa<'a> {
    fn from(near: &'a NearbyCfa) -> Self {
        let cfa = &near.cfa;
        Self {
            id: &cfa.id,
            numero_voie: cfa.street.number.as_deref(),
            type_voie: cfa.street.kind.as_deref(),
            nom_voie: cfa.street.name.as_deref(),
            code_postal: &cfa.zip,
            nom_departement: &cfa.departement,
            entreprise_raison_sociale: &cfa.name,
            geo_coordonnees: cfa.point,
            distance_en_km: near.distance_km,
        }
    }
}

/// The whole answer, in the order in which they were found.
pub fn delegations(nearest: &[NearbyCfa]) -> Vec<DelegationCfa<'_>> {
    nearest.iter().map(DelegationCfa::from).collect()
}

#[cfg(test)]
mod tests {
    use domain::cfa::{Cfa, Street};
    use domain::seal::SealedEmail;
    use serde_json::json;

    use super::*;

    fn near(street: Street) -> NearbyCfa {
        let cfa = Cfa {
            id: "5e8df9003c1f".into(),
            siret: "01928074200016".parse().unwrap(),
            name: "CFA IMAGINAIRE".into(),
            street,
            zip: "57000".into(),
            departement: "Moselle".into(),
            point: "49.12,6.18".parse().unwrap(),
            email: SealedEmail { email: "f9a8".into(), iv: "f023".into() },
            address_hash: "0123".into(),
        };
        NearbyCfa { cfa, distance_km: 3.2 }
    }

    #[test]
    fn a_cfa_is_told_in_the_fields_of_the_contract_and_no_others() {
        let found = [near(Street::of_line("9 rue des Exemples"))];
        let wanted = json!([{
            "_id": "5e8df9003c1f", "numero_voie": "9", "type_voie": "rue", "nom_voie": "des Exemples",
            "code_postal": "57000", "nom_departement": "Moselle", "entreprise_raison_sociale": "CFA IMAGINAIRE",
            "geo_coordonnees": "49.12,6.18", "distance_en_km": 3.2,
        }]);
        assert_eq!(serde_json::to_value(delegations(&found)).unwrap(), wanted);
    }

    #[test]
    fn parts_of_the_street_that_are_not_known_are_absent() {
        let found = [near(Street::default())];
        let answer = serde_json::to_value(delegations(&found)).unwrap();
        assert!(answer[0].get("numero_voie").is_none() && answer[0].get("nom_voie").is_none(), "{answer}");
    }
}
